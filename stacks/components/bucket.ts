import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { once } from "./once";
import { serviceRole } from "./role";
import type { Tags } from "./tags";

export interface BucketArgs {
  /** The bucket's name (default: the component's, the stack's and the account's number, so that it is known before it exists). */
  bucketName?: string;
  /** A customer key; without it S3's own key encrypts, which is all that log deliveries can use. */
  keyArn?: pulumi.Input<string>;
  /** The bucket that keeps the log of who read and wrote; the component that made it lets S3 deliver there. */
  accessLogs?: Bucket;
  /** Services of AWS that deliver logs, by the prefix they write under. */
  deliveries?: Record<string, string>;
  /** A bucket in another region that gets a copy of every object; both need a key of the customer. */
  copyTo?: Bucket;
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
  private readonly keyArn?: pulumi.Input<string>;
  private readonly versioning: aws.s3.BucketVersioning;

  constructor(name: string, args: BucketArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Bucket", name, {}, opts);
    const parent = { parent: this };
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const bucketName = args.bucketName ?? pulumi.interpolate`${stem(name)}-${account}`;
    this.keyArn = args.keyArn;
    const made = new aws.s3.Bucket(
      name,
      { bucket: bucketName, forceDestroy: args.forceDestroy ?? false, tags: args.tags },
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
    this.versioning = new aws.s3.BucketVersioning(
      name,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      parent,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { ...of, rules: [{ ...tidy, ...args.lifecycle }] },
      { parent: this, dependsOn: this.versioning },
    );
    if (args.accessLogs)
      new aws.s3.BucketLogging(
        name,
        { ...of, targetBucket: args.accessLogs.name, targetPrefix: `s3/${name}/` },
        parent,
      );

    if (args.copyTo) this.copy(name, made, args.copyTo, args.tags);

    const arn = pulumi.interpolate`arn:aws:s3:::${bucketName}`;
    const policy: aws.types.input.s3.PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, pulumi.interpolate`${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...Object.entries(args.deliveries ?? {}).map(([prefix, service]) => ({
          Effect: "Allow" as const,
          Principal: { Service: service },
          Action: "s3:PutObject",
          Resource: pulumi.interpolate`${arn}/${prefix}/*`,
          ...(service === "logging.s3.amazonaws.com" && {
            Condition: { StringEquals: { "aws:SourceAccount": account } },
          }),
        })),
      ],
    };
    this.arn = made.arn;
    const access = new aws.s3.BucketPolicy(name, { ...of, policy }, parent);
    // Who delivers checks at its creation that it may: it waits for the policy.
    this.name = once(made.bucket, access);
    this.registerOutputs({ name: this.name });
  }

  private copy(name: string, from: aws.s3.Bucket, to: Bucket, tags?: Tags): void {
    const parent = { parent: this };
    if (!this.keyArn || !to.keyArn)
      throw new pulumi.RunError(`${name}: copyTo needs a keyArn here and in the bucket that gets the copy.`);
    const role = serviceRole(
      `${name}-copy`,
      {
        service: "s3.amazonaws.com",
        may: [
          {
            Effect: "Allow",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: [from.arn],
          },
          {
            Effect: "Allow",
            Action: [
              "s3:GetObjectVersionForReplication",
              "s3:GetObjectVersionAcl",
              "s3:GetObjectVersionTagging",
            ],
            Resource: [pulumi.interpolate`${from.arn}/*`],
          },
          {
            Effect: "Allow",
            Action: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
            Resource: [pulumi.interpolate`${to.arn}/*`],
          },
          // Of the keys, which others use too, no more than what S3 does on its behalf.
          { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [this.keyArn], Condition: viaS3 },
          {
            Effect: "Allow",
            Action: ["kms:Encrypt", "kms:GenerateDataKey"],
            Resource: [to.keyArn],
            Condition: viaS3,
          },
        ],
        tags,
      },
      parent,
    );
    new aws.s3.BucketReplicationConfig(
      name,
      {
        bucket: from.id,
        role,
        rules: [
          {
            id: "everything",
            status: "Enabled",
            filter: {},
            deleteMarkerReplication: { status: "Enabled" },
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
            destination: { bucket: to.arn, encryptionConfiguration: { replicaKmsKeyId: to.keyArn } },
          },
        ],
      },
      // Both sides must keep versions before anything is copied.
      { parent: this, dependsOn: [this.versioning, to.versioning] },
    );
  }
}

const viaS3 = { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } };

/** How names of buckets begin that end with the account's twelve digits; S3 wants lower case and knows no dots here. */
function stem(name: string): string {
  const fit = `${name}-${pulumi.getStack()}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  if (fit.length <= 63 - "-123456789012".length) return fit;
  throw new pulumi.RunError(
    `${name}: the name of a bucket has at most 63 characters, too few for ${fit} and the account's number. Give it a \`bucketName\`.`,
  );
}

/** Overwritten and deleted versions go after a month, unfinished uploads after a week. */
const tidy = {
  id: "tidy",
  status: "Enabled",
  filter: {},
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
};
