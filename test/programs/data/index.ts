import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

class Remote extends pulumi.ComponentResource {
  readonly endpoint!: pulumi.Output<string>;
  constructor(name: string) {
    super("eks:index:Cluster", name, { size: 3, endpoint: undefined }, {}, true);
  }
  kubeconfig(): pulumi.Output<string> {
    return pulumi.runtime.call("eks:index:Cluster/getKubeconfig", { __self__: this }, this);
  }
}

const dynamicProvider: pulumi.dynamic.ResourceProvider = {
  create: async () => ({ id: "made", outs: {} }),
};
class Dynamic extends pulumi.dynamic.Resource {
  constructor(name: string) {
    super(dynamicProvider, name, { answer: 42 });
  }
}

export = async () => {
  const { names } = await aws.getAvailabilityZones({ state: "available" });
  const account = await aws.getCallerIdentity();
  new aws.s3.Bucket("known", {
    bucket: `${account.accountId}-${names.join("-")}`,
    tags: { partition: aws.getPartitionOutput().partition, region: (await aws.getRegion()).region },
  });

  // Nobody knows these: they are unknown, however a program reads them.
  const ami = await aws.ec2.getAmi({ mostRecent: true, owners: ["amazon"] });
  const subnets = await aws.ec2.getSubnets({ filters: [{ name: "image", values: [ami.id] }] });
  const vpc = aws.ec2.getVpcOutput({ default: true });
  new aws.ec2.Instance("unknown", {
    ami: ami.id,
    userData: `image ${ami.name.toUpperCase()}`,
    subnetId: subnets.ids[0],
    instanceType: "t3.micro",
    tags: {
      vpc: vpc.id,
      cidr: vpc.cidrBlock.apply((c) => c.split("/")[0] ?? ""),
      owner: JSON.parse(subnets.id).owner,
    },
    vpcSecurityGroupIds: subnets.ids.map((id) => id.trim()),
  });
  for (const id of subnets.ids) new aws.ec2.Eip(`address-${id}`, { instance: id });

  const other = new pulumi.StackReference("org/network/dev");
  const open = new pulumi.StackReference("org/unknown/dev");
  new aws.ec2.SecurityGroup("from-stacks", {
    vpcId: other.requireOutput("vpcId"),
    description: open.getOutput("text").apply((t) => `group of ${t}`),
  });

  const read = aws.s3.Bucket.get("read", "someones-bucket");
  new aws.s3.BucketVersioning("versioned", {
    bucket: read.id,
    versioningConfiguration: { status: "Enabled", mfaDelete: read.acl },
  });

  const cluster = new Remote("cluster");
  new aws.sns.Topic("from-remote", { name: cluster.endpoint, displayName: cluster.kubeconfig() });
  new Dynamic("dynamic");
  new aws.sqs.Queue("imported", { name: "jobs" }, { import: "https://sqs/jobs" });

  new kubernetes.yaml.ConfigFile("manifests", { file: "manifests.yaml" });
  new kubernetes.helm.v3.Chart("chart", { chart: "redis" });
  new kubernetes.helm.v3.Release("release", { chart: "redis" });

  const document = await aws.iam.getPolicyDocument({
    statements: [{ actions: ["s3:*"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] }],
  });
  new aws.iam.Policy("policy", { policy: document.json });
};
