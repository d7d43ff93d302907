import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Expression } from "./expression";
import { Asset, asText, isMap, lift, marked, Resource, settle, unsecret, type Value } from "./value";

interface Function {
  /** What is wrong with the way it is written. */
  misuse?(argument: Expression): string | undefined;
  /** Throws what is wrong with the values. */
  run(argument: Value, directory: string): Value;
}

/** A function of values that are known. */
const of = (run: (value: Value, directory: string) => Value): Function => ({
  run: (argument, directory) => lift([argument], ([value = null]) => run(value, directory)),
});

/** A function of a list of two. */
const ofTwo = (what: string, run: (first: Value, second: Value) => Value): Function => ({
  misuse: (argument) =>
    argument.kind === "list" && argument.items.length === 2 ? undefined : `takes a list of two: ${what}`,
  run: (argument) => lift(argument as Value[], ([first = null, second = null]) => run(first, second)),
});

/** A function that makes an asset or an archive of a text. */
const asset = (archive: boolean, field: string): Function =>
  of((value) => new Asset(archive, { [field]: text(value) }));

/** A function of a resource as such, not of its outputs. */
const ofResource = (run: (resource: Resource) => string): Function => ({
  run(argument) {
    if (argument instanceof Resource) return run(argument);
    throw new Error(`takes a resource, such as \${bucket}, not ${nameOf(argument)}`);
  },
});

export const functions: Readonly<Record<string, Function>> = {
  "fn::join": ofTwo("what stands between, and a list of texts", (between, parts) =>
    list(parts)
      .map((part) => text(part))
      .join(between === null ? "" : text(between)),
  ),
  "fn::split": ofTwo("what stands between, and a text", (between, whole) => text(whole).split(text(between))),
  "fn::select": ofTwo("an index, and a list", (index, values) => {
    const all = list(values);
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0)
      throw new Error(`takes an index from 0 on, not ${asText(index) ?? nameOf(index)}`);
    const chosen = all[index];
    if (chosen === undefined) throw new Error(`wants element ${index} of a list that has ${all.length}`);
    return chosen;
  }),
  "fn::toJSON": of((value) => JSON.stringify(sorted(value))),
  "fn::toBase64": of((value) => Buffer.from(text(value)).toString("base64")),
  "fn::fromBase64": of((value) => {
    const encoded = text(value);
    const decoded = Buffer.from(encoded, "base64");
    if (decoded.toString("base64") !== encoded) throw new Error("takes a text in base64");
    return decoded.toString();
  }),
  "fn::secret": { run: (value) => marked(value, { secret: true }) },
  "fn::unsecret": { run: unsecret },
  "fn::readFile": of((path, directory) => read(path, directory).toString()),
  "fn::filebase64": of((path, directory) => read(path, directory).toString("base64")),
  "fn::filebase64sha256": of((path, directory) =>
    createHash("sha256").update(read(path, directory)).digest("base64"),
  ),
  "fn::sha1": of((value) => createHash("sha1").update(text(value)).digest("hex")),
  "fn::length": of((value) => {
    if (typeof value === "string") return [...new Intl.Segmenter().segment(value)].length;
    if (Array.isArray(value)) return value.length;
    if (isMap(value)) return Object.keys(value).length;
    throw new Error(`takes a list, a map or a text, not ${nameOf(value)}`);
  }),
  "fn::singleOrNone": of((value) => {
    const [one = null, ...more] = list(value);
    if (more.length > 0) throw new Error(`takes a list of one or none, not of ${more.length + 1}`);
    return one;
  }),
  "fn::stringAsset": asset(false, "text"),
  "fn::fileAsset": asset(false, "path"),
  "fn::remoteAsset": asset(false, "uri"),
  "fn::fileArchive": asset(true, "path"),
  "fn::remoteArchive": asset(true, "uri"),
  "fn::assetArchive": {
    misuse: (argument) =>
      argument.kind === "map" ? undefined : "takes a map: a path, and an asset or an archive for each",
    run: (argument) => {
      const assets = isMap(argument) ? argument : {};
      const other = Object.entries(assets).find(([, v]) => !(settle(v).value instanceof Asset || isOpen(v)));
      if (other) throw new Error(`takes assets and archives, and ${other[0]} is ${nameOf(other[1])}`);
      return new Asset(true, { assets });
    },
  },
  "fn::pulumiResourceName": ofResource((resource) => resource.name),
  "fn::pulumiResourceType": ofResource((resource) => resource.type),
  // Asks the engine: evaluated where that can be reached.
  "fn::stackReference": {
    misuse: (argument) =>
      argument.kind === "list" && argument.items.length === 2 && argument.items[0]?.kind === "literal"
        ? undefined
        : "takes a list of two: the name of a stack, and that of an output",
    run: () => null,
  },
};

export const functionNames: readonly string[] = Object.keys(functions);

const isOpen = (value: Value) => typeof settle(value).value === "symbol";

function text(value: Value): string {
  if (typeof value === "string") return value;
  throw new Error(`takes a text, not ${nameOf(value)}`);
}

function list(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  throw new Error(`takes a list, not ${nameOf(value)}`);
}

export function nameOf(value: Value): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Resource) return "a resource";
  if (value instanceof Asset) return value.archive ? "an archive" : "an asset";
  if (typeof value === "object") return "a map";
  return typeof value === "string" ? "a text" : typeof value === "number" ? "a number" : String(value);
}

function read(path: Value, directory: string): Buffer {
  const file = text(path);
  try {
    return readFileSync(resolve(directory, file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === "ENOENT" ? `finds no file ${file}` : `can't read ${file} (${code})`);
  }
}

/** With its keys in order, as Pulumi's YAML writes it. */
function sorted(value: Value): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value instanceof Resource || value instanceof Asset ? {} : value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
