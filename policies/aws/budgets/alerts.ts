import { z } from "zod";
import { ref } from "../../example";
import { budgets, isMonthlyCost } from "../../reading/budget";
import { rule } from "../../rule";
import { isSet, items, list, some } from "../../value";

export default rule({
  id: "aws-budgets-alerts",
  title: "A monthly cost budget notifies somebody at 50, 80 and 100 %.",
  severity: "medium",
  why: "A budget without notifications is a line in a console: nobody hears of the money until it is spent.",
  fix: 'Add a notification per threshold: `comparisonOperator: "GREATER_THAN"`, `thresholdType: "PERCENTAGE"`, and `subscriberEmailAddresses` or `subscriberSnsTopicArns`.',
  links: [
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/budgets/budget/",
  ],
  checklists: ["api-assistant", "foundational", "praviel"],

  on: [budgets],
  config: z.strictObject({
    thresholds: z
      .array(z.number().positive())
      .default([50, 80, 100])
      .describe("Percentages of the budget at which somebody is to hear of it."),
    types: z
      .array(z.enum(["ACTUAL", "FORECASTED"]))
      .default(["ACTUAL", "FORECASTED"])
      .describe("What a notification may go by: what was spent, or what is forecast."),
  }),

  *each(props, { config }) {
    if (isMonthlyCost(props))
      for (const threshold of config.thresholds) yield [`at ${threshold} %`, threshold];
  },
  check(threshold, { resource, config }) {
    const types: readonly string[] = config.types;
    const isNotified = some(
      items(resource.props.notifications),
      (n) =>
        Number(n?.threshold) === threshold &&
        n.thresholdType === "PERCENTAGE" &&
        n.comparisonOperator !== "LESS_THAN" &&
        types.includes(n.notificationType) &&
        (hasAny(n, "subscriberEmailAddresses") || hasAny(n, "subscriberSnsTopicArns")),
    );
    if (!isNotified) return "notifies nobody";
  },

  examples: {
    good: [
      {
        title: "Three thresholds, by e-mail and by topic",
        resources: [
          { type: "aws:sns/topic:Topic", name: "costs", props: {} },
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              limitAmount: "500",
              limitUnit: "USD",
              notifications: [
                { ...over(50, "ACTUAL"), subscriberEmailAddresses: ["costs@example.com"] },
                { ...over(80, "ACTUAL"), subscriberEmailAddresses: ["costs@example.com"] },
                { ...over(100, "FORECASTED"), subscriberSnsTopicArns: [ref("costs", "arn")] },
              ],
            },
          },
        ],
      },
      {
        title: "A budget of another kind",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "hours",
            props: { budgetType: "USAGE", timeUnit: "MONTHLY", limitAmount: "100", limitUnit: "Hrs" },
          },
        ],
      },
      {
        title: "The thresholds that the configuration asks for",
        config: { thresholds: [90], types: ["ACTUAL"] },
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              limitAmount: "500",
              notifications: [{ ...over(90, "ACTUAL"), subscriberEmailAddresses: ["costs@example.com"] }],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No notifications",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: { budgetType: "COST", timeUnit: "MONTHLY", limitAmount: "500", limitUnit: "USD" },
          },
        ],
      },
      {
        title: "One threshold is missing, one has no subscriber",
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              limitAmount: "500",
              notifications: [
                { ...over(80, "ACTUAL"), subscriberEmailAddresses: [] },
                { ...over(100, "ACTUAL"), subscriberEmailAddresses: ["costs@example.com"] },
              ],
            },
          },
        ],
      },
      {
        title: "Eighty dollars are not eighty per cent, and below is not above",
        config: { thresholds: [80, 100] },
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              limitAmount: "500",
              notifications: [
                {
                  ...over(80, "ACTUAL"),
                  thresholdType: "ABSOLUTE_VALUE",
                  subscriberEmailAddresses: ["costs@example.com"],
                },
                {
                  ...over(100, "ACTUAL"),
                  comparisonOperator: "LESS_THAN",
                  subscriberEmailAddresses: ["costs@example.com"],
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The subscribers come from another stack",
        config: { thresholds: [100] },
        resources: [
          {
            type: "aws:budgets/budget:Budget",
            name: "monthly",
            props: {
              budgetType: "COST",
              timeUnit: "MONTHLY",
              limitAmount: "500",
              notifications: [
                { ...over(100, "ACTUAL"), subscriberEmailAddresses: ref("elsewhere", "people") as never },
              ],
            },
          },
        ],
      },
    ],
  },
});

function over(threshold: number, notificationType: "ACTUAL" | "FORECASTED") {
  return { threshold, notificationType, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" };
}

/** Who exactly is subscribed need not be known. */
const hasAny = <T extends object>(of: T, key: keyof T & string): boolean =>
  isSet(of, key) && list(of[key] as readonly unknown[]).length > 0;
