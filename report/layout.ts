import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, text: string) => string;

/** Colours a text, or leaves it as it is. */
export const painter =
  (colors: boolean): Paint =>
  (style, text) =>
    colors ? styleText(style, text, { validateStream: false }) : text;

const tones = { critical: ["bold", "red"], high: "red", medium: "yellow", low: "cyan" } as const;

export const toneOf = (severity: keyof typeof tones): Style => tones[severity] as Style;

/** Names come from programs and files: what could steer a terminal is shown, not obeyed. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);

/** Breaks a text into lines, each behind an indent; the first may have its own. */
export function wrap(text: string, width: number, indent: string, first = indent): string {
  const room = Math.max(width - indent.length, 20);
  const lines: string[] = [];
  for (const paragraph of text.split("\n").map(printable)) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line, i) => `${i === 0 ? first : indent}${line}`).join("\n");
}

/** Rows in columns as wide as their widest cell; numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const isNumber = (column: number) => rows.every((row) => /^\d*$/.test(row[column] ?? ""));
  return all.map((row) =>
    row
      .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
