import { z } from "zod";
import { ref } from "../../example";
import { notApplicable, rule } from "../../rule";
import { isSet, items, text, Unknown } from "../../value";

const plans = "aws:backup/plan:Plan";

export default rule({
  id: "aws-backup-plan-expiry",
  title: "Old backups are deleted.",
  severity: "low",
  why: "Without an end every backup is kept, and paid for, for ever, with personal data that should be gone.",
  fix: "Set `lifecycle.deleteAfter` of each rule, to no less than backups are needed.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/plan/",
  ],
  checklists: ["api-assistant"],

  on: [plans],
  config: z.strictObject({}),

  *each({ rules }) {
    for (const [i, r] of items(rules).entries()) {
      const name = r instanceof Unknown ? undefined : text(r?.ruleName);
      yield [`rule ${name ?? i + 1}`, r];
    }
  },
  check(r) {
    if (!r) return notApplicable("says nothing");
    const lifecycle = r.lifecycle ?? {};
    const days = isSet(lifecycle, "deleteAfter") ? Number(lifecycle.deleteAfter) : 0;
    return days > 0 ? undefined : "keeps its backups for ever";
  },

  examples: {
    good: [
      {
        title: "After 35 days",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              rules: [{ ruleName: "daily", targetVaultName: "vault", lifecycle: { deleteAfter: 35 } }],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Not said",
        resources: [
          { type: plans, name: "daily", props: { rules: [{ ruleName: "daily", targetVaultName: "vault" }] } },
        ],
      },
      {
        title: "Only moved to cold storage, in one of two rules",
        resources: [
          {
            type: plans,
            name: "both",
            props: {
              rules: [
                { ruleName: "daily", targetVaultName: "vault", lifecycle: { deleteAfter: 35 } },
                { ruleName: "monthly", targetVaultName: "vault", lifecycle: { coldStorageAfter: 30 } },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  lifecycle: { deleteAfter: ref<number>("elsewhere", "days") },
                },
              ],
            },
          },
        ],
      },
    ],
  },
});
