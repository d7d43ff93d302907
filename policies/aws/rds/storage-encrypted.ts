import { z } from "zod";
import { ref } from "../../example";
import {
  clusters,
  instances,
  isMember,
  isReplica,
  isRestored,
  redshiftClusters,
} from "../../reading/database";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { isSet, Unknown } from "../../value";

export default rule({
  id: "aws-rds-storage-encrypted",
  title: "Databases are encrypted at rest.",
  severity: "high",
  why: "Encryption of a database cannot be switched on later: disks, snapshots and replicas stay readable until it is replaced.",
  fix: "Set `storageEncrypted: true` (Redshift: leave out `encrypted: false`). An existing database is replaced by that: restore an encrypted copy of its snapshot instead.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/cluster/#storageencrypted_nodejs",
  ],
  controls: {
    fsbp: ["RDS.3", "RDS.27", "DocumentDB.1", "Neptune.1", "Redshift.10"],
    controlTower: ["CT.RDS.PR.16", "CT.RDS.PR.24"],
    config: ["RDS_STORAGE_ENCRYPTED", "RDS_CLUSTER_ENCRYPTED_AT_REST", "DOCDB_CLUSTER_ENCRYPTED"],
    checkov: ["CKV_AWS_16", "CKV_AWS_96", "CKV_AWS_74", "CKV_AWS_44", "CKV_AWS_64"],
    trivy: ["AWS-0080", "AWS-0079", "AWS-0021"],
  },
  checklists: ["api-assistant"],

  on: [instances, ...clusters, redshiftClusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === redshiftClusters)
      // A text in the provider's typings; encrypted by default.
      return `${resource.props.encrypted}`.toLowerCase() === "false" ? "is not encrypted at rest" : undefined;
    if (isReplica(resource)) return notApplicable("is encrypted as its source is");
    const { storageEncrypted } = resource.props;
    if (isTrue(storageEncrypted)) return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is encrypted as its cluster is");
    if (!isSet(resource.props, "storageEncrypted")) {
      if (resource.type === "aws:rds/cluster:Cluster" && resource.props.engineMode === "serverless") return;
      if (isRestored(resource)) {
        const key = resource.type === "aws:neptune/cluster:Cluster" ? "kmsKeyArn" : "kmsKeyId";
        if (isSet(resource.props as Record<string, unknown>, key)) return;
        throw new Unknown("storageEncrypted (as what it is restored from)");
      }
    }
    return "is not encrypted at rest";
  },

  examples: {
    good: [
      {
        title: "Encrypted instance and clusters",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", storageEncrypted: true },
          },
          {
            type: "aws:rds/cluster:Cluster",
            name: "orders",
            props: { engine: "aurora-postgresql", storageEncrypted: true, kmsKeyId: ref("key", "arn") },
          },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: { storageEncrypted: true } },
          { type: "aws:neptune/cluster:Cluster", name: "graph", props: { storageEncrypted: true } },
          { type: "aws:kms/key:Key", name: "key", props: {} },
        ],
      },
      {
        title: "Aurora Serverless v1 and Redshift are encrypted by default",
        resources: [
          {
            type: "aws:rds/cluster:Cluster",
            name: "orders",
            props: { engine: "aurora-mysql", engineMode: "serverless" },
          },
          {
            type: "aws:redshift/cluster:Cluster",
            name: "warehouse",
            props: { clusterIdentifier: "warehouse", nodeType: "ra3.large" },
          },
        ],
      },
      {
        title: "A read replica is encrypted as its source is",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "replica",
            props: { instanceClass: "db.m7g.large", replicateSourceDb: "orders" },
          },
        ],
      },
      {
        title: "A snapshot that is encrypted while it is restored",
        resources: [
          {
            type: "aws:rds/cluster:Cluster",
            name: "orders",
            props: { engine: "aurora-mysql", snapshotIdentifier: "orders-2026", kmsKeyId: "alias/orders" },
          },
        ],
      },
    ],
    bad: [
      {
        title: "An instance that says nothing",
        resources: [
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.m7g.large" } },
        ],
      },
      {
        title: "Clusters without encryption",
        resources: [
          {
            type: "aws:rds/cluster:Cluster",
            name: "orders",
            props: { engine: "aurora-postgresql", storageEncrypted: false },
          },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: {} },
          { type: "aws:neptune/cluster:Cluster", name: "graph", props: {} },
        ],
      },
      {
        title: "Redshift's encryption switched off",
        resources: [
          {
            type: "aws:redshift/cluster:Cluster",
            name: "warehouse",
            props: { clusterIdentifier: "warehouse", nodeType: "ra3.large", encrypted: "false" },
          },
        ],
      },
      {
        title: "Restored from a snapshot, expressly without",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: {
              instanceClass: "db.m7g.large",
              snapshotIdentifier: "orders-2026",
              storageEncrypted: false,
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Restored from a snapshot that may be encrypted",
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
