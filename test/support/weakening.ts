import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies";
import { judge } from "../../policies/judge";
import type { Result, Rule } from "../../policies/rule";
import { settings } from "../../policies/settings";
import { type Registration, Stack } from "../../policies/stack";
import type { Raw } from "../../policies/value";
import type { Preview } from "../../preview/preview";

const strict = JSON.parse(readFileSync(join(__dirname, "../../profiles/strict.json"), "utf8"));
const applied = settings(strict, rules);

/** What every rule says of a program, all of them mandatory. */
export const judged = (program: Preview): Result[] => judgedBy(rules, program, program.registrations);

const judgedBy = (
  by: readonly Rule[],
  { project, stack, secrets }: Preview,
  registrations: readonly Registration[],
): Result[] => judge(new Stack(registrations, { project, stack, secrets }), by, applied);

/** The rules that find something wrong, or fail themselves. */
export const broken = (results: readonly Result[]): string[] => [
  ...new Set(results.filter((r) => r.outcome === "violation" || r.outcome === "fault").map((r) => r.rule.id)),
];

/** The rules that found something as it must be. */
export const passed = (results: readonly Result[]): string[] => [
  ...new Set(results.filter((r) => r.outcome === "pass").map((r) => r.rule.id)),
];

type Path = readonly string[];

interface Change {
  /** What is changed, as `rds/instance lexia-db` or `apps/v1:Deployment api`. */
  of: string;
  /** The argument; without one, the resource itself is left out. */
  at?: Path;
  /** What it becomes; nothing: it is left out. */
  to?: unknown;
  /** A resource that the argument comes from no more. */
  cut?: string;
}

/** One thing that somebody might leave out or get wrong, be it in several places. */
export interface Weakening {
  /** The rule that must notice. */
  rule: string;
  changes: readonly Change[];
  /** Rules that cannot but notice as well. */
  also: readonly string[];
}

export const change = (of: string, at: string | Path, to?: unknown): Change => ({ of, at: path(at), to });
/** An element of a list is left out, and with it the resource that it came from. */
export const cut = (of: string, at: string | Path, from: string): Change => ({ of, at: path(at), cut: from });
export const gone = (of: string): Change => ({ of });

export const together = (rule: string, changes: readonly Change[], ...also: string[]): Weakening => ({
  rule,
  changes,
  also,
});
export const withoutResource = (rule: string, of: string | string[], ...also: string[]): Weakening =>
  together(rule, [of].flat().map(gone), ...also);
export const without = (rule: string, of: string, at: string | Path, ...also: string[]): Weakening =>
  together(rule, [change(of, at)], ...also);
export const instead = (
  rule: string,
  of: string,
  at: string | Path,
  to: unknown,
  ...also: string[]
): Weakening => together(rule, [change(of, at, to)], ...also);

const path = (at: string | Path): Path => (typeof at === "string" ? at.split(".") : at);

/** What a weakening does, for the name of its test. */
export const described = ({ changes }: Weakening): string =>
  changes.map(({ of, at }) => (at ? at.join(".") : `no ${of}`)).join(", ");

/** The rules that notice when a program is written a little worse. Those that do not see what changes cannot. */
export function noticing(program: Preview, { changes }: Weakening): string[] {
  let registrations: readonly Registration[] = program.registrations;
  const types = new Set(["pulumi:pulumi:Stack"]);
  for (const one of changes) {
    const meant = find(registrations, one.of);
    const from = one.cut === undefined ? undefined : find(registrations, one.cut).urn;
    types.add(meant.type);
    registrations = registrations.flatMap((r) => (r === meant ? weakened(r, one, from) : r));
  }
  const seeing = rules.filter((rule) => [...rule.on, ...rule.sees].some((type) => types.has(type)));
  return broken(judgedBy(seeing, program, registrations)).sort();
}

function weakened(registration: Registration, { at, to }: Change, cutFrom?: string): Registration[] {
  if (!at) return [];
  const [argument = ""] = at;
  const { [argument]: sources = [], ...others } = registration.propertyDependencies ?? {};
  // What is written in the place of a whole argument comes from no other resource.
  const propertyDependencies =
    at.length === 1 ? others : { ...others, [argument]: sources.filter((urn) => urn !== cutFrom) };
  return [{ ...registration, inputs: changed(registration.inputs, at, to), propertyDependencies }];
}

function find(registrations: readonly Registration[], called: string): Registration {
  const [type, name] = called.split(" ");
  const found = registrations.filter(
    (r) =>
      r.name === name &&
      (r.type === `kubernetes:${type}` || r.type.split(":").slice(0, 2).join(":") === type),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} resources are called ${called}.`);
  return only;
}

function changed(inputs: Raw, at: Path, to: unknown): Raw {
  const copy = structuredClone(inputs);
  const last = at[at.length - 1] ?? "";
  const holder = at.slice(0, -1).reduce((value, key) => {
    if (typeof value[key] !== "object" || value[key] === null)
      throw new Error(`There is no ${at.join(".")}.`);
    return value[key] as Raw;
  }, copy);
  if (to === undefined) {
    if (!(last in holder)) throw new Error(`There is no ${at.join(".")}.`);
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else delete holder[last];
  } else holder[last] = to;
  return copy;
}
