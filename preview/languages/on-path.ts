import { accessSync, constants, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";

const endings = process.platform === "win32" ? ["", ".exe", ".cmd", ".bat"] : [""];

/** The first of these commands that is on PATH, as the path of its file; a path is one already. */
export function onPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names
    .flatMap((name) => (name === basename(name) ? folders.map((folder) => join(folder, name)) : [name]))
    .flatMap((path) => endings.map((end) => path + end))
    .find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
