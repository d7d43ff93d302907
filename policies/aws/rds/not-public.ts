import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

export default rule({
  id: "aws-rds-not-public",
  title: "No database has a public address.",
  severity: "critical",
  why: "A database with a public address is found and attacked within minutes; only a security group is then left between it and the world.",
  fix: "Remove `publiclyAccessible` or set it to false, and reach the database from inside its VPC.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#publiclyaccessible_nodejs",
  ],
  controls: {
    fsbp: ["RDS.2", "Redshift.1", "RedshiftServerless.3"],
    controlTower: ["CT.RDS.PR.23"],
    config: ["RDS_INSTANCE_PUBLIC_ACCESS_CHECK", "REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK"],
    checkov: ["CKV_AWS_17", "CKV_AWS_87"],
    trivy: ["AWS-0180"],
  },
  checklists: ["lexia", "praviel"],

  // Instances of DocumentDB cannot be public: they have no such argument.
  on: [
    "aws:rds/instance:Instance",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:neptune/clusterInstance:ClusterInstance",
    "aws:redshift/cluster:Cluster",
    "aws:redshiftserverless/workgroup:Workgroup",
    "aws:lightsail/database:Database",
  ],
  config: z.strictObject({}),

  check(database) {
    // The default is false everywhere, for Redshift since version 7 of the provider.
    return isTrue(database.publiclyAccessible) ? "has a public address" : undefined;
  },
  // A member of a Neptune cluster is replaced by this change, so it is left to a person.
  remediate(_, { resource }) {
    return resource.type === "aws:neptune/clusterInstance:ClusterInstance"
      ? undefined
      : { publiclyAccessible: false };
  },

  examples: {
    good: [
      {
        title: "A private instance",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", publiclyAccessible: false },
          },
        ],
      },
      {
        title: "Nothing said: private by default",
        resources: [
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.m7g.large" } },
          {
            type: "aws:rds/clusterInstance:ClusterInstance",
            name: "member",
            props: {
              clusterIdentifier: "orders",
              engine: "aurora-postgresql",
              instanceClass: "db.r7g.large",
            },
          },
          {
            type: "aws:redshift/cluster:Cluster",
            name: "warehouse",
            props: { clusterIdentifier: "warehouse", nodeType: "ra3.large" },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A public instance",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", publiclyAccessible: true },
          },
        ],
      },
      {
        title: "A public instance of an Aurora cluster",
        resources: [
          {
            type: "aws:rds/clusterInstance:ClusterInstance",
            name: "member",
            props: {
              clusterIdentifier: "orders",
              engine: "aurora-postgresql",
              instanceClass: "db.r7g.large",
              publiclyAccessible: true,
            },
          },
        ],
      },
      {
        title: "A public data warehouse",
        resources: [
          {
            type: "aws:redshift/cluster:Cluster",
            name: "warehouse",
            props: { clusterIdentifier: "warehouse", nodeType: "ra3.large", publiclyAccessible: true },
          },
          {
            type: "aws:redshiftserverless/workgroup:Workgroup",
            name: "reports",
            props: { namespaceName: "reports", workgroupName: "reports", publiclyAccessible: true },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Public or not by the output of another stack",
        resources: [
          {
            type: "aws:rds/instance:Instance",
            name: "db",
            props: { instanceClass: "db.m7g.large", publiclyAccessible: ref<boolean>("elsewhere") },
          },
        ],
      },
    ],
  },
});
