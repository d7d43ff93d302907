import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { UsageError } from "../preview/errors";
import { parseJson } from "./json";

/** A JSON file that a person named; `-` is what comes in on stdin. */
export function readJson(path: string): unknown {
  return parseJson(readText(path), path === "-" ? "The input" : path);
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path === "-" ? 0 : path);
    // Self-managed backends may compress their checkpoints.
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${why(error)}.`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a directory",
  EACCES: "permission denied",
  ENOTDIR: "a part of its path is not a directory",
  ERR_STRING_TOO_LONG: "it is larger than the 512 MB that fit in one piece",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GB",
};

/** Why the file system refused, in words. */
export function why(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
