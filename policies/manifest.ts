import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const repository = "https://github.com/pulumi-preflight/preflight";

/** Where a rule is documented. */
export const pageOf = ({ id }: { id: string }): string => `${repository}/blob/main/docs/rules/${id}.md`;

/** The package's own package.json, wherever this file was compiled to. */
export const manifest: { version: string; description: string } = JSON.parse(
  readFileSync(nearest(__dirname, "package.json"), "utf8"),
);

function nearest(folder: string, name: string): string {
  const path = join(folder, name);
  if (existsSync(path) || folder === dirname(folder)) return path;
  return nearest(dirname(folder), name);
}
