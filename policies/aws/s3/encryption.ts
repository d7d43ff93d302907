import { z } from "zod";
import { ref } from "../../example";
import { type Bucket, blocks, buckets, configuring } from "../../reading/bucket";
import { rule } from "../../rule";
import type { Stack } from "../../stack";
import { peek, some, text, Unknown } from "../../value";

const encryptions = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
const algorithms = ["AES256", "aws:kms", "aws:kms:dsse"];

export default rule({
  id: "aws-s3-encryption",
  title: "S3 buckets encrypt what they hold.",
  severity: "medium",
  why: "Audio and documents hold personal data. S3 encrypts with a key of its own by default; only a key in KMS says, and logs, who may decrypt.",
  fix: "Set `sseAlgorithm` to `aws:kms` (or `AES256`) in a `BucketServerSideEncryptionConfiguration`.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",
  ],
  controls: {
    fsbp: ["S3.17"],
    controlTower: ["CT.S3.PR.10"],
    config: ["S3_DEFAULT_ENCRYPTION_KMS"],
    checkov: ["CKV_AWS_19", "CKV_AWS_145"],
    trivy: ["AWS-0132"],
  },
  checklists: ["api-assistant", "textai-studio"],

  on: buckets,
  sees: encryptions,
  // S3 encrypts every object with AES256 since January 2023: nothing written is nothing wrong.
  config: z.strictObject({
    requireKms: z.boolean().default(false).describe("Ask for a key in KMS, be it of AWS or one's own."),
  }),

  check(_, { resource, stack, config }) {
    const written = [...algorithmsOf(resource, stack)];
    if (config.requireKms) {
      if (!some(written, (algorithm) => algorithm.startsWith("aws:kms"))) return "is not encrypted with KMS";
    } else if (some(written, (algorithm) => !algorithms.includes(algorithm))) {
      return "has a default encryption that S3 does not know";
    }
  },

  examples: {
    good: [
      {
        title: "Nothing written: S3 encrypts by default",
        resources: [{ type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} }],
      },
      {
        title: "KMS, in two layers",
        config: { requireKms: true },
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            name: "encryption",
            props: {
              bucket: ref("audio"),
              rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms:dsse" } }],
            },
          },
        ],
      },
      {
        title: "KMS, inside either kind of bucket",
        config: { requireKms: true },
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: {
              serverSideEncryptionConfiguration: {
                rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
              },
            },
          },
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "video",
            props: {
              serverSideEncryptionConfigurations: [
                { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "aws:kms" }] }] },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Nothing written where KMS is asked for",
        config: { requireKms: true },
        resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: {} }],
      },
      {
        title: "AES256 where KMS is asked for",
        config: { requireKms: true },
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} },
          {
            type: "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
            name: "encryption",
            props: {
              bucket: ref("audio"),
              rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
            },
          },
        ],
      },
      {
        title: "An algorithm that there is not",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            name: "encryption",
            props: {
              bucket: ref("audio"),
              rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "none" } }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The algorithm comes from another stack",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
            name: "encryption",
            props: {
              bucket: ref("audio"),
              rules: [
                { applyServerSideEncryptionByDefault: { sseAlgorithm: ref("elsewhere", "algorithm") } },
              ],
            },
          },
        ],
      },
    ],
  },
});

interface Default {
  sseAlgorithm?: string;
}

/** `Bucket` has a rule and its default in the singular, `BucketV2` lists of both. */
interface Encryption {
  rule?: EncryptionRule;
  rules?: readonly EncryptionRule[];
}

interface EncryptionRule {
  applyServerSideEncryptionByDefault?: Default;
  applyServerSideEncryptionByDefaults?: readonly Default[];
}

/** The default encryptions that are written for a bucket. */
function* algorithmsOf(
  bucket: Bucket,
  stack: Stack<(typeof encryptions)[number]>,
): Iterable<string | Unknown> {
  const own = configuring(bucket, encryptions, stack).map((e) => (e instanceof Unknown ? e : e.props));
  const within = blocks<Encryption>(
    bucket.props,
    "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations",
  );
  for (const encryption of [...own, ...within] as (Encryption | Unknown)[]) {
    for (const rule of blocks<EncryptionRule>(encryption, "rule", "rules")) {
      for (const standard of blocks<Default>(
        rule,
        "applyServerSideEncryptionByDefault",
        "applyServerSideEncryptionByDefaults",
      )) {
        const algorithm = standard instanceof Unknown ? standard : peek(standard, "sseAlgorithm");
        if (algorithm instanceof Unknown) yield algorithm;
        else if (text(algorithm)) yield algorithm as string;
      }
    }
  }
}
