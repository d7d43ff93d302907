import { z } from "zod";
import { ref } from "../../example";
import { buckets, deletesWithMfa, lifecycles, someLifecycleRule, versionings } from "../../reading/bucket";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-s3-lifecycle",
  title: "S3 buckets expire or archive what they hold.",
  severity: "medium",
  why: "Without a lifecycle a bucket only ever grows: audio, logs and backups are kept, and paid for, for ever.",
  fix: "Add a `BucketLifecycleConfiguration` with an `Enabled` rule that expires or transitions objects.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/",
  ],
  controls: {
    fsbp: ["S3.13"],
    controlTower: ["CT.S3.PR.3"],
    config: ["S3_LIFECYCLE_POLICY_CHECK"],
    checkov: ["CKV2_AWS_61"],
  },
  checklists: ["lexia", "api-assistant"],

  on: buckets,
  sees: [...lifecycles, ...versionings],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (someLifecycleRule(resource, stack, (r) => r.isEffective)) return;
    if (deletesWithMfa(resource, stack)) return notApplicable("MFA delete excludes lifecycles");
    return someLifecycleRule(resource, stack, () => true)
      ? "has lifecycle rules, but none that expires or transitions objects or their past versions"
      : "has no enabled lifecycle rule";
  },

  examples: {
    good: [
      {
        title: "Objects expire after a year",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "audio-lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
            },
          },
        ],
      },
      {
        title: "A bucket known by its literal name, past versions expired",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            name: "audio-lifecycle",
            props: {
              bucket: "example-audio",
              rules: [{ id: "trim", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }],
            },
          },
        ],
      },
      {
        title: "The name passed on through the versioning",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketVersioning:BucketVersioning",
            name: "audio-versioning",
            props: { bucket: ref("audio"), versioningConfiguration: { status: "Enabled" } },
          },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "audio-lifecycle",
            props: {
              bucket: ref("audio-versioning", "bucket"),
              rules: [
                { id: "archive", status: "Enabled", transitions: [{ days: 90, storageClass: "GLACIER" }] },
              ],
            },
          },
        ],
      },
      {
        title: "A bucket whose versions are deleted with a second factor cannot have a lifecycle",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "ledger",
            props: { versioning: { enabled: true, mfaDelete: true } },
          },
        ],
      },
      {
        title: "A rule inside the bucket",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: { lifecycleRules: [{ enabled: true, expiration: { days: 90 } }] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A bare bucket",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: {} }],
      },
      {
        title: "A disabled rule",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "audio-lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [{ id: "expire", status: "Disabled", expiration: { days: 365 } }],
            },
          },
        ],
      },
      {
        title: "Only delete markers expire, which removes no data",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "audio-lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [{ id: "markers", status: "Enabled", expiration: { expiredObjectDeleteMarker: true } }],
            },
          },
        ],
      },
      {
        title: "The lifecycle of another bucket",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucket:Bucket",
            name: "other",
            props: { lifecycleRules: [{ enabled: true, expiration: { days: 90 } }] },
          },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "other-lifecycle",
            props: {
              bucket: ref("other"),
              rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A lifecycle for a bucket whose name comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "lifecycle",
            props: {
              bucket: ref("elsewhere"),
              rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
            },
          },
        ],
      },
    ],
  },
});
