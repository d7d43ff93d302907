import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

const audio = new aws.s3.Bucket("audio", {
  forceDestroy: config.getBoolean("forceDestroy"),
  tags: config.getObject<Record<string, string>>("tags"),
  policy: config.getSecret("policy"),
});

if (config.getBoolean("lifecycle") ?? true) {
  new aws.s3.BucketLifecycleConfiguration("audio-lifecycle", {
    bucket: audio.id,
    rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
  });
}

// Nothing of the copy is known before the first deployment.
new aws.s3.Bucket("copy", {
  bucket: audio.id.apply((id) => `${id}-copy`),
  tags: { owner: audio.id.apply((id) => `the owner of ${id}`) },
  lifecycleRules: [{ enabled: true, expiration: { days: 30 } }],
});
