import type { Rule, Severity } from "./rule";

/** What a broken rule does to a deployment. */
export type Level = "mandatory" | "advisory" | "disabled";

/** The levels that a policy config file may name; in front of the engine, `remediate` also mends. */
const levels = ["advisory", "mandatory", "remediate", "disabled"] as const;
type ConfiguredLevel = (typeof levels)[number];

/** The content of a policy config file, as `pulumi preview --policy-pack-config` takes it. */
export type PolicyConfig = Record<string, unknown>;

/** How each rule is to be applied. */
export interface Settings {
  level(rule: Rule): Level;
  options(rule: Rule): Record<string, unknown>;
}

/** Something in a policy config that cannot be meant: what, and what to write instead. */
export class SettingsError extends Error {}

export const defaultLevel = (severity: Severity): Level =>
  severity === "critical" || severity === "high" ? "mandatory" : "advisory";

/** A policy config, checked against the rules it speaks of. */
export function settings(config: PolicyConfig, rules: readonly Rule[]): Settings {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const given = new Map<string, { level?: ConfiguredLevel; options: Record<string, unknown> }>();
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new SettingsError(
      'A policy config is a JSON object, such as { "aws-rds-not-public": "mandatory" }.',
    );
  }
  for (const [id, value] of Object.entries(config)) {
    const rule = byId.get(id);
    if (id !== "all" && !rule) {
      throw new SettingsError(`There is no rule "${id}".${suggestion(id, [...byId.keys(), "all"])}`);
    }
    const { enforcementLevel, ...options } = asObject(id, value);
    if (enforcementLevel !== undefined && !levels.includes(enforcementLevel as ConfiguredLevel)) {
      throw new SettingsError(
        `"${id}" has the enforcement level ${JSON.stringify(enforcementLevel)}; it is one of ${levels.join(", ")}.`,
      );
    }
    if (rule) checkOptions(rule, options);
    else if (Object.keys(options).length > 0)
      throw new SettingsError('"all" takes an enforcement level and nothing else.');
    given.set(id, { level: enforcementLevel as ConfiguredLevel | undefined, options });
  }
  return {
    level(rule) {
      const level = given.get(rule.id)?.level ?? given.get("all")?.level ?? defaultLevel(rule.severity);
      return level === "remediate" ? "mandatory" : level;
    },
    options: (rule) => given.get(rule.id)?.options ?? {},
  };
}

function asObject(id: string, value: unknown): Record<string, unknown> {
  if (typeof value === "string") return { enforcementLevel: value };
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new SettingsError(
    `"${id}" takes an enforcement level or an object with options, not ${JSON.stringify(value)}.`,
  );
}

function checkOptions(rule: Rule, options: Record<string, unknown>): void {
  const known = Object.keys(rule.config.shape);
  for (const option of Object.keys(options)) {
    if (known.includes(option)) continue;
    const takes = known.length === 0 ? " It takes none." : "";
    throw new SettingsError(`"${rule.id}" has no option "${option}".${suggestion(option, known)}${takes}`);
  }
  const parsed = rule.config.safeParse(options);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  throw new SettingsError(`"${rule.id}", option "${issue?.path.join(".")}": ${issue?.message}.`);
}

/** " Did you mean …?", where one of the candidates is close enough to be meant. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = candidates
    .map((candidate) => ({ candidate, off: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.off - b.off)[0];
  return near && near.off <= Math.max(2, word.length / 3) ? ` Did you mean "${near.candidate}"?` : "";
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
