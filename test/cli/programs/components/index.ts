/** Components within components, and every option that a resource can be given. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

class Store extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("shop:index:Store", name, {}, opts);
    this.bucket = new aws.s3.Bucket(`${name}-store`, {}, { parent: this });
    new Kept(name, this.bucket, { parent: this });
    this.registerOutputs({ bucket: this.bucket.id });
  }
}

class Kept extends pulumi.ComponentResource {
  constructor(name: string, bucket: aws.s3.Bucket, opts: pulumi.ComponentResourceOptions) {
    super("shop:index:Kept", name, {}, opts);
    new aws.s3.BucketVersioning(
      `${name}-versions`,
      { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      { parent: bucket },
    );
  }
}

/** A component that finds its children's settings out first. */
class Late extends pulumi.ComponentResource<{ size: number }> {
  constructor(name: string) {
    super("shop:index:Late", name);
  }
  protected override async initialize() {
    await new Promise((done) => setTimeout(done, 20));
    new aws.ebs.Volume("late", { availabilityZone: "eu-west-3a", size: 20 }, { parent: this });
    return { size: 20 };
  }
}

const first = new Store("first", {
  aliases: [{ name: "prime" }, { type: "shop:index:Shop" }, "urn:pulumi:dev::old::shop:index:Store::first"],
});
new Store("second", {
  // The old kind of transform, which the SDK runs itself.
  transformations: [
    ({ type, props, opts }) =>
      type === "aws:s3/bucket:Bucket"
        ? { props: { ...props, forceDestroy: true }, opts: { ...opts, protect: true } }
        : undefined,
  ],
});
new Store("third", {
  transforms: [
    async ({ type, props, opts }) =>
      type === "aws:s3/bucketVersioning:BucketVersioning"
        ? { props: { ...props, versioningConfiguration: { status: "Suspended" } }, opts }
        : undefined,
  ],
});
new Late("late");

new aws.rds.Instance(
  "guarded",
  {
    instanceClass: "db.t4g.micro",
    allocatedStorage: 20,
    engine: "postgres",
    username: "shop",
    password: pulumi.secret("f0r-the-shop"),
    publiclyAccessible: true,
  },
  {
    protect: true,
    retainOnDelete: true,
    ignoreChanges: ["publiclyAccessible", "tags"],
    replaceOnChanges: ["engine"],
    additionalSecretOutputs: ["endpoint"],
    deleteBeforeReplace: true,
    customTimeouts: { create: "1h" },
    deletedWith: first.bucket,
    dependsOn: [first],
  },
);
new aws.sqs.Queue("after", {}, { dependsOn: pulumi.output([first.bucket]) });

// Several of the same type: what belongs to one must not be taken for the other's.
for (const name of ["north", "south"]) {
  const bucket = new aws.s3.Bucket(name, {}, { aliases: [{ parent: pulumi.rootStackResource }] });
  if (name === "north") {
    new aws.s3.BucketPublicAccessBlock(name, {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new aws.s3.BucketLifecycleConfiguration(name, {
      bucket: pulumi.interpolate`${bucket.id}`,
      rules: [{ id: "expire", status: "Enabled", expiration: { days: 30 } }],
    });
    new aws.s3.BucketVersioning(
      name,
      { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
      { transforms: [() => undefined] },
    );
  }
}
