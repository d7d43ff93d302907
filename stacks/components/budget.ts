import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

export interface BudgetArgs {
  /** What a month may cost, in US dollars. */
  limit: number;
  emails: string[];
  /** When to tell, in percent of the limit (default 50, 80 and 100), and at a forecast of 100. */
  thresholds?: number[];
  /** The tag of what belongs to this system, to tell of unusual spending; it must be activated for cost allocation. */
  costTag?: { key: string; value: string };
  tags?: Tags;
}

/** Tells people what the month costs before the bill does. */
export class Budget extends pulumi.ComponentResource {
  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Budget", name, {}, opts);
    const parent = { parent: this };
    const { emails, tags } = args;
    const notice = (notificationType: string, threshold: number) => ({
      comparisonOperator: "GREATER_THAN",
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: emails,
    });
    new aws.budgets.Budget(
      name,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.limit),
        limitUnit: "USD",
        notifications: [
          ...(args.thresholds ?? [50, 80, 100]).map((threshold) => notice("ACTUAL", threshold)),
          notice("FORECASTED", 100),
        ],
        tags,
      },
      parent,
    );
    if (args.costTag) this.anomalies(name, args.costTag, args);
    this.registerOutputs();
  }

  private anomalies(name: string, { key, value }: { key: string; value: string }, args: BudgetArgs): void {
    const parent = { parent: this };
    const { tags } = args;
    const monitor = new aws.costexplorer.AnomalyMonitor(
      name,
      {
        monitorType: "CUSTOM",
        // AWS gives it back with every part of an expression: without them each `up` would see a change.
        monitorSpecification: JSON.stringify({
          And: null,
          CostCategories: null,
          Dimensions: null,
          Not: null,
          Or: null,
          Tags: { Key: key, MatchOptions: null, Values: [value] },
        }),
        tags,
      },
      parent,
    );
    new aws.costexplorer.AnomalySubscription(
      name,
      {
        frequency: "DAILY",
        monitorArnLists: [monitor.arn],
        subscribers: args.emails.map((address) => ({ type: "EMAIL", address })),
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            values: [String(Math.ceil(args.limit / 20))],
          },
        },
        tags,
      },
      parent,
    );
  }
}
