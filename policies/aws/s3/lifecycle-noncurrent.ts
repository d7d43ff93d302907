import { z } from "zod";
import { ref } from "../../example";
import {
  buckets,
  deletesWithMfa,
  isVersioned,
  lifecycles,
  someLifecycleRule,
  versionings,
} from "../../reading/bucket";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-s3-lifecycle-noncurrent",
  title: "Versioned S3 buckets expire past versions.",
  severity: "medium",
  why: "In a versioned bucket nothing is ever really deleted: overwritten and deleted objects stay, are paid for, and keep personal data that was to be erased.",
  fix: "Add `noncurrentVersionExpiration` with `noncurrentDays` to an `Enabled` rule of the bucket's lifecycle.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
  ],
  controls: { fsbp: ["S3.10"], controlTower: ["CT.S3.PR.6"], config: ["S3_VERSION_LIFECYCLE_POLICY_CHECK"] },
  checklists: ["lexia", "api-assistant"],

  on: buckets,
  sees: [...lifecycles, ...versionings],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    // A suspended bucket makes no new versions: what it still holds is for its owner to decide on.
    if (!isVersioned(resource, stack)) return notApplicable("keeps no past versions");
    if (someLifecycleRule(resource, stack, (r) => r.expiresNoncurrent)) return;
    if (deletesWithMfa(resource, stack)) return notApplicable("MFA delete excludes lifecycles");
    return "is versioned, but no enabled lifecycle rule expires past versions";
  },

  examples: {
    good: [
      {
        title: "Past versions expire after a month",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          {
            type: "aws:s3/bucketVersioning:BucketVersioning",
            name: "versioning",
            props: { bucket: ref("documents"), versioningConfiguration: { status: "Enabled" } },
          },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "lifecycle",
            props: {
              bucket: ref("documents"),
              rules: [{ id: "trim", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }],
            },
          },
        ],
      },
      {
        title: "Everything inside the bucket",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "documents",
            props: {
              versioning: { enabled: true },
              lifecycleRules: [{ enabled: true, noncurrentVersionExpiration: { days: 30 } }],
            },
          },
        ],
      },
      {
        title: "A bucket that keeps no versions",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "scratch", props: {} }],
      },
      {
        title: "A bucket whose versioning is suspended",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "documents", props: {} },
          {
            type: "aws:s3/bucketVersioningV2:BucketVersioningV2",
            name: "versioning",
            props: { bucket: ref("documents", "bucket"), versioningConfiguration: { status: "Suspended" } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Versioned, and no lifecycle",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "documents", props: {} },
          {
            type: "aws:s3/bucketVersioningV2:BucketVersioningV2",
            name: "versioning",
            props: { bucket: ref("documents"), versioningConfiguration: { status: "Enabled" } },
          },
        ],
      },
      {
        title: "Current objects expire, their past versions stay",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: { versioning: { enabled: true } } },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "lifecycle",
            props: {
              bucket: ref("documents"),
              rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
            },
          },
        ],
      },
      {
        title: "Past versions are moved, but never removed",
        resources: [
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "documents",
            props: {
              versionings: [{ enabled: true }],
              lifecycleRules: [
                {
                  enabled: true,
                  noncurrentVersionTransitions: [{ days: 30, storageClass: "GLACIER" }],
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Whether the bucket is versioned comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          {
            type: "aws:s3/bucketVersioning:BucketVersioning",
            name: "versioning",
            props: {
              bucket: ref("documents"),
              versioningConfiguration: { status: ref("elsewhere", "versioning") },
            },
          },
        ],
      },
    ],
  },
});
