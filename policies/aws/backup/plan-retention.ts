import { z } from "zod";
import { ref } from "../../example";
import { gapOf, keptFor } from "../../reading/backup";
import { notApplicable, rule } from "../../rule";
import { items, some } from "../../value";

export default rule({
  id: "aws-backup-plan-retention",
  title: "A backup plan keeps its daily backups for 30 days.",
  severity: "high",
  why: "Damage is often found late. When it is older than the oldest backup, nothing can be restored.",
  fix: "Set `lifecycle.deleteAfter` of the plan's daily rule, or of a copy that it makes, to 30 or more.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
    "https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/plan/",
  ],
  controls: {
    config: [
      "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",
      "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",
    ],
  },
  checklists: ["api-assistant", "foundational", "textai-studio"],

  on: ["aws:backup/plan:Plan"],
  config: z.strictObject({
    minDays: z.int().positive().default(30).describe("How long backups are to be kept, in days."),
    maxHours: z
      .number()
      .positive()
      .default(24)
      .describe("Only rules that run at least this often count, where the plan has one."),
  }),

  check({ rules }, { config: { minDays, maxHours } }) {
    let longest = 0;
    const daily = (r: Parameters<typeof gapOf>[0]) => (gapOf(r) ?? Number.POSITIVE_INFINITY) <= maxHours;
    const keeps = (r: Parameters<typeof keptFor>[0]) => {
      longest = Math.max(longest, keptFor(r));
      return keptFor(r) >= minDays;
    };
    const all = items(rules);
    if (all.length === 0) return notApplicable("has no rule");
    if (some(all, (r) => daily(r) && keeps(r))) return;
    const isDaily = some(all, daily);
    if (!isDaily && some(all, keeps)) return;
    const what = isDaily ? "daily backups" : "backups";
    return `keeps its ${what} for ${longest} days; ${minDays} are required`;
  },

  examples: {
    good: [
      {
        title: "35 days",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  schedule: "cron(0 5 * * ? *)",
                  lifecycle: { deleteAfter: 35 },
                },
              ],
            },
          },
        ],
      },
      {
        title: "No lifecycle: kept for ever",
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
        title: "The copy is kept long enough",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  lifecycle: { deleteAfter: 7 },
                  copyActions: [
                    {
                      destinationVaultArn: "arn:aws:backup:eu-central-1:123456789012:backup-vault:far",
                      lifecycle: { deleteAfter: 90 },
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A week",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  schedule: "cron(0 5 * * ? *)",
                  lifecycle: { deleteAfter: 7 },
                },
              ],
            },
          },
        ],
      },
      {
        title: "Only the monthly backups are kept",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "both",
            props: {
              rules: [
                { ruleName: "daily", targetVaultName: "vault", lifecycle: { deleteAfter: 14 } },
                {
                  ruleName: "monthly",
                  targetVaultName: "vault",
                  schedule: "cron(0 5 1 * ? *)",
                  lifecycle: { deleteAfter: 365 },
                },
              ],
            },
          },
        ],
      },
      {
        title: "30 days are not 60",
        config: { minDays: 60 },
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [{ ruleName: "daily", targetVaultName: "vault", lifecycle: { deleteAfter: 30 } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A retention from outside the stack",
        resources: [
          {
            type: "aws:backup/plan:Plan",
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  lifecycle: { deleteAfter: ref("elsewhere", "days") },
                },
              ],
            },
          },
        ],
      },
    ],
  },
});
