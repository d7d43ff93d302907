import { z } from "zod";
import { ref } from "../../example";
import { buckets, configuring } from "../../reading/bucket";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { some } from "../../value";

const blocks = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] as const;
const accountBlocks = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export default rule({
  id: "aws-s3-public-access-block",
  title: "S3 buckets block public access.",
  severity: "high",
  why: "One careless policy or ACL, today or in a year, is enough to show the bucket to the world; a block outvotes them all.",
  fix: "Add a `BucketPublicAccessBlock` with all four flags `true` for the bucket, or an `AccountPublicAccessBlock`.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpublicaccessblock/",
  ],
  controls: {
    fsbp: ["S3.1", "S3.8"],
    controlTower: ["CT.S3.PR.1"],
    config: ["S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED"],
    checkov: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6"],
    trivy: ["AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093", "AWS-0094"],
  },
  checklists: ["lexia"],

  on: buckets,
  sees: [...blocks, accountBlocks],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const own = configuring(resource, blocks, stack);
    const ofAccount = stack.all(accountBlocks);
    // S3 applies whatever is stricter, flag by flag: the bucket's or the account's. Each is false by default.
    const missing = flags.filter(
      (flag) =>
        !some(ofAccount, ({ props }) => isTrue(props[flag])) &&
        !some(own, ({ props }) => isTrue(props[flag])),
    );
    if (missing.length === 0) return;
    return own.length === 0 && ofAccount.length === 0
      ? "has no public access block"
      : `has a public access block that leaves out ${missing.join(", ")}`;
  },

  examples: {
    good: [
      {
        title: "A block with all four flags",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "block",
            props: {
              bucket: ref("audio"),
              blockPublicAcls: true,
              blockPublicPolicy: true,
              ignorePublicAcls: true,
              restrictPublicBuckets: true,
            },
          },
        ],
      },
      {
        title: "The account's block",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} },
          {
            type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            name: "account",
            props: {
              blockPublicAcls: true,
              blockPublicPolicy: true,
              ignorePublicAcls: true,
              restrictPublicBuckets: true,
            },
          },
        ],
      },
      {
        title: "Half by the account, half by the bucket's own block, found by its literal name",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "block",
            props: { bucket: "example-audio", blockPublicPolicy: true, restrictPublicBuckets: true },
          },
          {
            type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            name: "account",
            props: { blockPublicAcls: true, ignorePublicAcls: true },
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
        title: "Two of the four flags",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "block",
            props: {
              bucket: ref("audio"),
              blockPublicAcls: true,
              blockPublicPolicy: true,
              ignorePublicAcls: false,
            },
          },
        ],
      },
      {
        title: "The block of another bucket",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "block",
            props: {
              bucket: "example-other",
              blockPublicAcls: true,
              blockPublicPolicy: true,
              ignorePublicAcls: true,
              restrictPublicBuckets: true,
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A flag comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name: "block",
            props: {
              bucket: ref("audio"),
              blockPublicAcls: ref<boolean>("elsewhere", "blocks"),
              blockPublicPolicy: true,
              ignorePublicAcls: true,
              restrictPublicBuckets: true,
            },
          },
        ],
      },
    ],
  },
});
