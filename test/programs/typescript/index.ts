import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Storage } from "./storage";

const audio = new Storage("audio");

const paris = new aws.Provider("paris", { region: "eu-west-3" });
const elsewhere = new aws.Provider("elsewhere", { region: "us-east-1" });

export const policy = new aws.s3.BucketPolicy("audio-policy", {
  bucket: audio.bucket.id,
  policy: audio.bucket.arn.apply((arn) => JSON.stringify({ Statement: [{ Resource: arn }] })),
});

new Storage("backup", { provider: elsewhere });
new Storage("archive", { providers: { aws: elsewhere } });
new aws.s3.Bucket("near", { bucket: "near" }, { provider: paris, aliases: [{ name: "close" }] });

const near = new aws.sqs.Queue("queue", { tags: { bucket: policy.bucket } }, { dependsOn: policy });
near.arn.apply(() => new aws.s3.Bucket("never"));

pulumi.output("known").apply((name) => new aws.sns.Topic(name));
["a", "b"].map((name) => new aws.sns.Topic(name, { kmsMasterKeyId: pulumi.secret("key") }));
