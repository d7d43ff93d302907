import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { isSet, items, Unknown } from "../../value";

export default rule({
  id: "aws-dynamodb-point-in-time-recovery",
  title: "DynamoDB tables can be restored to any second of the last days.",
  severity: "high",
  why: "A faulty release that overwrites a table cannot be undone without point-in-time recovery.",
  fix: "Set `pointInTimeRecovery: { enabled: true }`.",
  links: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/#pointintimerecovery_nodejs",
  ],
  controls: {
    fsbp: ["DynamoDB.2"],
    controlTower: ["CT.DYNAMODB.PR.1"],
    config: ["DYNAMODB_PITR_ENABLED"],
    checkov: ["CKV_AWS_28"],
    trivy: ["AWS-0024"],
  },
  checklists: ["lexia", "foundational", "textai-studio", "praviel"],

  on: ["aws:dynamodb/table:Table"],
  config: z.strictObject({
    minimumDays: z
      .number()
      .int()
      .min(1)
      .max(35)
      .default(7)
      .describe("Days that it must be possible to go back; the provider's default is 35."),
    replicas: z
      .boolean()
      .default(false)
      .describe("Ask it of the table's replicas in other regions, too: each has a switch of its own."),
  }),

  *each(table, { config }) {
    yield ["", () => recoveryOf(table.pointInTimeRecovery, config.minimumDays)];
    if (!config.replicas) return;
    for (const [i, replica] of items(table.replicas).entries()) {
      if (replica instanceof Unknown) yield [`replica ${i + 1}`, replica];
      else yield [`replica ${i + 1}`, () => (isTrue(replica?.pointInTimeRecovery) ? undefined : off)];
    }
  },
  check(verdict) {
    return verdict();
  },
  remediate(table, { config }) {
    if (recoveryOf(table.pointInTimeRecovery, config.minimumDays))
      return { pointInTimeRecovery: { enabled: true } };
  },

  examples: {
    good: [
      {
        title: "Recovery to any second of the last 35 days",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { pointInTimeRecovery: { enabled: true } },
          },
        ],
      },
      {
        title: "A replica without a switch of its own, which is not asked for by default",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { pointInTimeRecovery: { enabled: true }, replicas: [{ regionName: "eu-central-1" }] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Nothing said: off by default",
        resources: [{ type: "aws:dynamodb/table:Table", name: "orders", props: {} }],
      },
      {
        title: "Switched off",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { pointInTimeRecovery: { enabled: false } },
          },
        ],
      },
      {
        title: "Two days back only",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 2 } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Switched by the output of another stack",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { pointInTimeRecovery: { enabled: ref<boolean>("elsewhere") } },
          },
        ],
      },
    ],
  },
});

const off = "has no point-in-time recovery";

interface Recovery {
  enabled: boolean;
  recoveryPeriodInDays?: number;
}

function recoveryOf(recovery: Recovery | undefined, minimumDays: number): string | undefined {
  if (!recovery || !isTrue(recovery.enabled)) return off;
  const days = isSet(recovery, "recoveryPeriodInDays") ? Number(recovery.recoveryPeriodInDays) : 35;
  // State files write 0 for what was not given.
  if (days === 0 || days >= minimumDays) return;
  return `can be restored to the last ${days} ${days === 1 ? "day" : "days"} only; ${minimumDays} are required`;
}
