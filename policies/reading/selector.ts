import type { meta } from "@pulumi/kubernetes/types/input";
import type { Unwrap } from "@pulumi/pulumi";
import { attempt, items, list, peek, Unknown } from "../value";

export type Selector = Unwrap<meta.v1.LabelSelector>;
type Expression = Unwrap<meta.v1.LabelSelectorRequirement>;
type Labels = Record<string, string>;

/**
 * Whether a label selector selects what has these labels, as Kubernetes matches them: an empty selector selects all.
 * An unknown label or requirement decides only where no known one already says no.
 */
export function selects(selector: Selector, labels: Labels): boolean {
  let open: Unknown | undefined;
  for (const requirement of requirements(selector)) {
    const met = requirement(labels);
    if (met === false) return false;
    if (met instanceof Unknown) open ??= met;
  }
  if (open) throw open;
  return true;
}

type Requirement = (labels: Labels) => boolean | Unknown;

function* requirements(selector: Selector): Iterable<Requirement> {
  const wanted = peek(selector, "matchLabels");
  if (wanted instanceof Unknown) yield () => wanted;
  else if (typeof wanted === "object" && wanted !== null) {
    for (const key of Object.keys(wanted)) {
      yield (labels) => {
        const value = peek(wanted, key);
        if (!has(labels, key)) return false;
        return value instanceof Unknown ? value : is(labels, key, (label) => label === value);
      };
    }
  }
  const expressions = peek(selector, "matchExpressions");
  if (expressions instanceof Unknown) yield () => expressions;
  else
    for (const expression of items(expressions)) {
      yield (labels) =>
        expression instanceof Unknown ? expression : attempt(() => expressed(expression, labels));
    }
}

function expressed(expression: Expression, labels: Labels): boolean | Unknown {
  const { key, operator } = expression ?? {};
  switch (operator) {
    case "Exists":
      return has(labels, key);
    case "DoesNotExist":
      return !has(labels, key);
    case "In":
      return has(labels, key) && is(labels, key, (label) => list(expression.values).includes(label));
    case "NotIn":
      return !has(labels, key) || is(labels, key, (label) => !list(expression.values).includes(label));
    default:
      return false;
  }
}

const has = (labels: Labels, key: string) => typeof key === "string" && Object.hasOwn(labels, key);

function is(labels: Labels, key: string, holds: (label: string) => boolean): boolean | Unknown {
  const label = peek(labels, key);
  return label instanceof Unknown ? label : holds(label);
}
