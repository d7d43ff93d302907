import { z } from "zod";
import { ref } from "../../example";
import {
  backupDays,
  clusters,
  instances,
  isMember,
  isReplica,
  redshiftClusters,
} from "../../reading/database";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-rds-automatic-backups",
  title: "Databases are backed up every day.",
  severity: "critical",
  why: "Without automatic backups a dropped table or a lost disk is final: there is no point in time to go back to.",
  fix: "Set `backupRetentionPeriod` (Redshift: `automatedSnapshotRetentionPeriod`) to at least the days required.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#backupretentionperiod_nodejs",
  ],
  controls: {
    fsbp: ["RDS.11", "DocumentDB.2", "Neptune.5", "Redshift.3"],
    controlTower: ["CT.RDS.PR.8", "CT.DOCUMENTDB.PR.2"],
    config: ["DB_INSTANCE_BACKUP_ENABLED", "DOCDB_CLUSTER_BACKUP_RETENTION_CHECK"],
    checkov: ["CKV_AWS_133", "CKV_AWS_360", "CKV_AWS_361", "CKV_AWS_343"],
    trivy: ["AWS-0077"],
  },
  checklists: ["lexia", "foundational", "textai-studio", "praviel"],

  on: [instances, ...clusters, redshiftClusters],
  config: z.strictObject({
    minimumDays: z.number().int().min(1).max(35).default(7).describe("Days that backups must be kept."),
  }),

  check(_, { resource, config }) {
    if (isReplica(resource)) return notApplicable("can be made again from its source");
    const days = backupDays(resource);
    if (days >= config.minimumDays) return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is backed up with its cluster");
    if (days === 0) return `has no automatic backups; ${config.minimumDays} days are required`;
    return `keeps automatic backups for ${days} ${days === 1 ? "day" : "days"}; ${config.minimumDays} are required`;
  },
  remediate(_, { resource, config }) {
    return resource.type === redshiftClusters
      ? { automatedSnapshotRetentionPeriod: config.minimumDays }
      : { backupRetentionPeriod: config.minimumDays };
  },

  examples: {
    good: [
      {
        title: "An instance and clusters with a week of backups",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", backupRetentionPeriod: 7 },
          },
          {
            type: "aws:rds/cluster:Cluster",
            name: "orders",
            props: { engine: "aurora-postgresql", backupRetentionPeriod: 35 },
          },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: { backupRetentionPeriod: 14 } },
          { type: "aws:neptune/cluster:Cluster", name: "graph", props: { backupRetentionPeriod: 7 } },
        ],
      },
      {
        title: "A read replica needs none of its own",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "replica",
            props: { instanceClass: "db.m7g.large", replicateSourceDb: ref("db", "identifier") },
          },
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", backupRetentionPeriod: 7 },
          },
        ],
      },
      {
        title: "An instance of an Aurora cluster is backed up with its cluster",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "member",
            props: { instanceClass: "db.r7g.large", engine: "aurora-postgresql" },
          },
        ],
      },
      {
        title: "Fewer days, where that is enough",
        config: { minimumDays: 1 },
        resources: [{ type: "aws:docdb/cluster:Cluster", name: "documents", props: {} }],
      },
    ],
    bad: [
      {
        title: "An instance that says nothing keeps no backups",
        resources: [
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.m7g.large" } },
        ],
      },
      {
        title: "Clusters that say nothing keep one day",
        resources: [
          { type: "aws:rds/cluster:Cluster", name: "orders", props: { engine: "aurora-postgresql" } },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: {} },
        ],
      },
      {
        title: "Backups switched off, or kept for too short",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", backupRetentionPeriod: 0 },
          },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: { backupRetentionPeriod: 3 } },
          {
            type: "aws:redshift/cluster:Cluster",
            name: "warehouse",
            props: {
              clusterIdentifier: "warehouse",
              nodeType: "ra3.large",
              automatedSnapshotRetentionPeriod: 0,
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A retention that another stack decides",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", backupRetentionPeriod: ref<number>("elsewhere") },
          },
        ],
      },
      {
        title: "Restored from a snapshot, with the retention of that",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", snapshotIdentifier: "orders-2026" },
          },
        ],
      },
    ],
  },
});
