/** Every way in which a value may come to a resource. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const database = config.requireObject<{ open: boolean; days: number }>("database");
const token = config.requireSecret("token");
const keys = config.requireSecretObject<{ api: string }>("keys");

const later = async <T>(value: T) => {
  await new Promise((done) => setTimeout(done, 5));
  return value;
};

export = async () => {
  const role = new aws.iam.Role("role", {
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }],
    }),
  });

  // Loops that wait, and resources made within what waits.
  for await (const zone of [later("a"), later("b")])
    new aws.ebs.Volume(`disk-${zone}`, { availabilityZone: `eu-west-3${zone}`, size: 8 });
  await Promise.all(["x", "y"].map(async (name) => new aws.sqs.Queue(await later(name))));
  pulumi.output(later(["known"])).apply(([name]) => new aws.sns.Topic(name ?? "none"));
  role.id.apply((id) => new aws.sns.Topic(`never-${id}`));

  new aws.rds.Instance("database", {
    instanceClass: config.get("class") ?? "db.t4g.micro",
    allocatedStorage: later(20),
    engine: pulumi.output("postgres").apply(later),
    username: pulumi.concat("sh", "op"),
    password: token,
    publiclyAccessible: database.open,
    backupRetentionPeriod: pulumi.all([database.days, later(1)]).apply(([a, b]) => a * b),
    kmsKeyId: role.arn.apply((arn) => arn.replace("role", "key")),
    tags: pulumi.all({ a: "1", b: later("2") }),
  });

  const group = new aws.ec2.SecurityGroup("group", {
    vpcId: role.id,
    ingress: pulumi.output(later([22, 443])).apply((ports) =>
      ports.map((port) => ({
        protocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrBlocks: ["0.0.0.0/0", role.uniqueId],
      })),
    ),
  });
  new aws.ec2.Instance("host", {
    ami: "ami-0123456789abcdef0",
    instanceType: database.open ? "t3.micro" : role.name.apply(() => "t3.large" as const),
    vpcSecurityGroupIds: [group.id, role.id],
    userData: pulumi.interpolate`#!/bin/sh\nexport DB_PASSWORD=${keys.api}\n`,
    rootBlockDevice: pulumi.output({ encrypted: later(false) }),
    metadataOptions: { httpTokens: role.id.apply(() => "required") },
  });

  // A document with an unknown value anywhere is unknown as a whole; a container of it cannot be told.
  const container = (name: string, image: pulumi.Input<string>, more: object) => ({ name, image, ...more });
  const environment = [
    { name: "API_TOKEN", value: token },
    { name: "DB_PASSWORD", value: "hunter2-in-plain-text" },
  ];
  new aws.ecs.TaskDefinition("known", {
    family: "known",
    containerDefinitions: pulumi.jsonStringify([
      container("web", "nginx:latest", { environment, memory: 512 }),
      container("side", "envoy@sha256:0000000000000000000000000000000000000000000000000000000000000000", {
        privileged: true,
      }),
    ]),
  });
  new aws.ecs.TaskDefinition("unknown", {
    family: "unknown",
    containerDefinitions: pulumi
      .all([role.arn, token])
      .apply(([arn]) =>
        JSON.stringify([container("web", "nginx", { environment: [{ name: "ROLE", value: arn }] })]),
      ),
  });
  new aws.ecs.TaskDefinition("literal", {
    family: "literal",
    containerDefinitions: JSON.stringify([container("web", "nginx", { user: "root", environment })]),
  });
  new aws.lambda.Function("function", {
    role: role.arn,
    handler: "index.handler",
    runtime: "nodejs22.x",
    environment: {
      variables: { TOKEN: token, SECRET_KEY: "pl4in-literal-value", NESTED: keys.api, ROLE: role.arn },
    },
  });
  new aws.iam.Policy("admin", {
    policy: pulumi.jsonParse(pulumi.jsonStringify({ all: "*" })).apply(({ all }: { all: string }) => ({
      Version: "2012-10-17" as const,
      Statement: [{ Effect: "Allow" as const, Action: all, Resource: all }],
    })),
  });
  new aws.s3.Bucket("bucket", {
    bucket: pulumi.unsecret(token).apply((t) => `of-${t.length}`),
    acl: pulumi.secret("public-read"),
    tags: undefined,
    versioning: null as never,
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: undefined } },
    },
  });
  return { token, role: role.arn, deep: { keys } };
};
