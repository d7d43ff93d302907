import { UsageError } from "../preview/errors";

/** JSON that a person handed over: what is wrong with it is said with its line. */
export function parseJson(text: string, path: string): unknown {
  const clean = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (clean.trim() === "") throw new UsageError(`${path} is empty.`);
  try {
    return JSON.parse(clean);
  } catch (error) {
    const end = atEnd(error, clean.length);
    const at = end ? clean.trimEnd().length : offsetOfError(clean);
    const line = at === undefined ? "" : ` at line ${lineOf(clean, at)}`;
    throw new UsageError(
      end
        ? `${path} looks cut off: it ends${line}, in the middle of a JSON value. Export or copy it again.`
        : `${path} is not valid JSON: ${reason(error)}${line}.`,
    );
  }
}

/** Whether the text ended where JSON must go on. */
const atEnd = (error: unknown, length: number): boolean =>
  /end of JSON input|Unterminated string/.test(String(error)) || (positionOf(error) ?? -1) >= length;

function positionOf(error: unknown): number | undefined {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  return position === undefined ? undefined : Number(position);
}

/** The parser does not always say where: then the longest text that could still become JSON does. */
function offsetOfError(text: string): number | undefined {
  if (text.length > 10_000_000) return undefined;
  let [good, bad] = [0, text.length];
  while (good + 1 < bad) {
    const middle = Math.floor((good + bad) / 2);
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function mayGoOn(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return atEnd(error, text.length);
  }
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** The parser's words, without the position and the excerpt: that could be a secret. */
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/,? (\.\.\.)?".*is not valid JSON$/s, "")
    .replace(/ in JSON at position.*$/s, "");
