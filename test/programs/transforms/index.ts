import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const provider = new aws.Provider("elsewhere", { region: "us-east-1" });

pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
  if (type !== "aws:s3/bucket:Bucket") return undefined;
  return { props: { ...props, tags: { ...props.tags, by: "stack" } }, opts: { ...opts, provider } };
});
pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type === "aws:sns/topic:Topic" ? { props: { ...props, displayName: "old" }, opts } : undefined,
);
pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({
  args: { ...args, region: "sa-east-1" },
  opts,
}));

class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("transformed:index:Group", name, {}, opts);
    new aws.s3.Bucket("child", { tags: { order: "own" } }, { parent: this });
  }
}

new Group("group", {
  transforms: [
    ({ type, props, opts }) =>
      type === "aws:s3/bucket:Bucket"
        ? { props: { ...props, tags: { ...props.tags, order: `${props.tags.order}, component` } }, opts }
        : undefined,
  ],
});

const plain = new aws.s3.Bucket("plain");
new aws.s3.BucketPolicy(
  "policy",
  { bucket: plain.id, policy: pulumi.secret("{}") },
  { transforms: [({ props, opts }) => ({ props: { ...props, region: "eu-west-1" }, opts })] },
);
new aws.sns.Topic("topic", { name: aws.getRegionOutput().region });
