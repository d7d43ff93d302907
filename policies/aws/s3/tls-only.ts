import { z } from "zod";
import { ref } from "../../example";
import { covers } from "../../reading/arn";
import { type Bucket, buckets, configuring, policies } from "../../reading/bucket";
import { documentAt, isEveryAction, type Statement } from "../../reading/iam";
import { rule } from "../../rule";
import type { Stack } from "../../stack";
import { every, some, Unknown } from "../../value";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const insecure = { Bool: { "aws:SecureTransport": "false" } };

export default rule({
  id: "aws-s3-tls-only",
  title: "S3 buckets refuse connections without TLS.",
  severity: "medium",
  why: "S3 still answers plain HTTP: one client with an `http://` address sends objects, and signed links to them, readable over the network.",
  fix: 'Add a `BucketPolicy` that denies `s3:*` to `*` on the bucket and on `/*` where `aws:SecureTransport` is "false".',
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html#transit",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-5",
  ],
  controls: {
    fsbp: ["S3.5"],
    controlTower: ["CT.S3.PR.8"],
    config: ["S3_BUCKET_SSL_REQUESTS_ONLY"],
    checkov: ["CKV_AWS_379"],
  },
  checklists: ["api-assistant"],

  on: buckets,
  sees: policies,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const statements = [...statementsOf(resource, stack)];
    const refuses = (within: string) =>
      some(statements, (statement) =>
        every(
          [
            () => deniesPlainText(statement),
            () => some(statement.resources, (pattern) => covers(pattern, resource, within)),
          ],
          (holds) => holds(),
        ),
      );
    const open = [refuses("") ? [] : "the bucket itself", refuses("/*") ? [] : "its objects"].flat();
    if (open.length === 0) return;
    return open.length === 2
      ? "accepts connections without TLS: no policy denies them to everybody"
      : `accepts connections without TLS: its policy denies them, but not on ${open[0]}`;
  },

  examples: {
    good: [
      {
        title: "One Deny for the bucket and its objects",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: ["arn:aws:s3:::example-audio", "arn:aws:s3:::example-audio/*"],
                Condition: insecure,
              }),
            },
          },
        ],
      },
      {
        title: "Two statements as an object, inside the bucket",
        resources: [
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "audio",
            props: {
              bucket: "example-audio",
              policy: document(
                {
                  Effect: "Deny",
                  Principal: { AWS: "*" },
                  Action: ["s3:*"],
                  Resource: "arn:aws:s3:::example-audio",
                  Condition: { Bool: { "AWS:SecureTransport": [false] } },
                },
                {
                  Effect: "Deny",
                  Principal: { AWS: "*" },
                  Action: "*",
                  Resource: "arn:aws:s3:::*/*",
                  Condition: insecure,
                },
              ),
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No policy",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: {} }],
      },
      {
        title: "On the objects only",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: ref("audio"),
              policy: document({
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: "arn:aws:s3:::example-audio/*",
                Condition: insecure,
              }),
            },
          },
        ],
      },
      {
        title: "For one role only",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Deny",
                Principal: { AWS: "arn:aws:iam::123456789012:role/app" },
                Action: "s3:*",
                Resource: ["arn:aws:s3:::example-audio", "arn:aws:s3:::example-audio/*"],
                Condition: insecure,
              }),
            },
          },
        ],
      },
      {
        title: "With a further condition",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document({
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: ["arn:aws:s3:::example-audio", "arn:aws:s3:::example-audio/*"],
                Condition: { ...insecure, StringEquals: { "aws:PrincipalAccount": "123456789012" } },
              }),
            },
          },
        ],
      },
      {
        title: "Reading only, and the statement of another bucket",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { bucket: "example-audio" } },
          {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            name: "policy",
            props: {
              bucket: "example-audio",
              policy: document(
                {
                  Effect: "Deny",
                  Principal: "*",
                  Action: "s3:GetObject",
                  Resource: "arn:aws:s3:::example-audio/*",
                  Condition: insecure,
                },
                {
                  Effect: "Deny",
                  Principal: "*",
                  Action: "s3:*",
                  Resource: ["arn:aws:s3:::example-other", "arn:aws:s3:::example-other/*"],
                  Condition: insecure,
                },
              ),
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
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [ref("audio", "arn"), `${ref("audio", "arn")}/*`],
                Condition: insecure,
              }),
            },
          },
        ],
      },
    ],
  },
});

function* statementsOf(
  bucket: Bucket,
  stack: Stack<(typeof policies)[number]>,
): Iterable<Statement | Unknown> {
  for (const [, statement] of documentAt(bucket.props, "policy")) yield statement;
  for (const policy of configuring(bucket, policies, stack)) {
    if (policy instanceof Unknown) yield policy;
    else for (const [, statement] of documentAt(policy.props, "policy")) yield statement;
  }
}

/** Whether a statement denies everything to everybody who comes without TLS, and asks for nothing else. */
const deniesPlainText = (statement: Statement): boolean =>
  every(
    [
      () => statement.isDeny(),
      () => some(statement.actions, (action) => isEveryAction(action) || action.toLowerCase() === "s3:*"),
      () =>
        some(statement.principals, ({ kind, name }) => {
          if (name instanceof Unknown) throw name;
          return name === "*" && (kind === "*" || kind === "AWS");
        }),
      () => statement.conditions.length === 1,
      () =>
        some(statement.conditions, ({ operator, key, values }) => {
          if (key !== "aws:securetransport" || !/^(bool|stringequals)/.test(operator)) return false;
          return some(values, (value) => value.toLowerCase() === "false");
        }),
    ],
    (holds) => holds(),
  );
