import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Bucket, EncryptionKey, type Tags } from "pulumi-preflight/components";

interface ElsewhereArgs {
  region: string;
  tags: Tags;
}

/** The region that keeps copies: a key, and a bucket that gets every recording. Backups go there too. */
export class Elsewhere extends pulumi.ComponentResource {
  readonly provider: aws.Provider;
  readonly keyArn: pulumi.Output<string>;
  readonly audio: Bucket;

  constructor(name: string, args: ElsewhereArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:index:Elsewhere", name, {}, opts);
    const { tags } = args;
    this.provider = new aws.Provider(name, { region: args.region as aws.Region }, { parent: this });
    const there = { parent: this, provider: this.provider };
    this.keyArn = new EncryptionKey(name, { description: "Lexia, copies", tags }, there).arn;
    // Access logs stay in the region of their bucket.
    const accessLogs = new Bucket(
      `${name}-access-logs`,
      {
        deliveries: { s3: "logging.s3.amazonaws.com" },
        lifecycle: { expiration: { days: 365 } },
        tags,
      },
      there,
    );
    this.audio = new Bucket(
      `${name}-audio`,
      {
        keyArn: this.keyArn,
        accessLogs,
        lifecycle: { transitions: [{ days: 30, storageClass: "GLACIER_IR" }] },
        tags,
      },
      there,
    );
    this.registerOutputs({ audio: this.audio.name });
  }
}
