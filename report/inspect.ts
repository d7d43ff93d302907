import { rules as ours } from "../policies";
import { judge } from "../policies/judge";
import { manifest } from "../policies/manifest";
import type { Rule } from "../policies/rule";
import { type PolicyConfig, settings } from "../policies/settings";
import type { Stack } from "../policies/stack";
import { type Report, report, type Source } from "./report";

/** How the resources of a stack are to be judged, wherever they come from. */
export interface InspectOptions {
  /** The rules to judge by: those of Preflight, unless given. Add your own with `[...rules, mine]`. */
  rules?: readonly Rule[];
  /** The content of a policy config file: levels and options of rules. */
  policyConfig?: PolicyConfig;
  /** Keep what passed and what did not apply in the report, too. */
  all?: boolean;
}

export type Inspect = (stack: Stack, source: Source, unanswered?: Report["unanswered"]) => Report;

/** Judges stacks and reports on them. What the options say wrong is thrown at once. */
export function inspector({ rules = ours, policyConfig = {}, all = false }: InspectOptions): Inspect {
  const applied = settings(policyConfig, rules);
  return (stack, source, unanswered = []) => {
    const results = judge(stack, rules, applied);
    return report(stack, results, {
      source,
      rules,
      settings: applied,
      version: manifest.version,
      unanswered,
      all,
    });
  };
}
