import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { encrypted, isObject, type Raw } from "../policies/value";
import { ProgramError, UsageError } from "./errors";
import { isRuntime, type Runtime, runtimes } from "./languages";
import { noProject, projectFileIn } from "./nearby";

/** A project and one of its stacks, as `pulumi preview` would find them. */
export interface Project {
  name: string;
  stack: string;
  organization: string;
  /** Where `Pulumi.yaml` lies. */
  directory: string;
  /** The file of the stack's settings, whether it exists or not. */
  stackFile: string;
  /** Where the program runs, and what is run there. */
  program: { directory: string; entry: string };
  /** Its language, and what is set for it in `Pulumi.yaml`, which is the file. */
  runtime: { name: Runtime; options: Raw; file: string };
  settings: Settings;
  /** The stack takes further settings from ESC environments, whose values are not known here. */
  environments: boolean;
}

/** The settings by `namespace:key`. */
type Settings = ReadonlyMap<string, Setting>;
export interface Setting {
  value: string;
  secret: boolean;
  /** It was given for this run: no file has it. */
  given?: boolean;
}

interface Choice {
  stack?: string;
  /** Overrides what the files say; a key without a namespace belongs to the project. */
  config?: Record<string, string>;
  /** A compiled program, whatever the language of the project. */
  exec?: string;
}

export function readProject(directory: string, choice: Choice = {}): Project {
  const file = projectFileIn(directory);
  if (file === undefined) throw noProject(directory);
  const home = realpathSync(directory);
  const about = readYaml(file);
  const { name } = about;
  if (typeof name !== "string" || name === "") throw new UsageError(`${file}: the project has no name.`);
  const runtime =
    choice.exec !== undefined
      ? { name: "go" as const, options: { binary: resolve(choice.exec) }, file }
      : readRuntime(about.runtime, file);
  const settingsFolder = resolve(home, text(about.stackConfigDir) ?? text(about.config) ?? ".");
  const { organization, stack } = chooseStack(directory, settingsFolder, choice.stack);
  const stackFile = ["yaml", "yml"].map((ext) => join(settingsFolder, `Pulumi.${stack}.${ext}`));
  const found = stackFile.find(existsSync) ?? join(settingsFolder, `Pulumi.${stack}.yaml`);
  const own = existsSync(found) ? readYaml(found) : {};
  return {
    name,
    stack,
    organization,
    directory: home,
    stackFile: found,
    program: findProgram(home, about.main, file),
    runtime,
    settings: readSettings(name, { about, file, own, stack, stackFile: found, given: choice.config ?? {} }),
    environments: own.environment !== undefined,
  };
}

function readRuntime(given: unknown, file: string): Project["runtime"] {
  const name = isObject(given) ? given.name : given;
  if (typeof name !== "string") throw new UsageError(`${file}: the project has no runtime.`);
  if (!isRuntime(name)) {
    throw new UsageError(
      `${file}: the offline preview runs ${runtimes.join(", ")} programs, not ${name}. ` +
        "Name its compiled program with --exec <file>, or use the policy pack with the Pulumi CLI instead: pulumi preview --policy-pack <folder of pulumi-preflight>.",
    );
  }
  const options = isObject(given) ? (given.options ?? {}) : {};
  if (!isObject(options)) throw new UsageError(`${file}: the options of the runtime must be a map.`);
  return { name, options, file };
}

function findProgram(home: string, main: unknown, file: string): Project["program"] {
  if (main === undefined || main === "") return { directory: home, entry: "." };
  if (typeof main !== "string") throw new UsageError(`${file}: main must be a path.`);
  const path = resolve(home, main);
  if (!existsSync(path)) throw new ProgramError(`${file}: main is ${main}, which does not exist.`);
  const real = realpathSync(path);
  return statSync(real).isDirectory()
    ? { directory: real, entry: "." }
    : { directory: dirname(real), entry: basename(real) };
}

function chooseStack(directory: string, folder: string, wanted: string | undefined) {
  const known = existsSync(folder)
    ? readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? [])
    : [];
  const [only] = known;
  if (wanted === undefined)
    return { organization: "organization", stack: known.length === 1 && only ? only : "dev" };
  const parts = wanted.split("/");
  const stack = parts.at(-1) ?? "";
  if (stack === "") throw new UsageError(`"${wanted}" is not the name of a stack.`);
  if (known.length > 0 && !known.includes(stack))
    throw new UsageError(`${directory} has no stack "${stack}". It has: ${known.sort().join(", ")}.`);
  return { organization: parts.length > 1 && parts[0] ? parts[0] : "organization", stack };
}

/** The settings of the stack; then the project's defaults for what it leaves open; above all what was given. */
function readSettings(
  project: string,
  from: {
    about: Raw;
    file: string;
    own: Raw;
    stack: string;
    stackFile: string;
    given: Record<string, string>;
  },
): Settings {
  const settings = new Map<string, Setting>();
  for (const [name, value] of entries(from.own.config, `${from.stackFile}: config`))
    settings.set(fullKey(name, project), asSetting(value));
  const given = new Map(Object.entries(from.given).map(([name, value]) => [fullKey(name, project), value]));

  const missing: { key: string; description: unknown }[] = [];
  const declared = typeof from.about.config === "string" ? undefined : from.about.config;
  for (const [name, value] of entries(declared, `${from.file}: config`)) {
    const key = fullKey(name, project);
    const typed = isObject(value) && ["value", "default", "type", "secret"].some((k) => k in value);
    const initial = typed ? (value.value ?? value.default) : value;
    const secret = typed && value.secret === true;
    const known = settings.get(key);
    if (known) known.secret ||= secret;
    else if (initial !== undefined && initial !== null)
      settings.set(key, { ...asSetting(initial), ...(secret && { secret }) });
    else if (!given.has(key) && typed && from.own.environment === undefined)
      missing.push({ key, description: value.description });
    else if (secret) settings.set(key, { value: "", secret });
  }
  for (const [key, value] of given) {
    const known = settings.get(key);
    settings.set(key, { value, secret: known?.secret ?? false, given: known === undefined });
  }
  const [first] = missing;
  if (first)
    throw missingSetting(first.key, { stackFile: from.stackFile, environments: false }, first.description);
  return settings;
}

/** What to say, and to do, about a setting that the program needs. */
export function missingSetting(
  key: string,
  { stackFile, environments }: Pick<Project, "stackFile" | "environments">,
  description?: unknown,
): ProgramError {
  return new ProgramError(
    `The setting ${key} is missing${typeof description === "string" ? ` (${description.replace(/\.$/, "")})` : ""}: give it with --config ${key}=<value>, ` +
      `or add "${key}: <value>" under config: in ${basename(stackFile)}.` +
      (environments
        ? ` Values that come from an environment (ESC) are not known to the offline preview.`
        : ""),
  );
}

const fullKey = (name: string, project: string) => {
  const key = name.replace(/^([^:]+):config:/, "$1:");
  return key.includes(":") ? key : `${project}:${key}`;
};

function asSetting(value: unknown): Setting {
  let secret = false;
  const plain = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(plain);
    if (!isObject(v)) return v;
    if (Object.keys(v).length === 1 && typeof v.secure === "string") {
      secret = true;
      return encrypted;
    }
    return Object.fromEntries(Object.entries(v).map(([k, inner]) => [k, plain(inner)]));
  };
  const known = plain(value);
  return { value: typeof known === "object" ? JSON.stringify(known) : String(known), secret };
}

function entries(config: unknown, at: string): [string, unknown][] {
  if (config === undefined || config === null) return [];
  if (!isObject(config)) throw new UsageError(`${at} must be a map of settings.`);
  return Object.entries(config).filter(([, value]) => value !== undefined && value !== null);
}

function readYaml(file: string): Raw {
  const { LineCounter, parseDocument } = require("yaml") as typeof import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter, merge: true });
  // Pulumi reads the first of several documents.
  const error = document.errors.find(({ code }) => code !== "MULTIPLE_DOCS");
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new UsageError(`${file}:${line}:${col}: ${error.message.split(/ at line \d|\n/)[0]}`);
  }
  const value: unknown = document.toJS();
  if (value === null) return {};
  if (!isObject(value)) throw new UsageError(`${file}:1:1: must be a map of keys and values.`);
  return value;
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
