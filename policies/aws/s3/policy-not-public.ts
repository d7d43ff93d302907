import { z } from "zod";
import { ref } from "../../example";
import { buckets, configuring, policies } from "../../reading/bucket";
import { documentAt, isPublic } from "../../reading/iam";
import { rule } from "../../rule";
import { Unknown } from "../../value";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

export default rule({
  id: "aws-s3-policy-not-public",
  title: "No policy opens an S3 bucket to the public.",
  severity: "critical",
  why: "A policy that allows `*` without saying who shows the bucket to the whole internet; crawlers find it within hours.",
  fix: "Name the principals, or tie the request to a network, account or organization by a condition; serve public files through CloudFront.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpolicy/",
  ],
  controls: { fsbp: ["S3.2", "S3.3"], checkov: ["CKV_AWS_70"] },
  checklists: ["lexia"],

  on: [...buckets, ...policies],
  // A deployed bucket repeats the policy that is a resource of its own.
  sees: policies,
  config: z.strictObject({}),

  *each(_, { resource, stack }) {
    const isRepeated =
      resource.type !== "aws:s3/bucketPolicy:BucketPolicy" &&
      configuring(resource, policies, stack).some((policy) => !(policy instanceof Unknown));
    if (!isRepeated) yield* documentAt(resource.props, "policy");
  },
  check(statement) {
    if (isPublic(statement)) return "lets in everybody: no principal or condition says who";
  },

  examples: {
    good: [
      {
        title: "One role, and one distribution",
        resources: [
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document(
                {
                  Effect: "Allow",
                  Principal: { AWS: "arn:aws:iam::123456789012:role/app" },
                  Action: "s3:GetObject",
                  Resource: "arn:aws:s3:::example-audio/*",
                },
                {
                  Effect: "Allow",
                  Principal: { Service: "cloudfront.amazonaws.com" },
                  Action: "s3:GetObject",
                  Resource: "arn:aws:s3:::example-audio/*",
                  Condition: {
                    StringEquals: {
                      "AWS:SourceArn": "arn:aws:cloudfront::123456789012:distribution/EXAMPLE",
                    },
                  },
                },
              ),
            },
          },
        ],
      },
      {
        title: "Everybody is denied what is not encrypted, and a network is let in",
        resources: [
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "audio",
            props: {
              bucket: "example-audio",
              policy: document(
                {
                  Effect: "Deny",
                  Principal: "*",
                  Action: "s3:*",
                  Resource: ["arn:aws:s3:::example-audio", "arn:aws:s3:::example-audio/*"],
                  Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
                {
                  Effect: "Allow",
                  Principal: "*",
                  Action: "s3:GetObject",
                  Resource: "arn:aws:s3:::example-audio/*",
                  Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
                },
              ),
            },
          },
        ],
      },
      {
        title: "A bucket without a policy",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: {} }],
      },
    ],
    bad: [
      {
        title: "Everybody may read",
        resources: [
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Sid: "Public",
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::example-audio/*",
              }),
            },
          },
        ],
      },
      {
        title: "Inside the bucket, in a list of principals",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Allow",
                Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] },
                Action: "s3:ListBucket",
                Resource: "arn:aws:s3:::example-audio",
              }),
            },
          },
        ],
      },
      {
        title: "Everybody who comes over TLS, and from any address",
        resources: [
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::example-audio/*",
                Condition: {
                  Bool: { "aws:SecureTransport": "true" },
                  IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"] },
                },
              }),
            },
          },
        ],
      },
      {
        title: "All but one",
        resources: [
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Allow",
                NotPrincipal: { AWS: "arn:aws:iam::123456789012:user/example" },
                Action: "s3:GetObject",
                Resource: "arn:aws:s3:::example-audio/*",
              }),
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The policy is written around the bucket's ARN",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: ref("audio"),
              policy: document({
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: `${ref("audio", "arn")}/*`,
              }),
            },
          },
        ],
      },
    ],
  },
});
