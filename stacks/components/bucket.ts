import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

export interface BucketArgs {
  /** A customer key; without it S3's own key encrypts, which is all that log deliveries can use. */
  keyArn?: pulumi.Input<string>;
  /** The bucket that keeps the log of who read and wrote; the component that made it lets S3 deliver there. */
  accessLogs?: Bucket;
  /** Services of AWS that deliver logs, by the prefix they write under. */
  deliveries?: Record<string, string>;
  /** What becomes of objects; in any case overwritten and deleted versions go after 30 days, unfinished uploads after 7. */
  lifecycle?: Pick<aws.types.input.s3.BucketLifecycleConfigurationRule, "expiration" | "transitions">;
  /** Deletes what is inside on `pulumi destroy` (default false: a bucket with objects stays). */
  forceDestroy?: boolean;
  tags?: Tags;
}

/** A private bucket: TLS only, encrypted, versioned, and cleaned up. */
export class Bucket extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** The bucket's name, once services may deliver to it. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: BucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Bucket", name, {}, opts);
    const parent = { parent: this };
    const made = new aws.s3.Bucket(
      name,
      { forceDestroy: args.forceDestroy ?? false, tags: args.tags },
      parent,
    );
    const of = { bucket: made.id };
    new aws.s3.BucketPublicAccessBlock(
      name,
      {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      parent,
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
      parent,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        ...of,
        rules: [
          args.keyArn
            ? {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.keyArn },
                bucketKeyEnabled: true,
              }
            : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ],
      },
      parent,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      parent,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { ...of, rules: [{ ...tidy, ...args.lifecycle }] },
      { parent: this, dependsOn: versioning },
    );
    if (args.accessLogs)
      new aws.s3.BucketLogging(
        name,
        { ...of, targetBucket: args.accessLogs.name, targetPrefix: `s3/${name}/` },
        parent,
      );

    const objects = pulumi.interpolate`${made.arn}/*`;
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const policy: aws.types.input.s3.PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [made.arn, objects],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...Object.entries(args.deliveries ?? {}).map(([prefix, service]) => ({
          Effect: "Allow" as const,
          Principal: { Service: service },
          Action: "s3:PutObject",
          Resource: pulumi.interpolate`${made.arn}/${prefix}/*`,
          ...(service === "logging.s3.amazonaws.com" && {
            Condition: { StringEquals: { "aws:SourceAccount": account } },
          }),
        })),
      ],
    };
    this.arn = made.arn;
    // Who delivers checks at its creation that it may: it waits for the policy.
    this.name = new aws.s3.BucketPolicy(name, { ...of, policy }, parent).bucket;
    this.registerOutputs({ name: this.name });
  }
}

/** Overwritten and deleted versions go after a month, unfinished uploads after a week. */
const tidy = {
  id: "tidy",
  status: "Enabled",
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
