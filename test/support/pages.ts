import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** A fenced block of a page, and what the comment above it says of it. */
export interface Block {
  page: string;
  language: string;
  code: string;
  mark: string;
}

const markdown = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith(".md"));

/** All that users read and type from. */
export const blocks: readonly Block[] = [
  "README.md",
  ...markdown("docs").map((name) => `docs/${name}`),
  ...readdirSync(join(root, "stacks")).flatMap((stack) =>
    markdown(`stacks/${stack}`).map((name) => `stacks/${stack}/${name}`),
  ),
].flatMap((page) =>
  [
    ...readFileSync(join(root, page), "utf8").matchAll(
      /(?:^ *<!-- (.*?) -->\n)?^( *)```(\w+)\n([\s\S]*?)^\2```/gm,
    ),
  ].map(([, mark = "", indent = "", language = "", code = ""]) => ({
    page,
    language,
    code: code.replace(new RegExp(`^${indent}`, "gm"), ""),
    mark,
  })),
);

/** The blocks that say, in the comment above them, that a file runs them; a page in its order. */
export function blocksRunBy(file: string): Block[] {
  const found = blocks.filter(({ mark }) => mark === `runs: ${file}`);
  if (found.length === 0) throw new Error(`No page says that ${file} runs any of its blocks.`);
  return found;
}
