import { z } from "zod";
import { ref } from "../../example";
import { buckets, deletesWithMfa, lifecycles, someLifecycleRule, versionings } from "../../reading/bucket";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-s3-lifecycle-abort-uploads",
  title: "S3 buckets abort incomplete multipart uploads.",
  severity: "medium",
  why: "The parts of an upload that broke off are in no listing, yet they are stored and paid for until somebody aborts it.",
  fix: "Add an `Enabled` lifecycle rule without a filter that has `abortIncompleteMultipartUpload: { daysAfterInitiation: 7 }`.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/",
  ],
  controls: { checkov: ["CKV_AWS_300"] },
  checklists: ["lexia", "api-assistant"],

  on: buckets,
  sees: [...lifecycles, ...versionings],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (someLifecycleRule(resource, stack, (r) => r.abortsUploads && r.isUnfiltered)) return;
    if (deletesWithMfa(resource, stack)) return notApplicable("MFA delete excludes lifecycles");
    return someLifecycleRule(resource, stack, (r) => r.abortsUploads)
      ? "aborts incomplete multipart uploads for a part of its objects only"
      : "has no enabled lifecycle rule that aborts incomplete multipart uploads";
  },

  examples: {
    good: [
      {
        title: "Uploads are aborted after a week",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [
                { id: "expire", status: "Enabled", filter: { prefix: "tmp/" }, expiration: { days: 1 } },
                {
                  id: "uploads",
                  status: "Enabled",
                  filter: { prefix: "" },
                  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
              ],
            },
          },
        ],
      },
      {
        title: "A rule inside the bucket",
        resources: [
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "audio",
            props: { lifecycleRules: [{ enabled: true, abortIncompleteMultipartUploadDays: 7 }] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A bare bucket",
        resources: [{ type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} }],
      },
      {
        title: "Only under one prefix",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            name: "lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [
                {
                  id: "uploads",
                  status: "Enabled",
                  filter: { prefix: "incoming/" },
                  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
              ],
            },
          },
        ],
      },
      {
        title: "A disabled rule inside the bucket",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: { lifecycleRules: [{ enabled: false, abortIncompleteMultipartUploadDays: 7 }] },
          },
        ],
      },
      {
        title: "A lifecycle that only expires",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: { lifecycleRules: [{ enabled: true, expiration: { days: 30 } }] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The prefix comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            name: "lifecycle",
            props: {
              bucket: ref("audio"),
              rules: [
                {
                  id: "uploads",
                  status: "Enabled",
                  filter: { prefix: ref("elsewhere", "prefix") },
                  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
              ],
            },
          },
        ],
      },
    ],
  },
});
