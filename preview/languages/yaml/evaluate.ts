import type { Raw } from "../../../policies/value";
import type { Engine } from "./engine";
import type { Access, Expression, Invoke } from "./expression";
import { functions, nameOf } from "./functions";
import { type Declared, defaultProviders, type Program, type ResourceDeclaration } from "./program";
import type { Task } from "./run";
import { Mistake } from "./source";
import { canonical, constants, isComponent, isProvider, packageOf } from "./tokens";
import {
  asText,
  fromReply,
  isMap,
  lift,
  marked,
  Output,
  Resource,
  settle,
  unknown,
  type Value,
  wire,
} from "./value";

const stackReference = "pulumi:pulumi:StackReference";

/** Gives expressions their values, and registers resources. */
export class Evaluator {
  readonly values = new Map<string, Value>();
  private readonly defaults: ReadonlyMap<string, ResourceDeclaration>;
  private readonly references = new Map<string, Resource>();

  constructor(
    private readonly task: Task,
    program: Program,
    private readonly world: {
      engine: Engine;
      /** The URN of the stack. */
      stack: string;
      position(at: number): { url: string; line: number; column: number } | undefined;
    },
  ) {
    this.defaults = defaultProviders(program);
    const { project, organization, stack, root, directory } = task;
    this.values.set("pulumi", { project, organization, stack, cwd: directory, rootDirectory: root });
  }

  async declare(declared: Declared): Promise<void> {
    if (declared.kind === "variable") this.values.set(declared.name, await this.evaluate(declared.value));
    else this.values.set(declared.key, await this.register(declared));
  }

  async evaluate(expression: Expression): Promise<Value> {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "access":
        return this.access(expression.access);
      case "text":
        return this.text(expression.parts);
      case "list":
        return this.all(expression.items);
      case "map":
        return this.map(expression.entries);
      case "invoke":
        return this.invoke(expression, expression.at);
      case "call":
        return this.call(expression.name, expression.argument, expression.at);
    }
  }

  private async all(expressions: readonly Expression[]): Promise<Value[]> {
    const values: Value[] = [];
    for (const expression of expressions) values.push(await this.evaluate(expression));
    return values;
  }

  private async map(entries: readonly { key: Expression; value: Expression }[]): Promise<Value> {
    const keys = await this.all(entries.map((e) => e.key));
    const values = await this.all(entries.map((e) => e.value));
    // Under a name that is not known yet nothing can be found.
    return lift(keys, (known) => {
      const named = known.map((key, i): [string, Value] => {
        if (typeof key === "string") return [key, values[i] ?? null];
        throw new Mistake(`a key must be a text, not ${nameOf(key)}.`, entries[i]?.key.at);
      });
      return Object.fromEntries(named);
    });
  }

  private text(parts: readonly (string | Access)[]): Value {
    const values = parts.map((part) => (typeof part === "string" ? part : this.access(part)));
    return lift(values, (known) =>
      known
        .map((value, i) => {
          const text = asText(value);
          if (text !== undefined) return text;
          const { root = "", at = undefined } = parts[i] as Access;
          throw new Mistake(
            value instanceof Resource
              ? `a text can't hold the resource ${root}: name one of its outputs, such as \${${root}.id}.`
              : `a text can't hold ${nameOf(value)}: make a text of it, for example with fn::toJSON.`,
            at,
          );
        })
        .join(""),
    );
  }

  private access({ root, path, at }: Access): Value {
    const found = this.values.get(root);
    if (found === undefined) throw new Mistake(`nothing here is called ${root}.`, at);
    let told = root;
    return path.reduce<Value>((value, key) => {
      const inner = step(value, key, { told, at });
      told += typeof key === "number" ? `[${key}]` : `.${key}`;
      return inner;
    }, found);
  }

  private async call(name: string, argument: Expression, at: number): Promise<Value> {
    const value = await this.evaluate(argument);
    if (name === "fn::stackReference") return this.outputOf(value, at);
    try {
      return functions[name]?.run(value, this.task.directory) ?? null;
    } catch (error) {
      if (error instanceof Mistake || !(error instanceof Error)) throw error;
      throw new Mistake(`${name} ${withoutSecrets(error.message, value)}.`, argument.at);
    }
  }

  /** The old way to an output of another stack. */
  private async outputOf(argument: Value, at: number): Promise<Value> {
    const [stack, output] = argument as Value[];
    const name = String(stack);
    let reference = this.references.get(name);
    if (!reference) {
      const position = this.world.position(at);
      reference = await this.readStack(name, { name, parent: this.world.stack, position });
      this.references.set(name, reference);
    }
    const outputs = reference.get("outputs");
    return lift([output ?? null], ([key = null]) => step(outputs, String(key), { told: name, at }));
  }

  private readStack(key: string, about: Omit<Parameters<Engine["read"]>[0], "type" | "id" | "inputs">) {
    return this.read(stackReference, key, [], { ...about, inputs: { name: key } });
  }

  private async read(
    type: string,
    id: string,
    secrets: readonly string[],
    about: Omit<Parameters<Engine["read"]>[0], "type" | "id">,
  ): Promise<Resource> {
    const made = await this.world.engine.read({ ...about, type, id });
    return new Resource(made.urn, type, about.name, fromReply(made.outputs), id, secrets);
  }

  private async invoke(invoke: Invoke, at: number): Promise<Value> {
    const args = invoke.arguments ? await this.evaluate(invoke.arguments) : {};
    const { provider, dependsOn } = await this.options(invoke.options);
    const sources = new Set(dependsOn);
    const { marks } = settle(args);
    const token = canonical(invoke.token);
    let reply: Raw;
    try {
      reply = await this.world.engine.invoke(
        token,
        wire(plain(args), sources) as Raw,
        provider ?? this.defaultFor(token),
      );
    } catch (error) {
      throw new Mistake(`${token}: ${error instanceof Error ? error.message : error}`, at);
    }
    const result = new Output(fromReply(reply), { open: true, secret: marks?.secret, sources });
    if (invoke.returns === undefined) return result;
    return step(result, invoke.returns, { told: invoke.token, at });
  }

  private defaultFor(token: string): string {
    const declared = isProvider(token) ? undefined : this.defaults.get(packageOf(token));
    const provider = declared && this.values.get(declared.key);
    return provider instanceof Resource ? provider.reference : "";
  }

  private async register(declared: ResourceDeclaration): Promise<Resource> {
    const { key, name, at } = declared;
    const type = canonical(declared.type);
    const properties = await this.propertiesOf(declared);
    const options = await this.options(declared.options);
    const { parent = this.world.stack, provider = this.defaultFor(type) } = options;
    const secrets = await this.secretsOf(declared);
    const about = { name, parent, provider, position: this.world.position(at) };
    if (type === stackReference) {
      const stack = properties.name ?? key;
      if (typeof stack !== "string")
        throw new Mistake(`the name of a stack must be a text, not ${nameOf(stack)}.`, at);
      return this.readStack(stack, about);
    }
    if (declared.get) {
      const id = settle(await this.evaluate(declared.get.id)).value;
      if (id !== unknown && typeof id !== "string")
        throw new Mistake(`an id must be a text, not ${nameOf(id)}.`, declared.get.id.at);
      const inputs = wire(properties) as Raw;
      return this.read(type, id === unknown ? "" : id, secrets, { ...about, inputs });
    }
    const sources = new Map<string, readonly string[]>();
    const inputs: Raw = {};
    for (const [property, value] of Object.entries(properties)) {
      const from = new Set<string>();
      if (value !== null) inputs[property] = wire(value, from);
      sources.set(property, [...from]);
    }
    const remote = isComponent(type);
    const made = await this.world.engine.register({
      ...about,
      type,
      inputs: { ...inputs, ...constants(type) },
      custom: !remote,
      remote,
      import: declared.import,
      providers: options.providers,
      dependencies: [...new Set([...options.dependsOn, ...[...sources.values()].flat()])],
      sources,
    });
    return new Resource(made.urn, type, name, fromReply(made.outputs), made.id || undefined, secrets);
  }

  private async propertiesOf({
    get,
    properties,
    key,
    at,
  }: ResourceDeclaration): Promise<Record<string, Value>> {
    const value = await this.evaluate(get ? get.state : properties);
    if (!(value instanceof Output)) {
      if (isMap(value)) return value;
      throw new Mistake(`the properties of ${key} must be a map, not ${nameOf(value)}.`, properties.at);
    }
    const { value: known, marks } = value;
    if (known === unknown)
      throw new Mistake(
        `all properties of ${key} come from what is not known before deployment, so nothing can be said of it: ` +
          "give the answer with --answers, or write the properties out one by one.",
        at,
      );
    if (!isMap(known))
      throw new Mistake(`the properties of ${key} must be a map, not ${nameOf(known)}.`, properties.at);
    return Object.fromEntries(Object.entries(known).map(([k, v]) => [k, marked(v, marks)]));
  }

  private async secretsOf({ options }: ResourceDeclaration): Promise<string[]> {
    const { additionalSecretOutputs: named } = options;
    const value = named ? await this.evaluate(named) : [];
    return Array.isArray(value) ? value.filter((v) => typeof v === "string") : [];
  }

  /** What a preview can see of the options. The others are read, so that mistakes in them are told. */
  private async options(given: Readonly<Record<string, Expression>>) {
    const read: {
      parent?: string;
      provider?: string;
      providers: Map<string, string>;
      dependsOn: string[];
    } = { providers: new Map(), dependsOn: [] };
    for (const [name, expression] of Object.entries(given)) {
      const value = await this.evaluate(expression);
      const { at } = expression;
      if (name === "parent") read.parent = resource(value, name, at).urn;
      if (name === "deletedWith") resource(value, name, at);
      if (name === "provider") read.provider = provider(value, name, at).reference;
      if (name === "providers")
        for (const one of resources(isMap(value) ? Object.values(value) : value, name, at))
          read.providers.set(packageOf(one.type), provider(one, name, at).reference);
      if (name === "dependsOn") read.dependsOn.push(...resources(value, name, at).map((r) => r.urn));
      if (name === "replaceWith") resources(value, name, at);
      if (name === "protect" && typeof value !== "boolean")
        throw new Mistake(`protect must be true or false, and known, not ${nameOf(value)}.`, at);
      if (name === "aliases" && !Array.isArray(value))
        throw new Mistake(`aliases must be a list, not ${nameOf(value)}.`, at);
      if (name.startsWith("customTimeouts.") && typeof value !== "string")
        throw new Mistake(`${name} must be a text such as 10m, not ${nameOf(value)}.`, at);
    }
    return read;
  }
}

/** What is wrong with a value, which itself may be named in it. */
function withoutSecrets(message: string, value: Value): string {
  if (Array.isArray(value)) return value.reduce<string>(withoutSecrets, message);
  const { value: known, marks } = settle(value);
  return marks?.secret && typeof known === "string" ? message.replaceAll(known, "[secret]") : message;
}

/** Arguments are sent as plain values: an answer is looked for by them. */
function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  if (!(value instanceof Output)) return value;
  const inner = value.value === unknown ? unknown : plain(value.value);
  return new Output(inner, { ...value.marks, secret: false });
}

function resource(value: Value, option: string, at: number): Resource {
  if (value instanceof Resource) return value;
  throw new Mistake(
    `${option} takes a resource, such as \${bucket}, not ${value instanceof Output ? "one of its outputs" : nameOf(value)}.`,
    at,
  );
}

function resources(value: Value, option: string, at: number): Resource[] {
  if (Array.isArray(value)) return value.map((one) => resource(one, option, at));
  throw new Mistake(`${option} takes a list of resources: write "- " before it.`, at);
}

function provider(value: Value, option: string, at: number): Resource {
  const found = resource(value, option, at);
  if (isProvider(found.type)) return found;
  throw new Mistake(
    `${option} takes a provider, such as one of type pulumi:providers:aws, not ${found.type}.`,
    at,
  );
}

/** What a key leads to. What was made elsewhere may have more than it shows. */
function step(
  value: Value,
  key: string | number,
  where: { told: string; at: number; open?: boolean },
): Value {
  const { told, at, open = false } = where;
  if (value instanceof Output) {
    if (value.value === unknown) return value;
    return marked(step(value.value, key, { ...where, open: open || value.marks.open === true }), value.marks);
  }
  const missing = () => new Output(unknown, { open: true });
  if (value instanceof Resource) {
    if (typeof key === "string") return value.get(key);
  } else if (Array.isArray(value)) {
    if (typeof key === "number") {
      const found = value[key];
      if (found !== undefined) return found;
      if (open) return missing();
      throw new Mistake(`${told} has ${value.length} elements, so there is no [${key}].`, at);
    }
  } else if (isMap(value)) {
    if (typeof key === "string")
      return Object.hasOwn(value, key) ? (value[key] ?? null) : open ? missing() : null;
  } else if (value === null && open) {
    return missing();
  }
  const asked = typeof key === "number" ? `[${key}]` : `"${key}"`;
  throw new Mistake(`${told} is ${nameOf(value)}, so it has no ${asked}.`, at);
}
