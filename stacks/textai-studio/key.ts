import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tags } from "./settings";

/** The key for disks, logs, alerts and backups, with a policy that lets in the services that use it. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("textai-studio:index:EncryptionKey", name, {}, opts);
    const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
    const region = aws.getRegionOutput({}, { parent: this }).region;
    const services = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "backup.amazonaws.com"];
    const use = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"];
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
            sid: "Services",
            actions: use,
            resources: ["*"],
            principals: [{ type: "Service", identifiers: services }],
            conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
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
        ],
      },
      { parent: this },
    );
    const key = new aws.kms.Key(
      name,
      { description: "TextAI Studio", enableKeyRotation: true, policy: policy.json, tags },
      { parent: this },
    );
    new aws.kms.Alias(name, { name: "alias/textai-studio", targetKeyId: key.keyId }, { parent: this });
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
