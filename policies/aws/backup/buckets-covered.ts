import { z } from "zod";
import { ref } from "../../example";
import { isSelected, selections } from "../../reading/backup";
import { buckets, holdsLogs, logSources, replications } from "../../reading/bucket";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { list, some } from "../../value";

export default rule({
  id: "aws-backup-buckets-covered",
  title: "Every bucket is in a backup plan or copied to another bucket.",
  severity: "low",
  why: "Versions help against a mistake in an object, not against whoever empties the bucket or its account.",
  fix: "Name the bucket in the `resources` of a backup `Selection`, give it the tag that one selects, or replicate it.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/selection/",
  ],
  controls: { config: ["S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN"] },
  checklists: ["api-assistant", "foundational"],

  on: buckets,
  sees: [selections, ...replications, ...logSources],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    // What `pulumi destroy` may empty is not meant to be kept.
    if (isTrue(props.forceDestroy)) return notApplicable("is made to be emptied (`forceDestroy`)");
    const ways = [
      () => isSelected(resource, stack),
      () =>
        some(stack.pointingAt(resource, replications, "bucket"), (replication) =>
          some(list(replication.props.rules), (r) => r?.status === "Enabled"),
        ),
      () => holdsLogs(resource, stack),
      () => stack.pointingAt(resource, replications, "rules.destination.bucket").length > 0,
    ];
    return some(ways, (is) => is()) ? undefined : "is in no backup plan and is not replicated";
  },

  examples: {
    good: [
      {
        title: "By ARN, and by name before the ARN is known",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          { type: "aws:s3/bucketV2:BucketV2", name: "reports", props: { bucket: "example-reports" } },
          {
            type: selections,
            name: "buckets",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              resources: [ref("audio", "arn"), "arn:aws:s3:::example-reports"],
            },
          },
        ],
      },
      {
        title: "Replicated, and the bucket that holds the replica",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          { type: "aws:s3/bucket:Bucket", name: "replica", props: {} },
          {
            type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            name: "copy",
            props: {
              bucket: ref("audio"),
              role: "arn:aws:iam::123456789012:role/replication",
              rules: [{ status: "Enabled", destination: { bucket: ref("replica", "arn") } }],
            },
          },
        ],
      },
      {
        title: "A bucket of logs, and one made to be emptied",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { forceDestroy: true } },
          { type: "aws:s3/bucket:Bucket", name: "logs", props: {} },
          {
            type: "aws:s3/bucketLogging:BucketLogging",
            name: "access",
            props: { bucket: ref("audio"), targetBucket: ref("logs"), targetPrefix: "audio/" },
          },
        ],
      },
    ],
    bad: [
      { title: "Neither", resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: {} }] },
      {
        title: "A plan for tables, a replication that is disabled",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: { bucket: "example-audio" } },
          {
            type: selections,
            name: "tables",
            props: { planId: "plan", iamRoleArn: "role", resources: ["arn:aws:dynamodb:*:*:table/*"] },
          },
          {
            type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            name: "copy",
            props: {
              bucket: "example-audio",
              role: "arn:aws:iam::123456789012:role/replication",
              rules: [{ status: "Disabled", destination: { bucket: "arn:aws:s3:::elsewhere" } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A selection from outside the stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
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
