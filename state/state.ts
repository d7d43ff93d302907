import type { Place, Registration } from "../policies/stack";
import { isObject, type Raw } from "../policies/value";
import { UsageError } from "../preview/errors";

/** The resources of a deployed stack, as a state file keeps them. */
export interface State {
  project: string;
  stack: string;
  registrations: Registration[];
}

const newestVersion = 4;
const howToExport = "Write a state with `pulumi stack export --file state.json`.";

/** What rules need of a resource in a state. The engine calls it `ResourceV1` to `ResourceV3`. */
interface Saved {
  urn: string;
  type: string;
  delete?: boolean;
  external?: boolean;
  id?: string;
  inputs?: Raw;
  outputs?: Raw;
  parent?: string;
  /** `<urn>::<id>` of its provider. */
  provider?: string;
  dependencies?: readonly string[];
  propertyDependencies?: Record<string, readonly string[]>;
  sourcePosition?: string;
  stackTrace?: readonly { sourcePosition?: string }[];
}

/** Reads what `pulumi stack export` writes, or a checkpoint file of a self-managed backend. */
export function readState(json: unknown, path: string): State {
  const { deployment, stackName } = unpack(json, path);
  const saved = resourcesOf(deployment, path).filter((r) => r.delete !== true);
  const providers = new Map(
    saved.filter(isProvider).map((r) => [`${r.urn}::${r.id}`, { ...r.inputs, ...r.outputs }]),
  );
  const registrations = saved
    .filter((r) => !isProvider(r))
    .map((r) => registration(r, providers.get(r.provider ?? "")));
  const { stack = stackName ?? "", project = "" } = saved[0] ? urnParts(saved[0].urn) : {};
  if (registrations.length > 0 && !registrations.some((r) => r.type === stackType))
    registrations.unshift(rootOf(project, stack));
  return { project, stack, registrations };
}

const stackType = "pulumi:pulumi:Stack";
const isProvider = ({ type }: Saved): boolean => type.startsWith("pulumi:providers:");

/** The stack itself, which rules about the stack as a whole judge. */
const rootOf = (project: string, stack: string): Registration => ({
  urn: `urn:pulumi:${stack}::${project}::${stackType}::${project}-${stack}`,
  type: stackType,
  name: `${project}-${stack}`,
  inputs: {},
});

/** `urn:pulumi:<stack>::<project>::<types>::<name>`, where the name may hold `::`, too. */
function urnParts(urn: string): { stack: string; project: string; name: string } {
  const [head = "", project = "", , ...name] = urn.split("::");
  return { stack: head.replace(/^urn:pulumi:/, ""), project, name: name.join("::") };
}

function registration(saved: Saved, provider: Raw | undefined): Registration {
  const { urn, type, id, parent, external } = saved;
  const propertyDependencies = dependenciesOf(saved);
  const read = properties(saved);
  return {
    urn,
    type,
    name: urnParts(urn).name,
    // A live object has every default filled in. What was asked for stays where the provider itself keeps it.
    inputs: type.startsWith("kubernetes:") ? { ...read, __inputs: saved.inputs ?? {} } : read,
    ...(saved.inputs && { given: saved.inputs }),
    trail: trailOf(saved),
    ...(id && { id }),
    ...(parent && { parent }),
    ...(provider && { provider }),
    ...(propertyDependencies && { propertyDependencies }),
    ...(external && { read: true }),
  };
}

/** What the cloud says of the resource; what the program asked for where the cloud says nothing. */
function properties({ type, inputs = {}, outputs = {} }: Saved): Raw {
  // What a patch has patched is there in full: the rest of it is not the program's.
  if (/^kubernetes:.*Patch$/.test(type)) return { ...outputs, ...inputs };
  const merged: Raw = { ...inputs };
  for (const [key, value] of Object.entries(outputs))
    if (value !== undefined && value !== null) merged[key] = value;
  return merged;
}

/** The first versions kept dependencies of a resource as a whole: any input may come from any of them. */
function dependenciesOf(saved: Saved): Registration["propertyDependencies"] {
  const { propertyDependencies, dependencies, inputs } = saved;
  if (propertyDependencies || !dependencies?.length) return propertyDependencies;
  return Object.fromEntries(Object.keys(inputs ?? {}).map((key) => [key, dependencies]));
}

/** The lines of the user's program on the way to the resource, innermost first. */
function trailOf({ sourcePosition, stackTrace = [] }: Saved): Place[] {
  const positions = [sourcePosition, ...stackTrace.map((frame) => frame.sourcePosition)];
  return [...new Set(positions)].flatMap((position) => placeOf(position) ?? []);
}

/** `project:///index.ts#7,18`. What lies outside the project begins with `/../`. */
function placeOf(position: string | undefined): Place | undefined {
  const match = /^project:\/\/\/(?!\.\.\/)(.+)#(\d+)(?:,(\d+))?$/.exec(position ?? "");
  if (!match?.[1] || /(^|\/)node_modules\//.test(match[1])) return undefined;
  return { file: decoded(match[1]), line: Number(match[2]), column: Number(match[3] ?? 1) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function unpack(json: unknown, path: string): { deployment: Raw; stackName?: string } {
  if (!isObject(json)) throw notAState(json, path);
  const { version } = json;
  if (
    typeof version === "number" &&
    version > newestVersion &&
    ("deployment" in json || "checkpoint" in json)
  ) {
    throw new UsageError(
      `${path} has the state version ${version}; this Preflight reads versions 1 to ${newestVersion}. Update it: npm install pulumi-preflight@latest`,
    );
  }
  // Before they had versions, checkpoints were not wrapped.
  const checkpoint = isObject(json.checkpoint) ? json.checkpoint : json;
  const stackName = typeof checkpoint.stack === "string" ? checkpoint.stack.split("/").at(-1) : undefined;
  const deployment = checkpoint === json ? (json.deployment ?? json.latest) : (checkpoint.latest ?? {});
  if (!isObject(deployment)) throw notAState(json, path);
  return { deployment, ...(stackName && { stackName }) };
}

function resourcesOf(deployment: Raw, path: string): Saved[] {
  const resources = deployment.resources ?? [];
  if (!Array.isArray(resources)) {
    throw new UsageError(`${path} is not a Pulumi state: its "resources" are not a list. ${howToExport}`);
  }
  return resources.map((resource: unknown, i) => {
    if (isObject(resource) && typeof resource.urn === "string" && typeof resource.type === "string") {
      return cleaned(resource) as unknown as Saved;
    }
    throw new UsageError(
      `${path} is not a Pulumi state: its resource ${i + 1} has no URN and type. ${howToExport}`,
    );
  });
}

/** What a broken tool wrote as null is left out. */
const cleaned = (resource: Raw): Raw =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== null));

function notAState(json: unknown, path: string): UsageError {
  return new UsageError(`${path} is not a Pulumi state: it looks like ${looksLike(json)}. ${howToExport}`);
}

function looksLike(json: unknown): string {
  if (Array.isArray(json)) return "a JSON list";
  if (!isObject(json)) return `a JSON ${json === null ? "null" : typeof json}`;
  const has = (...keys: string[]) => keys.every((key) => key in json);
  if (has("steps") || has("changeSummary")) return "the output of `pulumi preview --json`";
  if (has("tool", "results")) return "a report of Preflight";
  if (has("terraform_version")) return "a Terraform state";
  if (has("AWSTemplateFormatVersion") || has("Resources")) return "a CloudFormation template";
  if (has("deployment") || has("checkpoint")) return "a state without resources";
  const values = Object.values(json);
  if (values.length > 0 && values.every((v) => /mandatory|advisory|disabled|remediate/.test(level(v))))
    return "a policy config";
  return "another kind of JSON";
}

const level = (value: unknown): string => String(isObject(value) ? value.enforcementLevel : value);
