import { suggestion } from "../../../policies/settings";
import { functionNames, functions } from "./functions";
import { type Entry, kindOf, Mistake, type Node } from "./source";
import { isToken } from "./tokens";

/** What is to be evaluated, and where it stands. */
export type Expression = { at: number } & (
  | { kind: "literal"; value: null | boolean | number | string }
  | { kind: "text"; parts: (string | Access)[] }
  | { kind: "access"; access: Access }
  | { kind: "list"; items: Expression[] }
  | { kind: "map"; entries: { key: Expression; value: Expression }[] }
  | { kind: "call"; name: string; argument: Expression }
  | Invoke
);

export interface Invoke {
  kind: "invoke";
  token: string;
  arguments: Expression | undefined;
  options: Readonly<Record<string, Expression>>;
  returns: string | undefined;
}

/** `${root.path[0]["key"]}` */
export interface Access {
  root: string;
  path: (string | number)[];
  at: number;
}

/** Reads expressions; each mistake is noted, and the rest read on. */
export class Reader {
  readonly mistakes: Mistake[] = [];
  readonly warnings: Mistake[] = [];
  constructor(private readonly text: string) {}

  mistake(message: string, at: number): void {
    this.mistakes.push(new Mistake(message, at));
  }

  /** The fields of a map that are known, by their names; case does not count. */
  fields(node: Node, known: readonly string[], what: string): Readonly<Record<string, Entry>> {
    if (node.kind !== "map") {
      if (node.kind !== "scalar" || node.value !== null)
        this.mistake(`${what} must be a map, not ${kindOf(node)}.`, node.at);
      return {};
    }
    const found: Record<string, Entry> = {};
    for (const entry of node.entries) {
      const name = known.find((k) => k.toLowerCase() === entry.key.toLowerCase());
      if (name) found[name] = entry;
      else
        this.warnings.push(
          new Mistake(`${what} has no field "${entry.key}".${suggestion(entry.key, known)}`, entry.at),
        );
    }
    return found;
  }

  expression(node: Node): Expression {
    const { at } = node;
    if (node.kind === "list") return { kind: "list", items: node.items.map((n) => this.expression(n)), at };
    if (node.kind === "scalar") {
      const { value, end } = node;
      return typeof value === "string" ? this.interpolated(value, at, end) : { kind: "literal", value, at };
    }
    const call = node.entries.find((e) => /^fn::/i.test(e.key));
    if (call) return this.call(call, node.entries.length);
    const entries = node.entries.map((e) => ({
      key: this.interpolated(e.key, e.at, e.at + e.key.length + 2),
      value: this.expression(e.value),
    }));
    return { kind: "map", entries, at };
  }

  /** A text as it is, with nothing to be filled in. */
  literal(entry: Entry | undefined, what: string): string | undefined {
    if (!entry) return undefined;
    const { value } = entry;
    const read = value.kind === "scalar" && value.value !== null ? this.expression(value) : undefined;
    if (read?.kind === "literal" && typeof read.value === "string") return read.value;
    this.mistake(`${what} must be a text that is written out, not ${describe(value)}.`, value.at);
    return undefined;
  }

  /** `$$` is a dollar; `${…}` stands for a value. */
  private interpolated(text: string, at: number, end: number): Expression {
    const parts: (string | Access)[] = [];
    let plain = "";
    let from = at;
    for (let i = 0; i < text.length; ) {
      if (text.startsWith("$$", i)) {
        plain += "$";
        i += 2;
      } else if (text.startsWith("${", i)) {
        const found = this.text.indexOf("${", from);
        const accessAt = found >= 0 && found < end ? found : at;
        from = accessAt + 2;
        const { path, next, problem } = readAccess(text, i + 2);
        const [root, ...rest] = path;
        if (problem || root === undefined || typeof root === "number") {
          this.mistake(problem ?? `\${} names nothing.`, accessAt);
          return { kind: "literal", value: text, at };
        }
        if (plain !== "") parts.push(plain);
        plain = "";
        parts.push({ root, path: rest, at: accessAt });
        i = next;
      } else {
        plain += text.charAt(i);
        i += 1;
      }
    }
    if (plain !== "" || parts.length === 0) parts.push(plain);
    const [first] = parts;
    if (parts.length > 1 || first === undefined) return { kind: "text", parts, at };
    return typeof first === "string"
      ? { kind: "literal", value: first, at }
      : { kind: "access", access: first, at: first.at };
  }

  private call({ key, at, value }: Entry, fields: number): Expression {
    if (fields !== 1) this.mistake(`${key} must be the only key of its map.`, at);
    const name = functionNames.find((n) => n.toLowerCase() === key.toLowerCase());
    if (key.toLowerCase() === "fn::invoke") return this.invoke(value, at);
    if (name) {
      const argument = this.expression(value);
      const wrong = functions[name]?.misuse?.(argument);
      if (wrong) this.mistake(`${name} ${wrong}.`, value.at);
      return { kind: "call", name, argument, at };
    }
    const token = key.slice("fn::".length);
    if (token.includes(":")) {
      const given = value.kind === "map" ? this.expression(value) : undefined;
      if (value.kind === "list") this.mistake(`the arguments of ${key} must be a map.`, value.at);
      return this.invoked(token, { arguments: given }, at);
    }
    this.mistake(
      `there is no function ${key}.${suggestion(key, [...functionNames, "fn::invoke"])} ` +
        `There are ${[...functionNames, "fn::invoke"].sort().join(", ")}.`,
      at,
    );
    return { kind: "literal", value: null, at };
  }

  private invoke(node: Node, at: number): Expression {
    const found = this.fields(node, ["function", "arguments", "options", "return"], "fn::invoke");
    const token = this.literal(found.function, "function");
    if (!found.function) this.mistake("fn::invoke needs a function, such as aws:ec2:getAmi.", at);
    const given = found.arguments?.value;
    if (given?.kind === "list" || (given?.kind === "scalar" && given.value !== null))
      this.mistake(`arguments must be a map, not ${describe(given)}.`, given.at);
    return this.invoked(
      token ?? "none:none",
      {
        arguments: given && this.expression(given),
        options: found.options && this.options(found.options.value, invokeOptions, "options"),
        returns: this.literal(found.return, "return"),
      },
      at,
    );
  }

  private invoked(
    token: string,
    { arguments: given, options = {}, returns }: Partial<Invoke>,
    at: number,
  ): Expression {
    if (!isToken(token)) this.mistake(`"${token}" is not a function such as aws:ec2:getAmi.`, at);
    return { kind: "invoke", token, arguments: given, options, returns, at };
  }

  options(node: Node, known: readonly string[], what: string): Record<string, Expression> {
    const found = Object.entries(this.fields(node, known, what));
    return Object.fromEntries(found.map(([name, entry]) => [name, this.expression(entry.value)]));
  }
}

const invokeOptions = ["parent", "provider", "dependsOn", "version", "pluginDownloadURL"];

const describe = (node: Node) =>
  node.kind === "scalar" && typeof node.value === "string" ? "a value to be filled in" : kindOf(node);

/** Reads names and subscripts up to the closing brace. */
function readAccess(
  text: string,
  start: number,
): { path: (string | number)[]; next: number; problem?: string } {
  const path: (string | number)[] = [];
  for (let i = start; i < text.length; ) {
    const rest = text.slice(i);
    if (rest.startsWith("}")) return { path, next: i + 1 };
    const [all, name, quoted, index] =
      /^(?:\.?([^.[\]{}"]+)|\["((?:\\"|[^"])*)"\]|\[(\d+)\])/.exec(rest) ?? [];
    if (all === undefined) {
      const problem = rest.startsWith("[")
        ? "[ must be followed by a number, or a key in double quotes, and ]."
        : `"${rest.charAt(0)}" can't stand in \${…}.`;
      return { path, next: i, problem };
    }
    path.push(name ?? quoted?.replaceAll('\\"', '"') ?? Number(index));
    i += all.length;
  }
  return {
    path,
    next: text.length,
    problem: `\${ is not closed: } is missing. A plain \${ is written $\${.`,
  };
}

/** Every reference in an expression. */
export function* accesses(expression: Expression): Iterable<Access> {
  switch (expression.kind) {
    case "text":
      for (const part of expression.parts) if (typeof part !== "string") yield part;
      return;
    case "access":
      yield expression.access;
      return;
    case "list":
      for (const item of expression.items) yield* accesses(item);
      return;
    case "map":
      for (const { key, value } of expression.entries) {
        yield* accesses(key);
        yield* accesses(value);
      }
      return;
    case "call":
      yield* accesses(expression.argument);
      return;
    case "invoke":
      if (expression.arguments) yield* accesses(expression.arguments);
      for (const option of Object.values(expression.options)) yield* accesses(option);
  }
}
