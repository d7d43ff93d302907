import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A folder of `test/programs`. */
export const program = (name: string): string => join(root, "test/programs", name);

const made: string[] = [];

/** A project made of the given files, in a folder of its own; packages are those of this repository. */
export function makeProgram(files: Record<string, string>, { packages = true } = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "preflight-program-")));
  made.push(directory);
  if (packages) symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const all = {
    "Pulumi.yaml": "name: made\nruntime: nodejs\n",
    "package.json": '{ "private": true, "main": "index.ts" }',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

export function removePrograms(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}
