/** Writes what is generated from the rules and the report's schema: `npm run docs`. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { generated } from "./generated";

const root = resolve(__dirname, "..");
const files = generated();
for (const [path, text] of files) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
for (const page of readdirSync(join(root, "docs/rules")))
  if (!files.has(`docs/rules/${page}`)) rmSync(join(root, "docs/rules", page));
process.stdout.write(`Wrote ${files.size} files.\n`);
