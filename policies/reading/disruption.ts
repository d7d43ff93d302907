import type { Props } from "../resources";
import { selections } from "./selection";

export const budgets = [
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:policy/v1:PodDisruptionBudgetList",
] as const;

export type BudgetSpec = NonNullable<Props<"kubernetes:policy/v1:PodDisruptionBudget">["spec"]>;

/** The disruption budgets that select a pod. One without a selector selects none. */
export const budgetsOn = selections<BudgetSpec, (typeof budgets)[number]>(budgets, (spec) => spec.selector);
