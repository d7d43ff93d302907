import { z } from "zod";
import { ref } from "../../example";
import { isSelected, selections } from "../../reading/backup";
import { tagsOf } from "../../reading/tags";
import { type NotApplicable, notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSet, list, some, text, Unknown } from "../../value";

const instances = "aws:rds/instance:Instance";
const clusters = [
  "aws:rds/cluster:Cluster",
  "aws:docdb/cluster:Cluster",
  "aws:neptune/cluster:Cluster",
] as const;
const tables = "aws:dynamodb/table:Table";
const volumes = "aws:ebs/volume:Volume";
const machines = "aws:ec2/instance:Instance";
const attachments = "aws:ec2/volumeAttachment:VolumeAttachment";
const snapshotPolicies = "aws:dlm/lifecyclePolicy:LifecyclePolicy";

export default rule({
  id: "aws-backup-data-stores-covered",
  title: "Every database, table and volume is in a backup plan.",
  severity: "medium",
  why: "A store that no plan takes in is the one that is found to be missing on the day of a restore.",
  fix: "Name the store in the `resources` of a backup `Selection`, or give it the tag that one selects.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/selection/",
  ],
  controls: {
    fsbp: ["RDS.26", "EC2.28", "DynamoDB.4"],
    checkov: ["CKV2_AWS_8", "CKV2_AWS_9"],
    config: [
      "RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN",
      "DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN",
      "EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN",
      "AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN",
    ],
  },
  checklists: ["api-assistant", "foundational", "praviel"],

  // File systems have a rule of their own, with the backup policy that they may have instead.
  on: [instances, ...clusters, tables, volumes],
  sees: [selections, machines, attachments, snapshotPolicies],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const exempt = isExempt(resource);
    if (exempt) return exempt;
    const ways = [() => isSelected(resource, stack)];
    if (resource.type === volumes)
      ways.push(
        () => isOnSelected(resource, stack),
        () => isSnapshot(resource, stack),
      );
    return some(ways, (is) => is()) ? undefined : "is in no backup plan";
  },

  examples: {
    good: [
      {
        title: "By ARN",
        resources: [
          { type: instances, name: "db", props: { instanceClass: "db.m7g.large" } },
          {
            type: selections,
            name: "all",
            props: { planId: "plan", iamRoleArn: "role", resources: [ref("db", "arn")] },
          },
        ],
      },
      {
        title: "By kind, and by a tag",
        resources: [
          { type: "aws:rds/cluster:Cluster", name: "aurora", props: { engine: "aurora-postgresql" } },
          { type: tables, name: "orders", props: { tags: { backup: "daily" } } },
          {
            type: selections,
            name: "clusters",
            props: { planId: "plan", iamRoleArn: "role", resources: ["arn:aws:rds:*:*:cluster:*"] },
          },
          {
            type: selections,
            name: "tagged",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              resources: ["*"],
              conditions: [{ stringEquals: [{ key: "aws:ResourceTag/backup", value: "daily" }] }],
            },
          },
        ],
      },
      {
        title: "A volume of a machine that is backed up, and one with snapshots",
        resources: [
          { type: machines, name: "web", props: {} },
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a" } },
          {
            type: attachments,
            name: "attach",
            props: { instanceId: ref("web"), volumeId: ref("data"), deviceName: "/dev/sdf" },
          },
          {
            type: selections,
            name: "machines",
            props: { planId: "plan", iamRoleArn: "role", resources: [ref("web", "arn")] },
          },
          {
            type: volumes,
            name: "logs",
            props: { availabilityZone: "eu-west-3a", tags: { snapshot: "yes" } },
          },
          {
            type: snapshotPolicies,
            name: "daily",
            props: {
              description: "daily",
              executionRoleArn: "role",
              policyDetails: { resourceTypes: ["VOLUME"], targetTags: { snapshot: "yes" } },
            },
          },
        ],
      },
      {
        title: "A read replica and a member of a cluster",
        resources: [
          {
            type: instances,
            name: "reader",
            props: { instanceClass: "db.m7g.large", replicateSourceDb: "db" },
          },
          {
            type: instances,
            name: "member",
            props: { instanceClass: "db.r7g.large", engine: "aurora-mysql" },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No plan at all",
        resources: [
          { type: instances, name: "db", props: { instanceClass: "db.m7g.large" } },
          { type: tables, name: "orders", props: {} },
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a" } },
        ],
      },
      {
        title: "A plan for another database",
        resources: [
          { type: instances, name: "db", props: { instanceClass: "db.m7g.large", identifier: "main" } },
          {
            type: selections,
            name: "one",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              resources: ["arn:aws:rds:eu-west-3:123456789012:db:other"],
            },
          },
        ],
      },
      {
        title: "Left out by name",
        resources: [
          { type: "aws:docdb/cluster:Cluster", name: "docs", props: { clusterIdentifier: "docs" } },
          {
            type: selections,
            name: "all",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              resources: ["*"],
              notResources: ["arn:aws:rds:*:*:cluster:docs"],
            },
          },
        ],
      },
      {
        title: "Another value of the tag",
        resources: [
          { type: tables, name: "orders", props: { tags: { backup: "no" } } },
          {
            type: selections,
            name: "tagged",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A selection from outside the stack",
        resources: [
          { type: instances, name: "db", props: { instanceClass: "db.m7g.large" } },
          {
            type: selections,
            name: "some",
            props: { planId: "plan", iamRoleArn: "role", resources: [ref("elsewhere", "arn")] },
          },
        ],
      },
    ],
  },
});

function isExempt(
  resource: Resource<typeof instances | (typeof clusters)[number] | typeof tables | typeof volumes>,
): NotApplicable | undefined {
  if (resource.type !== instances) return;
  if (isSet(resource.props, "replicateSourceDb"))
    return notApplicable("is a replica of a database that is judged");
  const engine = isSet(resource.props, "engine") ? text(resource.props.engine) : "";
  return /^(?:aurora|docdb|neptune)/i.test(engine ?? "") ? notApplicable("belongs to a cluster") : undefined;
}

/** A backup of a machine holds its volumes. */
function isOnSelected(
  volume: Resource,
  stack: Stack<typeof attachments | typeof machines | typeof selections>,
): boolean {
  return stack.somePointingAt(volume, attachments, "volumeId", (attachment) =>
    some(stack.targets(attachment, "instanceId", machines), (machine) => isSelected(machine, stack)),
  );
}

/** Snapshots that the Data Lifecycle Manager takes of volumes with one of some tags. */
function isSnapshot(volume: Resource, stack: Stack<typeof snapshotPolicies>): boolean {
  return some(stack.all(snapshotPolicies), ({ props }) => {
    if (isSet(props, "state") && props.state === "DISABLED") return false;
    const details = props.policyDetails;
    if (!list(details?.resourceTypes).includes("VOLUME") || !details?.targetTags) return false;
    const wanted = details.targetTags;
    const tags = tagsOf(volume);
    return some(Object.keys(wanted), (key) => {
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
      if (value instanceof Unknown) throw value;
      return value !== undefined && value === wanted[key];
    });
  });
}
