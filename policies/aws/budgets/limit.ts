import { z } from "zod";
import { ref } from "../../example";
import { budgets, isMonthlyCost } from "../../reading/budget";
import { notApplicable, rule } from "../../rule";
import { isSet, peek, Unknown } from "../../value";

export default rule({
  id: "aws-budgets-limit",
  title: "A monthly cost budget has a limit.",
  severity: "medium",
  why: "Percentages of nothing are never reached: without a limit the notifications stay silent.",
  fix: "Set `limitAmount` (and `limitUnit`) to what a month may cost, or `plannedLimits` or `autoAdjustData`.",
  links: [
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budget-methods.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/budgets/budget/",
  ],
  checklists: ["api-assistant", "foundational", "praviel"],

  on: [budgets],
  config: z.strictObject({}),

  check(props) {
    if (!isMonthlyCost(props)) return notApplicable("is no monthly cost budget");
    if (isSet(props, "autoAdjustData") || hasPlan(props)) return;
    if (!isSet(props, "limitAmount")) return "has no limit";
    return Number(props.limitAmount) > 0 ? undefined : "has a limit of nothing";
  },

  examples: {
    good: [
      {
        title: "Five hundred dollars a month",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "500.0", limitUnit: "USD" },
          },
        ],
      },
      {
        title: "A budget that adjusts itself, and one that is planned",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "adjusted",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              autoAdjustData: {
                autoAdjustType: "HISTORICAL",
                historicalOptions: { budgetAdjustmentPeriod: 3 },
              },
            },
          },
          {
            type: "aws:budgets/budget:Budget",
            name: "planned",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              plannedLimits: [{ startTime: "2026-01-01_00:00", amount: "500", unit: "USD" }],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No limit",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY" },
          },
        ],
      },
      {
        title: "A limit of nothing",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "0", limitUnit: "USD" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The limit comes from another stack",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: ref("elsewhere", "limit") },
          },
        ],
      },
    ],
  },
});

/** State files write an empty list for what was not given. */
function hasPlan(props: { plannedLimits?: readonly unknown[] }): boolean {
  const plan = peek(props, "plannedLimits");
  return plan instanceof Unknown || (Array.isArray(plan) && plan.length > 0);
}
