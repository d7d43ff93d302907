import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

export interface EncryptionKeyArgs {
  description: string;
  /** Services that publish to encrypted topics (default: CloudWatch, Budgets, Backup and the events of RDS). */
  services?: string[];
  /** Whether it encrypts the disks of auto scaling groups, which start instances with a role of their own (default false). */
  disks?: boolean;
  /** The key's name after `alias/` (default: the component's name and the stack's). */
  alias?: string;
  /** How long a deleted key can be called back, in days (default 30). */
  deletionWindowInDays?: number;
  tags?: Tags;
}

const publishers = [
  "cloudwatch.amazonaws.com",
  "budgets.amazonaws.com",
  "backup.amazonaws.com",
  "events.rds.amazonaws.com",
];
const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/** One customer key for disks, data, logs and alerts; its policy lets in the services that use it. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:EncryptionKey", name, {}, opts);
    const parent = { parent: this };
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const region = aws.getRegionOutput({}, parent).region;
    const policy = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            sid: "Account",
            actions: ["kms:*"],
            resources: ["*"],
            principals: [{ type: "AWS", identifiers: [pulumi.interpolate`arn:aws:iam::${account}:root`] }],
          },
          {
            // Not every service says for whom it publishes; the topics' policies do the rest.
            sid: "Publishers",
            actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
            resources: ["*"],
            principals: [{ type: "Service", identifiers: args.services ?? publishers }],
          },
          {
            sid: "Logs",
            actions: use,
            resources: ["*"],
            principals: [
              { type: "Service", identifiers: [pulumi.interpolate`logs.${region}.amazonaws.com`] },
            ],
            conditions: [
              {
                test: "ArnLike",
                variable: "kms:EncryptionContext:aws:logs:arn",
                values: [pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:*`],
              },
            ],
          },
          ...(args.disks ? [disks(account, region)] : []),
        ],
      },
      parent,
    );
    const key = new aws.kms.Key(
      name,
      {
        description: args.description,
        enableKeyRotation: true,
        deletionWindowInDays: args.deletionWindowInDays ?? 30,
        policy: policy.json,
        tags: args.tags,
      },
      parent,
    );
    const alias = `alias/${args.alias ?? `${name}-${pulumi.getStack()}`}`;
    new aws.kms.Alias(name, { name: alias, targetKeyId: key.keyId }, parent);
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** Whoever may start instances in this account may use the key for their disks, as with AWS's own key for disks. */
const disks = (account: pulumi.Output<string>, region: pulumi.Output<string>) => ({
  sid: "Disks",
  actions: [...use, "kms:CreateGrant"],
  resources: ["*"],
  principals: [{ type: "AWS", identifiers: ["*"] }],
  conditions: [
    { test: "StringEquals", variable: "kms:CallerAccount", values: [account] },
    {
      test: "StringEquals",
      variable: "kms:ViaService",
      values: [pulumi.interpolate`ec2.${region}.amazonaws.com`],
    },
  ],
});
