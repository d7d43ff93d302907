import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { cluster, documents, instance } from "../../examples/database";
import { keptFor, plans, plansOf, selections } from "../../reading/backup";
import {
  backupDays,
  clusters,
  instances,
  isMember,
  isReplica,
  redshiftClusters,
} from "../../reading/database";
import { notApplicable, rule } from "../../rule";
import { list, some } from "../../value";

const plan = (deleteAfter?: number): ExampleResource => ({
  type: plans,
  name: "daily",
  props: {
    rules: [
      {
        ruleName: "daily",
        targetVaultName: "vault",
        ...(deleteAfter === undefined ? {} : { lifecycle: { deleteAfter } }),
      },
    ],
  },
});
const selection = (props: object): ExampleResource => ({
  type: selections,
  name: "databases",
  props: { planId: ref("daily"), iamRoleArn: "arn:aws:iam::123456789012:role/backup", ...props },
});

export default rule({
  id: "aws-rds-backup-retention",
  title: "Backups of databases are kept for a month.",
  severity: "medium",
  why: "Damage is often found weeks later: by then, every backup that is left may hold it, too.",
  fix: "Set `backupRetentionPeriod` to the days required, or select the database for a backup plan that keeps backups for as long.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/plan/",
  ],
  controls: {
    config: [
      "BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK",
      "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK",
    ],
  },
  checklists: ["api-assistant", "foundational", "textai-studio"],

  on: [instances, ...clusters, redshiftClusters],
  sees: [plans, selections],
  config: z.strictObject({
    minimumDays: z.number().int().min(1).default(30).describe("Days that a backup must be kept."),
  }),

  check(_, { resource, stack, config: { minimumDays } }) {
    if (isReplica(resource)) return notApplicable("can be made again from its source");
    const ways = [
      () => backupDays(resource) >= minimumDays,
      () =>
        plansOf(resource, stack).some((plan) =>
          some(list(plan.props.rules), (rule) => keptFor(rule) >= minimumDays),
        ),
    ];
    if (some(ways, (way) => way())) return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is backed up with its cluster");
    const days = backupDays(resource);
    const own = days === 0 ? "keeps no" : `keeps ${days} ${days === 1 ? "day" : "days"} of`;
    return `${own} automatic backups and is in no backup plan that keeps them; ${minimumDays} days are required`;
  },

  examples: {
    good: [
      {
        title: "A month of automatic backups",
        resources: [
          instance("db", { backupRetentionPeriod: 30 }),
          cluster("orders", { backupRetentionPeriod: 35 }),
          documents("documents", { backupRetentionPeriod: 30 }),
        ],
      },
      {
        title: "A week of its own, and a plan that takes the database in by its ARN and keeps a year",
        resources: [
          instance("db", { backupRetentionPeriod: 7 }),
          plan(365),
          selection({ resources: [ref("db", "arn")] }),
        ],
      },
      {
        title: "A plan for every cluster that keeps backups for ever",
        resources: [
          cluster("orders", { backupRetentionPeriod: 7 }),
          documents("documents", { backupRetentionPeriod: 7 }),
          plan(),
          selection({ resources: ["arn:aws:rds:*:*:cluster:*"] }),
        ],
      },
      {
        title: "A plan by tag",
        resources: [
          instance("db", { tags: { backup: "monthly" } }),
          plan(90),
          selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "monthly" }] }),
        ],
      },
      {
        title: "A read replica needs none of its own",
        resources: [instance("replica", { replicateSourceDb: "orders" })],
      },
    ],
    bad: [
      {
        title: "Nothing said",
        resources: [instance("db"), cluster("orders"), documents("documents")],
      },
      { title: "A week", resources: [instance("db", { backupRetentionPeriod: 7 })] },
      {
        title: "A plan that keeps two weeks",
        resources: [
          instance("db", { backupRetentionPeriod: 7 }),
          plan(14),
          selection({ resources: [ref("db", "arn")] }),
        ],
      },
      {
        title: "A plan for what carries another tag",
        resources: [
          instance("db", { backupRetentionPeriod: 7, tags: { backup: "no" } }),
          plan(365),
          selection({ selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "monthly" }] }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A retention that another stack decides",
        resources: [instance("db", { backupRetentionPeriod: ref<number>("elsewhere") })],
      },
      {
        title: "A plan of another stack",
        resources: [
          instance("db", { backupRetentionPeriod: 7 }),
          {
            type: selections,
            name: "databases",
            props: {
              planId: ref("elsewhere"),
              iamRoleArn: "arn:aws:iam::123456789012:role/backup",
              resources: ["*"],
            },
          },
        ],
      },
    ],
  },
});
