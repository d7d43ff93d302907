import * as aws from "@pulumi/aws";

const audio = new aws.s3.Bucket("audio");
new aws.s3.BucketLifecycleConfiguration("audio-lifecycle", {
  bucket: audio.id,
  rules: [{ id: "expire", status: "Enabled", expiration: { days: 365 } }],
});

new aws.s3.Bucket("recordings", { tags: { team: "audio" } });
