import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { isSet, peek, text } from "../../value";

export default rule({
  id: "aws-dynamodb-customer-key",
  title: "DynamoDB tables are encrypted with a key of your own.",
  severity: "low",
  why: "DynamoDB always encrypts, by default with a key of AWS: who may use that cannot be restricted, and it cannot be revoked.",
  fix: "Set `serverSideEncryption: { enabled: true, kmsKeyArn }` to the ARN of a KMS key of your own.",
  links: [
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/#serversideencryption_nodejs",
  ],
  controls: {
    config: ["DYNAMODB_TABLE_ENCRYPTED_KMS"],
    checkov: ["CKV_AWS_119"],
    trivy: ["AWS-0025"],
  },
  checklists: ["api-assistant"],

  on: ["aws:dynamodb/table:Table"],
  config: z.strictObject({}),

  check({ serverSideEncryption: encryption }, { resource }) {
    if (!encryption || !isTrue(encryption.enabled)) return "is encrypted with a key that AWS owns";
    // In a state the key that AWS manages stands there, too.
    if (resource.isComputed("serverSideEncryption.kmsKeyArn"))
      return "is encrypted with the key that AWS manages";
    const key = isSet(encryption, "kmsKeyArn") && (text(peek(encryption, "kmsKeyArn")) ?? "a key to come");
    if (!key || key.endsWith("alias/aws/dynamodb")) return "is encrypted with the key that AWS manages";
  },

  examples: {
    good: [
      {
        title: "A key of one's own",
        resources: [
          { type: "aws:kms/key:Key", name: "key", props: { enableKeyRotation: true } },
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { serverSideEncryption: { enabled: true, kmsKeyArn: ref("key", "arn") } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Nothing said: a key that AWS owns",
        resources: [{ type: "aws:dynamodb/table:Table", name: "orders", props: {} }],
      },
      {
        title: "The key that AWS manages",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { serverSideEncryption: { enabled: true } },
          },
          {
            type: "aws:dynamodb/table:Table",
            name: "carts",
            props: {
              serverSideEncryption: {
                enabled: true,
                kmsKeyArn: "arn:aws:kms:eu-west-3:123456789012:alias/aws/dynamodb",
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Switched by the output of another stack",
        resources: [
          {
            type: "aws:dynamodb/table:Table",
            name: "orders",
            props: { serverSideEncryption: { enabled: ref<boolean>("elsewhere"), kmsKeyArn: "a-key" } },
          },
        ],
      },
    ],
  },
});
