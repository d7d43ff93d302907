import type { Props } from "../resources";

export const budgets = "aws:budgets/budget:Budget";

/** The kind of budget that the checklists ask for. Others beside it are not judged. */
export const isMonthlyCost = (budget: Props<typeof budgets>): boolean =>
  budget.budgetType === "COST" && budget.timeUnit === "MONTHLY";
