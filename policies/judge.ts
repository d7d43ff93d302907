import { errorText, type Judge, type Result, type Rule } from "./rule";
import type { Settings } from "./settings";
import type { Resource, Stack } from "./stack";

/** What every enabled rule concludes about every resource it is on, in the order of the rules. */
export function judge(stack: Stack, rules: readonly Rule[], settings: Settings): Result[] {
  return rules
    .filter((rule) => settings.level(rule) !== "disabled")
    .flatMap((rule) => verdicts(rule, rule.judge(settings.options(rule)), judged(rule, stack), stack));
}

/** What a rule concludes about the given resources. Whatever goes wrong in it is a fault of the rule, and no more. */
export function verdicts(rule: Rule, judge: Judge, resources: readonly Resource[], stack: Stack): Result[] {
  return resources.flatMap((resource) => {
    try {
      return judge(resource, stack);
    } catch (error) {
      return [{ rule, resource, outcome: "fault", message: errorText(error) }];
    }
  });
}

/** The resources of a stack that a rule judges. */
export const judged = (rule: Rule, stack: Stack): Resource[] =>
  stack.all(...rule.on).filter((resource) => !resource.read);
