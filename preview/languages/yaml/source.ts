import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node as Parsed,
  parseDocument,
  type Scalar,
} from "yaml";

/** A mistake in the program, and the offset in its text where it stands. */
export class Mistake extends Error {
  constructor(
    message: string,
    readonly at?: number,
  ) {
    super(message);
  }
}

/** The text of a program, and where it came from. */
export interface Source {
  text: string;
  /** How messages name it. */
  name: string;
  /** The URL of the file; a compiler's output has none. */
  url?: string;
}

export type Node =
  | { kind: "scalar"; value: null | boolean | number | string; at: number; end: number }
  | { kind: "list"; items: Node[]; at: number }
  | { kind: "map"; entries: Entry[]; at: number };

export interface Entry {
  key: string;
  at: number;
  value: Node;
}

export class Positions {
  private readonly counter = new LineCounter();
  constructor(private readonly source: Source) {}

  of(at: number): { line: number; column: number } {
    const { line, col } = this.counter.linePos(at);
    return { line, column: col };
  }

  /** A mistake as people read it: file, line, column and what is wrong. */
  tell({ message, at }: Mistake): string {
    if (at === undefined) return `${this.source.name}: ${message}`;
    const { line, column } = this.of(at);
    return `${this.source.name}:${line}:${column}: ${message}`;
  }

  /** Reads the text; the first thing that is no YAML ends it. */
  read(): Node {
    const document = parseDocument(this.source.text, { lineCounter: this.counter });
    // Pulumi reads the first of several documents.
    const error = document.errors.find(({ code }) => code !== "MULTIPLE_DOCS");
    if (error) throw new Mistake(sentence(error.message), error.pos[0]);
    return node(document.contents, 0);
  }
}

const sentence = (said: string) => `${(said.split(/ at line \d|\n/)[0] ?? "").replace(/[.:]$/, "")}.`;

function node(parsed: Parsed | null, above: number): Node {
  const [at, end] = parsed?.range ?? [above, above];
  if (parsed === null) return { kind: "scalar", value: null, at, end };
  if (isAlias(parsed))
    throw new Mistake(
      `Pulumi's YAML has no aliases: write out what *${parsed.source} stands for, or make it a variable.`,
      at,
    );
  if (isSeq(parsed)) return { kind: "list", at, items: parsed.items.map((item) => node(item as Parsed, at)) };
  if (isMap(parsed)) {
    const entries = parsed.items.map((pair): Entry => {
      const key = pair.key as Parsed;
      const keyAt = key?.range?.[0] ?? at;
      if (!isScalar(key) || typeof plain(key) !== "string")
        throw new Mistake(`a key must be a text: put it in quotes.`, keyAt);
      return { key: String(key.value), at: keyAt, value: node(pair.value as Parsed | null, keyAt) };
    });
    return { kind: "map", at, entries };
  }
  return { kind: "scalar", value: plain(parsed as Scalar), at, end };
}

/** Numbers that begin with 0 are octal for Pulumi; what YAML knows besides JSON's values are texts. */
function plain({ value, source, type }: Scalar): null | boolean | number | string {
  if (typeof value === "number" && type === "PLAIN" && /^[-+]?0[0-7]+$/.test(source ?? ""))
    return Number.parseInt(source ?? "", 8);
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  return typeof value === "bigint" ? Number(value) : String(value ?? source ?? "");
}

export const kindOf = (of: Node): string =>
  of.kind === "map"
    ? "a map"
    : of.kind === "list"
      ? "a list"
      : of.value === null
        ? "empty"
        : typeof of.value === "string"
          ? "a text"
          : typeof of.value === "number"
            ? "a number"
            : "true or false";
