import { z } from "zod";
import { ref } from "../../example";
import { budgets, isMonthlyCost } from "../../reading/budget";
import { notApplicable, rule } from "../../rule";
import { some } from "../../value";

export default rule({
  id: "aws-budgets-monthly",
  title: "A stack on AWS has a monthly cost budget.",
  severity: "medium",
  why: "A runaway loop, a forgotten cluster or a stolen key is otherwise noticed when the invoice arrives.",
  fix: 'Add a `Budget` with `budgetType: "COST"`, `timeUnit: "MONTHLY"` and notifications at 50, 80 and 100 %.',
  links: [
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/budgets/budget/",
  ],
  checklists: ["api-assistant", "foundational", "praviel"],

  on: ["pulumi:pulumi:Stack"],
  sees: [budgets],
  config: z.strictObject({}),

  check(_, { stack }) {
    if (!stack.resources.some((r) => r.type.startsWith("aws:"))) return notApplicable("has nothing on AWS");
    const all = stack.all(budgets);
    if (some(all, (budget) => isMonthlyCost(budget.props))) return;
    return all.length > 0
      ? "has budgets, but none of the type COST for each month"
      : "has resources on AWS, but no budget";
  },

  examples: {
    good: [
      {
        title: "A monthly cost budget",
        resources: [
          { type: "pulumi:pulumi:Stack", name: "production", props: {} },
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "500", limitUnit: "USD" },
          },
        ],
      },
      {
        title: "A stack with nothing on AWS",
        resources: [
          { type: "pulumi:pulumi:Stack", name: "production", props: {} },
          { type: "docker:index/network:Network", name: "backend", props: {} },
        ],
      },
    ],
    bad: [
      {
        title: "No budget",
        resources: [
          { type: "pulumi:pulumi:Stack", name: "production", props: {} },
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
        ],
      },
      {
        title: "Budgets of other kinds",
        resources: [
          { type: "pulumi:pulumi:Stack", name: "production", props: {} },
          {
            type: "aws:budgets/budget:Budget",
            name: "hours",
            props: { budgetType: "USAGE", timeUnit: "MONTHLY", limitAmount: "100", limitUnit: "Hrs" },
          },
          {
            type: "aws:budgets/budget:Budget",
            name: "year",
            props: { budgetType: "COST", timeUnit: "ANNUALLY", limitAmount: "6000", limitUnit: "USD" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The kind of budget comes from another stack",
        resources: [
          { type: "pulumi:pulumi:Stack", name: "production", props: {} },
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: ref("elsewhere", "type"), timeUnit: "MONTHLY", limitAmount: "500" },
          },
        ],
      },
    ],
  },
});
