import { z } from "zod";
import { ref } from "../../example";
import { parseArn } from "../../reading/arn";
import {
  type Bucket,
  blocks,
  buckets,
  configuring,
  holdsLogs,
  logSources,
  replications,
} from "../../reading/bucket";
import { notApplicable, rule } from "../../rule";
import type { Stack } from "../../stack";
import { peek, some, Unknown } from "../../value";

export default rule({
  id: "aws-s3-replication",
  title: "S3 buckets are replicated to another bucket.",
  severity: "low",
  why: "A bucket lives in one region and one account: when either is lost, so is all that it held.",
  fix: "Add a `BucketReplicationConfig` with an `Enabled` rule to a bucket in another region or account.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketreplicationconfig/",
  ],
  controls: {
    fsbp: ["S3.7"],
    config: ["S3_BUCKET_REPLICATION_ENABLED"],
    checkov: ["CKV_AWS_144"],
  },
  checklists: ["api-assistant"],

  on: buckets,
  sees: [...replications, ...logSources],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const written = [...rulesOf(resource, stack)];
    if (some(written, isEnabled)) return;
    if (isDestination(resource, stack)) return notApplicable("is what another bucket is replicated to");
    if (holdsLogs(resource, stack)) return notApplicable("holds logs");
    return written.length === 0 ? "is not replicated" : "has a replication without an enabled rule";
  },

  examples: {
    good: [
      {
        title: "A bucket, and what it is replicated to",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          { type: "aws:s3/bucketV2:BucketV2", name: "replica", props: {} },
          {
            type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            name: "replication",
            props: {
              bucket: ref("documents"),
              role: "arn:aws:iam::123456789012:role/replication",
              rules: [{ status: "Enabled", destination: { bucket: ref("replica", "arn") } }],
            },
          },
        ],
      },
      {
        title: "Replication inside either kind of bucket, to a bucket by its literal ARN",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "documents",
            props: {
              replicationConfiguration: {
                role: "arn:aws:iam::123456789012:role/replication",
                rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::example-replica" } }],
              },
            },
          },
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "archive",
            props: {
              replicationConfigurations: [
                {
                  role: "arn:aws:iam::123456789012:role/replication",
                  rules: [{ status: "Enabled", destinations: [{ bucket: "arn:aws:s3:::example-replica" }] }],
                },
              ],
            },
          },
          { type: "aws:s3/bucket:Bucket", name: "replica", props: { bucket: "example-replica" } },
        ],
      },
      {
        title: "A bucket of logs",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "logs", props: { acl: "log-delivery-write" } }],
      },
    ],
    bad: [
      {
        title: "A bare bucket",
        resources: [{ type: "aws:s3/bucketV2:BucketV2", name: "documents", props: {} }],
      },
      {
        title: "A rule that is disabled",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          {
            type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            name: "replication",
            props: {
              bucket: ref("documents"),
              role: "arn:aws:iam::123456789012:role/replication",
              rules: [{ status: "Disabled", destination: { bucket: "arn:aws:s3:::example-replica" } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The status comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          {
            type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
            name: "replication",
            props: {
              bucket: ref("documents"),
              role: "arn:aws:iam::123456789012:role/replication",
              rules: [
                {
                  status: ref("elsewhere", "status"),
                  destination: { bucket: "arn:aws:s3:::example-replica" },
                },
              ],
            },
          },
        ],
      },
    ],
  },
});

interface Destination {
  bucket?: string;
}
interface Replication {
  status?: string;
  destination?: Destination;
  destinations?: readonly Destination[];
}
type Replications = Stack<(typeof replications)[number] | (typeof buckets)[number]>;

const isEnabled = (replication: Replication): boolean => replication.status === "Enabled";

function* rulesOf(bucket: Bucket, stack: Replications): Iterable<Replication | Unknown> {
  yield* rulesWithin(bucket);
  for (const own of configuring(bucket, replications, stack))
    yield* blocks<Replication>(own instanceof Unknown ? own : own.props, "rules");
}

function* rulesWithin(bucket: Bucket): Iterable<Replication | Unknown> {
  for (const own of blocks<object>(bucket.props, "replicationConfiguration", "replicationConfigurations"))
    yield* blocks<Replication>(own, "rules");
}

function isDestination(bucket: Bucket, stack: Replications): boolean {
  const within = "replicationConfiguration.rules.destination.bucket";
  const plural = "replicationConfigurations.rules.destinations.bucket";
  const name = peek(bucket.props, "bucket");
  return some(
    [
      // Before a deployment no ARN is known to join by, but a literal one tells the name.
      () => typeof name === "string" && literalDestinations(stack).has(name),
      () => stack.pointingAt(bucket, replications, "rules.destination.bucket").length > 0,
      () => stack.pointingAt(bucket, buckets, [within, plural]).length > 0,
    ],
    (holds) => holds(),
  );
}

const known = new WeakMap<Replications, ReadonlySet<string>>();

/** The names of the buckets that a replication anywhere in the stack names by a known ARN. */
function literalDestinations(stack: Replications): ReadonlySet<string> {
  const before = known.get(stack);
  if (before) return before;
  const rules = [
    ...stack.all(...buckets).flatMap((bucket) => [...rulesWithin(bucket)]),
    ...stack.all(...replications).flatMap((own) => [...blocks<Replication>(own.props, "rules")]),
  ];
  const found = rules
    .flatMap((rule) => [...blocks<Destination>(rule, "destination", "destinations")])
    .flatMap((to) => (to instanceof Unknown ? [] : (parseArn(peek(to, "bucket"))?.resource ?? [])));
  const names = new Set(found);
  known.set(stack, names);
  return names;
}
