/** What the program takes from elsewhere: data sources, other stacks, resources that are there already. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider = {
  check: async (_, news) => ({ inputs: { ...news, checked: true } }),
  create: async (inputs) => ({ id: "made", outs: { ...inputs, open: true } }),
};
class Dynamic extends pulumi.dynamic.Resource {
  readonly open!: pulumi.Output<boolean>;
  constructor(name: string) {
    super(provider, name, { size: 42, open: undefined });
  }
}

export = async () => {
  const account = await aws.getCallerIdentity();
  const { names } = await aws.getAvailabilityZones({ state: "available" });
  const ami = aws.ec2.getAmiOutput({ mostRecent: true, owners: ["amazon"] });
  const vpc = await aws.ec2.getVpc({ default: true });
  const bucket = new aws.s3.Bucket("logs", { bucket: `logs-${account.accountId}` });

  // Asked with what is not known yet, a data source is not asked before the deployment.
  const open = aws.ec2.getSubnetOutput({ id: bucket.id });
  const document = aws.iam.getPolicyDocumentOutput({
    statements: [
      { actions: ["s3:GetObject"], resources: ["*"], principals: [{ type: "*", identifiers: ["*"] }] },
    ],
  });
  new aws.s3.BucketPolicy("public", { bucket: bucket.id, policy: document.json });
  new aws.s3.BucketPolicy("later", {
    bucket: "another-bucket",
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [{ actions: ["s3:*"], resources: [bucket.arn] }],
    }).json,
  });

  // What somebody else made.
  const theirs = aws.s3.Bucket.get("theirs", "their-bucket", { acl: "public-read" });
  new aws.s3.BucketVersioning("theirs", {
    bucket: theirs.id,
    versioningConfiguration: { status: "Enabled" },
  });
  aws.rds.Instance.get("their-database", bucket.id);

  const network = new pulumi.StackReference("network", { name: "organization/network/dev" });
  const details = await network.getOutputDetails("cidr");
  const group = new aws.ec2.SecurityGroup("group", {
    vpcId: network.requireOutput("vpcId"),
    description: network.getOutput("secret").apply(String),
    ingress: [
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [String(details.value)] },
      { protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: [vpc.cidrBlock] },
    ],
  });
  new aws.ec2.Instance("host", {
    ami: ami.id,
    instanceType: "t3.micro",
    availabilityZone: names[0],
    subnetId: open.id,
    vpcSecurityGroupIds: [group.id],
    associatePublicIpAddress: new Dynamic("dynamic").open,
  });
};
