import { suggestion } from "../../../policies/settings";
import { type Access, accesses, type Expression, Reader } from "./expression";
import { type Entry, kindOf, Mistake, type Node } from "./source";
import { isProvider, isToken, packageOf, refused } from "./tokens";

/** A program as it is written. */
export interface Program {
  settings: Setting[];
  /** Resources and variables, by name. */
  declared: ReadonlyMap<string, Declared>;
  outputs: readonly Expression[];
}

export interface Setting {
  name: string;
  /** The name in the stack's settings, where it is another. */
  key: string;
  type: string | undefined;
  initial: Expression | undefined;
  secret: boolean;
  at: number;
}

export type Declared = Variable | ResourceDeclaration;

interface Variable {
  kind: "variable";
  name: string;
  at: number;
  value: Expression;
}

export interface ResourceDeclaration {
  kind: "resource";
  /** How the program calls it. */
  key: string;
  name: string;
  type: string;
  at: number;
  properties: Expression;
  options: Readonly<Record<string, Expression>>;
  import: string | undefined;
  get: { id: Expression; state: Expression } | undefined;
  /** The provider of all resources of its package that name none. */
  isDefault: boolean;
}

/** What was read, what is wrong with it, and what is odd. */
export interface Read {
  program: Program;
  mistakes: readonly Mistake[];
  warnings: readonly Mistake[];
}

const sections = ["resources", "variables", "outputs", "configuration", "config", "components", "pulumi"];
const resourceFields = ["type", "name", "defaultProvider", "properties", "options", "get"];
/** Options whose values may be computed, lists of names, truth values and texts. */
const computed = [
  ...["parent", "provider", "providers", "dependsOn", "deletedWith", "replaceWith", "protect", "aliases"],
  ...["replacementTrigger", "envVarMappings"],
];
const names = ["ignoreChanges", "replaceOnChanges", "additionalSecretOutputs", "hideDiffs"];
const truths = ["deleteBeforeReplace", "retainOnDelete"];
const texts = ["version", "pluginDownloadURL", "import"];
const optionNames = [...computed, ...names, ...truths, ...texts, "customTimeouts"];
const timeouts = ["create", "update", "delete", "read"];

export function readProgram(node: Node, text: string): Read {
  const reader = new Reader(text);
  if (node.kind !== "map") {
    if (node.kind === "list" || node.value !== null)
      reader.mistake(`a program is a map with resources, not ${kindOf(node)}.`, node.at);
    return { program: { settings: [], declared: new Map(), outputs: [] }, ...told(reader) };
  }
  // Of a project's file the rest is for Pulumi.
  const { config, configuration, variables, resources, outputs, components, pulumi } = sectionsOf(
    node,
    reader,
  );
  if (components)
    reader.mistake(
      "components can't be part of a program: they belong in a package of their own, with a PulumiPlugin.yaml.",
      components.at,
    );
  const taken = new Map<string, Entry>();
  const isFree = (entry: Entry, what: string): boolean => {
    const other = taken.get(entry.key);
    if (other) reader.mistake(`two things are called ${entry.key}: rename this ${what}.`, entry.at);
    else if (entry.key === "pulumi") reader.mistake(`"pulumi" is taken: rename this ${what}.`, entry.at);
    else taken.set(entry.key, entry);
    return other === undefined;
  };
  const settings = [...entriesOf(config, reader), ...entriesOf(configuration, reader)]
    .filter((entry) => isFree(entry, "setting"))
    .map((entry) => readSetting(entry, reader));
  const declared = new Map<string, Declared>();
  for (const entry of entriesOf(resources, reader)) {
    const resource = isFree(entry, "resource") && readResource(entry, reader);
    if (resource) declared.set(entry.key, resource);
  }
  for (const entry of entriesOf(variables, reader)) {
    if (!isFree(entry, "variable")) continue;
    const { key: name, at } = entry;
    declared.set(name, { kind: "variable", name, at, value: reader.expression(entry.value) });
  }
  if (pulumi) reader.options(pulumi.value, ["requiredVersion"], "pulumi");
  const results = entriesOf(outputs, reader).map((entry) => reader.expression(entry.value));
  return { program: { settings, declared, outputs: results }, ...told(reader) };
}

const told = ({ mistakes, warnings }: Reader) => ({ mistakes, warnings });

function sectionsOf(node: Node & { kind: "map" }, reader: Reader): Readonly<Record<string, Entry>> {
  const found: Record<string, Entry> = {};
  for (const entry of node.entries) {
    const name = sections.find((s) => s.toLowerCase() === entry.key.toLowerCase());
    if (name) found[name] = entry;
    else if (sections.includes(`${entry.key}s`))
      reader.warnings.push(
        new Mistake(`a program has no "${entry.key}". Did you mean "${entry.key}s"?`, entry.at),
      );
  }
  return found;
}

function entriesOf(section: Entry | undefined, reader: Reader): readonly Entry[] {
  if (!section) return [];
  const { key, value } = section;
  if (value.kind === "map") return value.entries;
  // In a project's file this is the folder of the settings.
  const isFolder = key === "config" && value.kind === "scalar" && typeof value.value === "string";
  if (!isFolder && !(value.kind === "scalar" && value.value === null))
    reader.mistake(`${key} must be a map, not ${kindOf(value)}.`, value.at);
  return [];
}

function readSetting({ key, at, value }: Entry, reader: Reader): Setting {
  if (value.kind !== "map")
    return { name: key, key, type: undefined, initial: reader.expression(value), secret: false, at };
  const known = ["type", "name", "secret", "default", "value", "items", "description"];
  const found = reader.fields(value, known, `the setting ${key}`);
  const initial = found.value ?? found.default;
  const secret = found.secret?.value;
  return {
    name: key,
    key: reader.literal(found.name, "name") || key,
    type: reader.literal(found.type, "type")?.toLowerCase(),
    initial: initial && reader.expression(initial.value),
    secret: secret?.kind === "scalar" && secret.value === true,
    at,
  };
}

function readResource({ key, at, value }: Entry, reader: Reader): ResourceDeclaration | undefined {
  const what = `the resource ${key}`;
  if (value.kind !== "map") {
    reader.mistake(`${what} must be a map with a type, not ${kindOf(value)}.`, at);
    return undefined;
  }
  const found = reader.fields(value, resourceFields, what);
  const type = reader.literal(found.type, "type");
  if (!found.type) reader.mistake(`${what} has no type: add one, such as type: aws:s3:Bucket.`, at);
  if (type === undefined) return undefined;
  if (!isToken(type)) {
    reader.mistake(`"${type}" is not a type such as aws:s3:Bucket.`, found.type?.value.at ?? at);
    return undefined;
  }
  const instead = refused(type);
  if (instead) reader.mistake(`${type} can't be used in YAML: ${instead}.`, found.type?.value.at ?? at);
  const options = found.options ? reader.fields(found.options.value, optionNames, "options") : {};
  const isDefault = found.defaultProvider?.value;
  if (isDefault && !isProvider(type))
    reader.mistake(
      `defaultProvider is for providers, such as pulumi:providers:aws, not for ${type}.`,
      isDefault.at,
    );
  if (found.get && found.properties)
    reader.mistake(
      `${what} is read, so it can't have properties: remove get, or move them to get.state.`,
      found.properties.at,
    );
  return {
    kind: "resource",
    key,
    name: reader.literal(found.name, "name") || key,
    type,
    at,
    properties: propertiesOf(found.properties, reader, at),
    options: readOptions(options, reader),
    import: reader.literal(options.import, "import"),
    get: found.get && readGet(found.get, reader),
    isDefault: isDefault?.kind === "scalar" && isDefault.value === true,
  };
}

/** A map of properties, whose names are as they are written; or what gives such a map. */
function propertiesOf(entry: Entry | undefined, reader: Reader, at: number): Expression {
  const { value } = entry ?? {};
  if (value === undefined) return { kind: "map", entries: [], at };
  if (value.kind === "scalar" && value.value === null) return { kind: "map", entries: [], at };
  if (value.kind === "map") {
    const entries = value.entries.map((e) => ({
      key: { kind: "literal" as const, value: e.key, at: e.at },
      value: reader.expression(e.value),
    }));
    return { kind: "map", entries, at: value.at };
  }
  const read = reader.expression(value);
  if (read.kind !== "access") reader.mistake(`properties must be a map, not ${kindOf(value)}.`, value.at);
  return read;
}

function readGet(entry: Entry, reader: Reader): ResourceDeclaration["get"] {
  const found = reader.fields(entry.value, ["id", "state"], "get");
  if (!found.id) {
    reader.mistake("get needs the id of what is to be read.", entry.at);
    return undefined;
  }
  return { id: reader.expression(found.id.value), state: propertiesOf(found.state, reader, entry.at) };
}

function readOptions(found: Readonly<Record<string, Entry>>, reader: Reader): Record<string, Expression> {
  const read: Record<string, Expression> = {};
  for (const [name, { value }] of Object.entries(found)) {
    if (texts.includes(name)) {
      // An import is told apart; the others are for plugins.
      if (name !== "import") reader.literal(found[name], name);
    } else if (name === "customTimeouts") {
      for (const [key, timeout] of Object.entries(reader.options(value, timeouts, name)))
        read[`${name}.${key}`] = timeout;
    } else if (names.includes(name)) {
      const isNames = value.kind === "list" && value.items.every(isText);
      if (!isNames) reader.mistake(`${name} must be a list of property names.`, value.at);
      read[name] = reader.expression(value);
    } else if (truths.includes(name)) {
      if (value.kind !== "scalar" || typeof value.value !== "boolean")
        reader.mistake(`${name} must be true or false, not ${kindOf(value)}.`, value.at);
    } else {
      read[name] = reader.expression(value);
    }
  }
  return read;
}

const isText = (node: Node) => node.kind === "scalar" && typeof node.value === "string";

/** Every reference of a declaration. */
function* referencesOf(declared: Declared): Iterable<Access> {
  if (declared.kind === "variable") {
    yield* accesses(declared.value);
    return;
  }
  yield* accesses(declared.properties);
  for (const option of Object.values(declared.options)) yield* accesses(option);
  if (declared.get) {
    yield* accesses(declared.get.id);
    yield* accesses(declared.get.state);
  }
}

/** The providers that resources and functions have which name none, by package. */
export const defaultProviders = ({ declared }: Program): ReadonlyMap<string, ResourceDeclaration> =>
  new Map(
    [...declared.values()].flatMap((d) =>
      d.kind === "resource" && d.isDefault && isProvider(d.type) ? [[packageOf(d.type), d] as const] : [],
    ),
  );

/** Resources and variables, each after those that it refers to. */
export function inOrder(
  program: Program,
  { settings, lineOf }: { settings: ReadonlySet<string>; lineOf: (at: number) => number },
): { order: Declared[]; mistakes: Mistake[] } {
  const { declared, outputs } = program;
  const mistakes: Mistake[] = [];
  const known = [...declared.keys(), ...settings, "pulumi"];
  const find = ({ root, at }: Access): Declared | undefined => {
    const found = declared.get(root);
    if (!found && root !== "pulumi" && !settings.has(root))
      mistakes.push(new Mistake(unheardOf(root, known), at));
    return found;
  };

  const defaults = defaultProviders(program);
  const order: Declared[] = [];
  const done = new Set<Declared>();
  const path: Declared[] = [];
  const visit = (one: Declared): void => {
    if (done.has(one)) return;
    if (path.includes(one)) {
      const circle = path.slice(path.indexOf(one));
      const told = [...circle, one].map((d) => `${nameOf(d)} (line ${lineOf(d.at)})`).join(" → ");
      mistakes.push(
        new Mistake(
          `${nameOf(one)} needs itself: ${told}. Break the circle, for example with a resource of its own for one of the references.`,
          one.at,
        ),
      );
      return;
    }
    path.push(one);
    for (const access of referencesOf(one)) {
      const found = find(access);
      if (found) visit(found);
    }
    for (const provider of impliedBy(one, defaults)) visit(provider);
    path.pop();
    if (!done.has(one)) order.push(one);
    done.add(one);
  };
  for (const one of declared.values()) visit(one);
  for (const output of outputs) for (const access of accesses(output)) find(access);
  return { order, mistakes };
}

/** A name with a namespace, such as `aws:region`, is that of a setting. */
const unheardOf = (name: string, known: readonly string[]) =>
  name.includes(":")
    ? missingSetting(name)
    : `there is no resource, variable or setting ${name}.${suggestion(name, known)} A plain \${ is written $\${.`;

/** In the words of the SDKs, which the preview knows. */
export const missingSetting = (key: string): string => `Missing required configuration variable '${key}'`;

/** The default provider of a resource, or of the functions in a variable, which stands nowhere in it. */
function impliedBy(
  one: Declared,
  defaults: ReadonlyMap<string, ResourceDeclaration>,
): readonly ResourceDeclaration[] {
  if (one.kind === "resource") {
    const provider =
      isProvider(one.type) || one.options.provider ? undefined : defaults.get(packageOf(one.type));
    return provider ? [provider] : [];
  }
  const { value } = one;
  const provider = value.kind === "invoke" && !value.options.provider && defaults.get(packageOf(value.token));
  return provider ? [provider] : [];
}

const nameOf = (declared: Declared) => (declared.kind === "resource" ? declared.key : declared.name);
