import type { Result } from "./rule";

/** What a violation says beneath the rule's title: what is wrong with this resource, then what to do. */
export const sentence = ({ rule, resource, part, message }: Result): string =>
  `${resource.name}${part ? `, ${part},` : ""} ${message}. ${rule.fix}`;

/** What a rule that failed says; it must not stop a deployment. */
export const faultSentence = ({ rule, resource, message }: Result): string =>
  `${rule.id} could not judge ${resource.name}: ${message}. Nothing is blocked by this; please report it.`;

/** What Pulumi is told of all that one rule concluded. */
export interface Conclusion {
  violations: readonly Result[];
  fault?: Result;
  /** Why there is nothing to tell: the rule asks nothing here, or cannot answer before the deployment. */
  notApplicable?: string;
}

export function conclusion(results: readonly Result[]): Conclusion {
  const violations = results.filter((r) => r.outcome === "violation");
  const fault = results.find((r) => r.outcome === "fault");
  const told = { violations, ...(fault && { fault }) };
  if (violations.length > 0) return told;
  const open = results.find((r) => r.outcome === "undetermined");
  if (open) return { ...told, notApplicable: `undetermined until deployed: ${open.message}` };
  if (fault) return { ...told, notApplicable: "the rule failed" };
  if (results.every((r) => r.outcome === "not applicable"))
    return { ...told, notApplicable: results[0]?.message ?? "applies to no resource" };
  return told;
}
