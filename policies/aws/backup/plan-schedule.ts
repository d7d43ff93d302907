import { z } from "zod";
import { ref } from "../../example";
import { gapOf } from "../../reading/backup";
import { rule } from "../../rule";
import { items, some } from "../../value";

export default rule({
  id: "aws-backup-plan-schedule",
  title: "A backup plan runs at least once a day.",
  severity: "high",
  why: "What was written since the last backup is lost with the data: a weekly plan loses a week.",
  fix: "Give one rule of the plan a daily `schedule`, such as `cron(0 5 ? * * *)`, or leave the schedule out, which means just that.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html",
    "https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/plan/",
  ],
  controls: { config: ["BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK"] },
  checklists: ["api-assistant", "foundational", "textai-studio"],

  on: ["aws:backup/plan:Plan"],
  config: z.strictObject({
    maxHours: z.number().positive().default(24).describe("The longest time between two backups, in hours."),
  }),

  check({ rules }, { config: { maxHours } }) {
    let shortest: number | undefined;
    const isOften = some(items(rules), (r) => {
      const gap = gapOf(r);
      if (gap !== undefined) shortest = Math.min(gap, shortest ?? gap);
      return gap !== undefined && gap <= maxHours;
    });
    if (isOften) return;
    if (shortest === undefined) return "has no rule with a schedule that AWS can read";
    if (shortest === Number.POSITIVE_INFINITY) return "has no rule whose schedule ever runs again";
    return `leaves up to ${Math.round(shortest)} hours between two backups; ${maxHours} are allowed`;
  },

  examples: {
    good: [
      {
        title: "Every day at five",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [{ ruleName: "daily", targetVaultName: "vault", schedule: "cron(0 5 * * ? *)" }],
            },
          },
        ],
      },
      {
        title: "No schedule: AWS Backup then runs every day at five",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: { rules: [{ ruleName: "daily", targetVaultName: "vault" }] },
          },
        ],
      },
      {
        title: "A rate, in a plan that has a monthly rule, too",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "both",
            props: {
              rules: [
                { ruleName: "monthly", targetVaultName: "vault", schedule: "cron(0 5 1 * ? *)" },
                { ruleName: "often", targetVaultName: "vault", schedule: "rate(12 hours)" },
              ],
            },
          },
        ],
      },
      {
        title: "Continuous backups",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "continuous",
            props: {
              rules: [
                {
                  ruleName: "continuous",
                  targetVaultName: "vault",
                  schedule: "cron(0 5 ? * SUN *)",
                  enableContinuousBackup: true,
                },
              ],
            },
          },
        ],
      },
      {
        title: "A week is enough here",
        config: { maxHours: 168 },
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "weekly",
            props: {
              rules: [{ ruleName: "weekly", targetVaultName: "vault", schedule: "cron(0 5 ? * SUN *)" }],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Not on weekends",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "weekdays",
            props: {
              rules: [
                { ruleName: "weekdays", targetVaultName: "vault", schedule: "cron(0 5 ? * MON-FRI *)" },
              ],
            },
          },
        ],
      },
      {
        title: "A rate of a week",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "weekly",
            props: { rules: [{ ruleName: "weekly", targetVaultName: "vault", schedule: "rate(7 days)" }] },
          },
        ],
      },
      {
        title: "A year that is over",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "past",
            props: {
              rules: [{ ruleName: "past", targetVaultName: "vault", schedule: "cron(0 5 * * ? 2020)" }],
            },
          },
        ],
      },
      {
        title: "The five fields of Unix's cron",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "unix",
            props: { rules: [{ ruleName: "unix", targetVaultName: "vault", schedule: "cron(0 5 * * *)" }] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A schedule from outside the stack, beside a weekly one",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "plan",
            props: {
              rules: [
                { ruleName: "weekly", targetVaultName: "vault", schedule: "rate(7 days)" },
                { ruleName: "other", targetVaultName: "vault", schedule: ref("elsewhere", "schedule") },
              ],
            },
          },
        ],
      },
    ],
  },
});
