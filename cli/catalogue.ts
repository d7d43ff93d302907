import { z } from "zod";
import { type Controls, frameworks, type Rule } from "../policies/rule";
import { defaultLevel, suggestion } from "../policies/settings";
import { UsageError } from "../preview/errors";
import { painter, plural, table, toneOf, wrap } from "../report/layout";

/** The rules of a severity, a service and a checklist. */
export function choose(
  rules: readonly Rule[],
  { severity, service, checklist }: { severity?: string; service?: string; checklist?: string },
): Rule[] {
  const ofService = service === undefined ? rules : rules.filter((rule) => isAbout(rule, service));
  if (service !== undefined && ofService.length === 0) {
    const known = rules.flatMap(({ id }) => id.split("-").slice(0, 2));
    throw new UsageError(`No rule is about "${service}".${suggestion(service, [...new Set(known)])}`);
  }
  return ofService.filter(
    (rule) =>
      (severity === undefined || rule.severity === severity) &&
      (checklist === undefined || rule.checklists.some((system) => system === checklist)),
  );
}

/** `aws`, `s3` and `aws-s3` all name the service of `aws-s3-lifecycle`. */
export function isAbout({ id }: Rule, service: string): boolean {
  const withoutProvider = id.slice(id.indexOf("-") + 1);
  return id.startsWith(`${service}-`) || withoutProvider.startsWith(`${service}-`);
}

/** One rule as data. */
export const describe = (rule: Rule) => ({
  id: rule.id,
  title: rule.title,
  severity: rule.severity,
  level: defaultLevel(rule.severity),
  why: rule.why,
  fix: rule.fix,
  on: rule.on as readonly string[],
  sees: rule.sees as readonly string[],
  options: z.toJSONSchema(rule.config, { io: "input" }).properties ?? {},
  controls: rule.controls ?? {},
  checklists: rule.checklists,
  links: rule.links ?? [],
});

export function textTable(rules: readonly Rule[], colors: boolean, width: number): string {
  if (rules.length === 0) return "No rule is all of that. Ask for less, or for something else.\n";
  const paint = painter(colors);
  const [head = "", ...lines] = table(
    ["rule", "severity", "what must hold"],
    rules.map((rule) => [rule.id, rule.severity, ""]),
  );
  const indent = " ".repeat(head.length - "what must hold".length);
  const colored = lines.map((line, i) => {
    const { severity = "low", title = "" } = rules[i] ?? {};
    const before = line.padEnd(indent.length);
    const row = wrap(title, width, indent, before);
    return row.replace(`  ${severity} `, `  ${paint(toneOf(severity), severity)} `);
  });
  const more = "`preflight explain <rule>` says why, and shows what breaks it and what keeps it.";
  return `${[paint("bold", head), ...colored].join("\n")}\n\n${plural(rules.length, "rule")}. ${more}\n`;
}

/** The table of rules, with links to their pages as seen from `folder`. */
export function markdownTable(rules: readonly Rule[], folder = "docs/rules"): string {
  const rows = rules.map((rule) =>
    [
      `[${rule.id}](${folder}/${rule.id}.md)`,
      rule.severity,
      cell(rule.title),
      rule.checklists.join(", "),
    ].join(" | "),
  );
  return [
    "| Rule | Severity | What must hold | Checklists |",
    "| --- | --- | --- | --- |",
    ...rows.map((r) => `| ${r} |`),
    "",
  ].join("\n");
}

export const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export interface OptionInfo {
  name: string;
  type: string;
  default: string;
  description: string;
}

/** The options of a rule, for people. */
export function optionsOf({ config }: Rule): OptionInfo[] {
  const { properties = {} } = z.toJSONSchema(config, { io: "input" });
  return Object.entries(properties).map(([name, property]) => {
    const schema = typeof property === "object" ? property : {};
    return {
      name,
      type: typeName(schema),
      default: JSON.stringify(schema.default),
      description: schema.description ?? "",
    };
  });
}

type Schema = z.core.JSONSchema.JSONSchema;

function typeName(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.type === "array" && typeof schema.items === "object" && !Array.isArray(schema.items))
    return `list of ${typeName(schema.items)}`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object")
    return `${typeName(schema.additionalProperties)} by name`;
  const range = [
    ...(schema.minimum === undefined ? [] : [`from ${schema.minimum}`]),
    ...(schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER
      ? []
      : [`up to ${schema.maximum}`]),
  ];
  return [schema.type ?? "any", ...range].join(" ");
}

/** The ids under which other catalogues know a rule, by the catalogue's name. */
export const controlsOf = (controls: Controls = {}): [framework: string, ids: readonly string[]][] =>
  (Object.keys(frameworks) as (keyof typeof frameworks)[]).flatMap((key) => {
    const ids = controls[key];
    return ids?.length ? [[frameworks[key], ids]] : [];
  });
