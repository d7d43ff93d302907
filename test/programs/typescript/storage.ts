import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export class Storage extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Storage", name, {}, opts);
    this.bucket = new aws.s3.Bucket(`${name}-bucket`, {}, { parent: this });
    new Versioned(`${name}-versioned`, this.bucket, { parent: this });
    this.registerOutputs({ bucket: this.bucket.id });
  }
}

class Versioned extends pulumi.ComponentResource {
  constructor(name: string, bucket: aws.s3.Bucket, opts: pulumi.ComponentResourceOptions) {
    super("shop:index:Versioned", name, {}, opts);
    new aws.s3.BucketVersioning(
      name,
      { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
  }
}
