import type { Props } from "../resources";
import type { Resource, Stack } from "../stack";
import { isSet, items, list, some, text, Unknown, unknownPath } from "../value";
import { covers, isLike } from "./arn";
import { isTrue } from "./flag";
import { longestGap } from "./schedule";
import { tagsOf } from "./tags";

export const plans = "aws:backup/plan:Plan";
export const selections = "aws:backup/selection:Selection";

type Plan = Resource<typeof plans>;
type Selection = Resource<typeof selections>;
type PlanRule = NonNullable<Props<typeof plans>["rules"]>[number];

/** The longest time, in hours, between two backups that a rule of a plan makes; nothing where AWS could not tell. */
export function gapOf(rule: PlanRule | undefined): number | undefined {
  // Point-in-time recovery: the schedule only says when a new stretch begins.
  if (isTrue(rule?.enableContinuousBackup)) return 0;
  // Without a schedule AWS Backup runs at `cron(0 5 ? * * *)`.
  return longestGap(text(rule?.schedule) || "cron(0 5 ? * * *)");
}

/** For how many days the backups of a rule are kept, be it in its own vault or as a copy. */
export function keptFor(rule: PlanRule | undefined): number {
  const copies = list(rule?.copyActions).map((copy) => days(copy?.lifecycle));
  return Math.max(days(rule?.lifecycle), ...copies);
}

/** Kept for ever without a lifecycle; providers write 0 for what was not given. */
function days(lifecycle: { deleteAfter?: number } | undefined): number {
  const after = Number(lifecycle?.deleteAfter ?? 0);
  return after > 0 ? after : Number.POSITIVE_INFINITY;
}

/** Whether a backup plan takes in a resource. Throws `Unknown` where none does for certain and one may. */
export function isSelected(resource: Resource, stack: Stack<typeof selections>): boolean {
  return some(stack.all(selections), (selection) => selects(selection, resource, stack));
}

/**
 * The plans that take in a resource. Throws `Unknown` where none does for certain and one may, be it that a selection
 * is not known yet or that its plan is kept elsewhere.
 */
export function plansOf(resource: Resource, stack: Stack<typeof selections | typeof plans>): Plan[] {
  const found = new Set<Plan>();
  let open: unknown;
  for (const selection of stack.all(selections)) {
    try {
      if (!selects(selection, resource, stack)) continue;
      const of = stack.targets(selection, "planId", plans);
      for (const plan of of) found.add(plan);
      if (of.length === 0) open ??= new Unknown(`the plan of ${selection.name}`);
    } catch (error) {
      if (unknownPath(error) === undefined) throw error;
      open ??= error;
    }
  }
  if (found.size === 0 && open) throw open;
  return [...found];
}

/** Whether one selection takes in a resource: by ARN, by a pattern of ARNs, by tags, by conditions on tags. */
function selects(selection: Selection, resource: Resource, stack: Stack<typeof selections>): boolean {
  const { props } = selection;
  const byTag = isSet(props, "selectionTags") && list(props.selectionTags).length > 0;
  const byArn = isSet(props, "resources") && list(props.resources).length > 0;
  const named = byArn && names(selection, "resources", resource, stack);
  // A resource named one by one is taken in whatever its tags; of those that a pattern stands for, tags choose.
  const isTaken = byTag
    ? named === "itself" || ((!byArn || named === "by pattern") && hasOneOf(props.selectionTags, resource))
    : !byArn || named !== false;
  if (!isTaken || !meets(props.conditions, resource)) return false;
  return names(selection, "notResources", resource, stack) === false;
}

/** Whether a list of ARNs names a resource, itself or by a pattern. */
function names(
  selection: Selection,
  input: "resources" | "notResources",
  resource: Resource,
  stack: Stack<typeof selections>,
): "itself" | "by pattern" | false {
  let open: unknown;
  try {
    if (stack.pointingAt(resource, selections, input).includes(selection)) return "itself";
  } catch (error) {
    if (unknownPath(error) === undefined) throw error;
    // Some selection has an ARN that may be this resource's: is it this one?
    if (items(selection.props[input]).some((arn) => arn instanceof Unknown)) open = error;
  }
  let byPattern = false;
  for (const arn of items(selection.props[input])) {
    const pattern = text(arn);
    if (pattern === undefined) continue;
    try {
      if (!covers(pattern, resource)) continue;
      if (!pattern.includes("*")) return "itself";
      byPattern = true;
    } catch (error) {
      if (unknownPath(error) === undefined) throw error;
      open ??= error;
    }
  }
  if (byPattern) return "by pattern";
  if (open) throw open;
  return false;
}

interface Pair {
  key?: string;
  value?: string;
}

const hasOneOf = (wanted: readonly Pair[] | undefined, resource: Resource): boolean =>
  some(items(wanted), (tag) => isEqual(resource, tag, (is, value) => is === value));

/** Every condition must hold. One that excludes holds for a resource without the tag. */
function meets(conditions: Props<typeof selections>["conditions"], resource: Resource): boolean {
  return list(conditions).every(
    (condition) =>
      list(condition?.stringEquals).every((c) => isEqual(resource, c, (is, value) => is === value)) &&
      list(condition?.stringLikes).every((c) => isEqual(resource, c, isLike)) &&
      list(condition?.stringNotEquals).every((c) => !isEqual(resource, c, (is, value) => is === value)) &&
      list(condition?.stringNotLikes).every((c) => !isEqual(resource, c, isLike)),
  );
}

function isEqual(
  resource: Resource,
  pair: Pair | undefined,
  fits: (is: string, value: string) => boolean,
): boolean {
  const { key, value } = pair ?? {};
  const tags = tagsOf(resource);
  const name = (text(key) ?? "").replace(/^aws:ResourceTag\//, "");
  const is = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (is instanceof Unknown) throw is;
  return is !== undefined && fits(is, text(value) ?? "");
}
