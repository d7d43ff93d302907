import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "../policies/stack";

interface Position {
  getUri(): string;
  getLine(): number;
  getColumn(): number;
}

/** The positions that lie in the project's own code, in their order, each once. */
export function places(positions: readonly (Position | undefined)[], directory: string): Place[] {
  const found = new Map<string, Place>();
  for (const position of positions) {
    const file = position && projectFile(position.getUri(), directory);
    if (!file) continue;
    // Not every language tells the column.
    const place = { file, line: position.getLine(), column: position.getColumn() || 1 };
    found.set(`${place.file}:${place.line}:${place.column}`, place);
  }
  return [...found.values()];
}

/** A file's path within the project; nothing for one outside it or of an installed package. */
export function projectFile(url: string, directory: string): string | undefined {
  // The SDK takes the URL of an ES module for a path, and makes a URL of it again.
  const nested = url.lastIndexOf("/file:/");
  const path = asPath(nested >= 0 ? `file:///${url.slice(nested + 7).replace(/^\/+/, "")}` : url);
  if (path === undefined) return undefined;
  const inside = relative(directory, path);
  if (inside === "" || inside.startsWith("..") || isAbsolute(inside)) return undefined;
  const parts = inside.split(sep);
  return parts.some((part) => installed.has(part)) ? undefined : parts.join("/");
}

/** The folders of installed packages. */
const installed = new Set(["node_modules", "site-packages"]);

function asPath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
