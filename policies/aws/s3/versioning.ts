import { z } from "zod";
import { ref } from "../../example";
import { buckets, isVersioned, versionings } from "../../reading/bucket";
import { rule } from "../../rule";

export default rule({
  id: "aws-s3-versioning",
  title: "S3 buckets keep past versions.",
  severity: "medium",
  why: "Without versions an object that is overwritten or deleted, by a bug, a person or ransomware, is gone.",
  fix: 'Add a `BucketVersioning` with `versioningConfiguration: { status: "Enabled" }` for the bucket.',
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioning/",
  ],
  controls: {
    fsbp: ["S3.14"],
    controlTower: ["CT.S3.PR.11"],
    config: ["S3_BUCKET_VERSIONING_ENABLED"],
    checkov: ["CKV_AWS_21"],
    trivy: ["AWS-0090"],
  },
  checklists: ["api-assistant", "foundational"],

  on: buckets,
  sees: versionings,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (!isVersioned(resource, stack)) return "keeps no past versions of its objects";
  },

  examples: {
    good: [
      {
        title: "Versioning by a resource of its own",
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
        title: "Versioning inside either kind of bucket",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: { versioning: { enabled: true } } },
          { type: "aws:s3/bucketV2:BucketV2", name: "archive", props: { versionings: [{ enabled: true }] } },
        ],
      },
    ],
    bad: [
      {
        title: "A bare bucket",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "documents", props: {} }],
      },
      {
        title: "Versioning that is suspended",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "documents", props: {} },
          {
            type: "aws:s3/bucketVersioning:BucketVersioning",
            name: "versioning",
            props: { bucket: ref("documents"), versioningConfiguration: { status: "Suspended" } },
          },
        ],
      },
      {
        title: "The versioning of another bucket",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "documents", props: { bucket: "example-documents" } },
          {
            type: "aws:s3/bucketVersioning:BucketVersioning",
            name: "versioning",
            props: { bucket: "example-other", versioningConfiguration: { status: "Enabled" } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Whether it is on comes from another stack",
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
