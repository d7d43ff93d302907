/** Providers: the default one with its settings, explicit ones, and those that a component hands on. */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const ireland = new aws.Provider("ireland", {
  region: "eu-west-1",
  defaultTags: { tags: { owner: "platform", backup: "daily" } },
});
const open = new aws.Provider("open", {
  region: aws.getRegionOutput({}, { provider: ireland }).region,
  assumeRoles: [{ roleArn: new aws.iam.Role("deployer", { assumeRolePolicy: "{}" }).arn }],
});
const cluster = new kubernetes.Provider("cluster", { kubeconfig: pulumi.secret("apiVersion: v1") });

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("shop:index:Pair", name, {}, opts);
    new aws.s3.Bucket(`${name}-bucket`, {}, { parent: this });
    new aws.dynamodb.Table(
      `${name}-table`,
      { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" },
      { parent: this },
    );
    new kubernetes.core.v1.ConfigMap(name, { data: { PASSWORD: "hunter2-in-plain-text" } }, { parent: this });
  }
}

new Pair("one", { providers: [ireland, cluster] });
new Pair("two", { providers: { aws: open, kubernetes: cluster } });
new Pair("three", { provider: ireland });

new aws.s3.Bucket("default");
new aws.s3.Bucket("elsewhere", { region: "us-east-1", tags: { owner: "shop" } }, { provider: ireland });
new aws.ec2.Instance(
  "host",
  {
    ami: "ami-0123456789abcdef0",
    instanceType: "t2.micro",
    availabilityZone: aws.getAvailabilityZonesOutput({}, { provider: ireland }).names[0],
  },
  { provider: ireland, version: "7.0.0" },
);
