import type { Result, Rule } from "./rule";
import type { Settings } from "./settings";
import type { Resource, Stack } from "./stack";

/** What every enabled rule concludes about every resource it is on, in the order of the rules. */
export function judge(stack: Stack, rules: readonly Rule[], settings: Settings): Result[] {
  return rules
    .filter((rule) => settings.level(rule) !== "disabled")
    .flatMap((rule) => {
      const verdict = rule.judge(settings.options(rule));
      return judged(rule, stack).flatMap((resource) => verdict(resource, stack));
    });
}

/** The resources of a stack that a rule judges. */
export const judged = (rule: Rule, stack: Stack): Resource[] =>
  stack.all(...rule.on).filter((resource) => !resource.read);
