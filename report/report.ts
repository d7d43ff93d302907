import { z } from "zod";
import type { Result, Rule } from "../policies/rule";
import type { Level, Settings } from "../policies/settings";
import type { Stack } from "../policies/stack";

const place = z
  .strictObject({ file: z.string(), line: z.int(), column: z.int() })
  .describe("A line of the user's program.");

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(["critical", "high", "medium", "low"]),
  level: z.enum(["mandatory", "advisory"]).describe("What a violation does: block the deployment, or warn."),
  outcome: z.enum(["pass", "violation", "undetermined", "not applicable", "waived", "fault"]),
  resource: z.strictObject({ urn: z.string(), type: z.string(), name: z.string() }),
  part: z.string().optional().describe("The part of the resource that was judged, such as a container."),
  message: z.string().optional(),
  fix: z.string().optional(),
  at: place.optional().describe("Where the program made the resource."),
  via: z
    .array(place)
    .optional()
    .describe("For a component's child: where the component was made, innermost first."),
  waiver: z.strictObject({ reason: z.string(), until: z.string() }).optional(),
});

/** A report is plain data: every format renders it, and `--format json` is it. */
export const reportSchema = z
  .strictObject({
    version: z.literal(1),
    tool: z.strictObject({ name: z.literal("preflight"), version: z.string() }),
    source: z.strictObject({
      kind: z.enum(["program", "state", "events"]),
      path: z.string(),
      project: z.string(),
      stack: z.string(),
    }),
    summary: z.strictObject({
      resources: z.int(),
      rules: z.int(),
      pass: z.int(),
      violation: z.int(),
      undetermined: z.int(),
      waived: z.int(),
      fault: z.int(),
    }),
    results: z.array(finding).describe("Pass and not applicable only on demand."),
    unanswered: z
      .array(z.strictObject({ token: z.string(), count: z.int() }))
      .describe(
        "Data sources and remote components that nobody could answer for: what hangs on them is unknown.",
      ),
  })
  .describe("What Preflight found in one stack.");

export type Report = z.infer<typeof reportSchema>;
export type Finding = Report["results"][number];
export type Source = Report["source"];

export function report(
  stack: Stack,
  results: readonly Result[],
  about: {
    source: Source;
    rules: readonly Rule[];
    settings: Settings;
    version: string;
    unanswered?: Report["unanswered"];
    /** Keep what passed and what did not apply, too. */
    all?: boolean;
  },
): Report {
  const { source, rules, settings, version, unanswered = [], all = false } = about;
  const count = (outcome: Result["outcome"]) => results.filter((r) => r.outcome === outcome).length;
  return {
    version: 1,
    tool: { name: "preflight", version },
    source,
    summary: {
      resources: stack.resources.length,
      rules: rules.filter((rule) => settings.level(rule) !== "disabled").length,
      pass: count("pass"),
      violation: count("violation"),
      undetermined: count("undetermined"),
      waived: count("waived"),
      fault: count("fault"),
    },
    results: results
      .filter((r) => all || (r.outcome !== "pass" && r.outcome !== "not applicable"))
      .map((r) => found(r, settings.level(r.rule))),
    unanswered,
  };
}

function found({ rule, resource, part, outcome, message }: Result, level: Level): Finding {
  const [at, ...via] = resource.trail;
  return {
    rule: rule.id,
    severity: rule.severity,
    level: level === "mandatory" ? "mandatory" : "advisory",
    outcome,
    resource: { urn: resource.urn, type: resource.type, name: resource.name },
    ...(part !== undefined && { part }),
    ...(message !== undefined && { message }),
    ...(outcome === "violation" && { fix: rule.fix }),
    ...(at && { at }),
    ...(via.length > 0 && { via }),
  };
}
