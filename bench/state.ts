/** A deployed stack of any size, as `pulumi stack export` writes it: buckets, databases, containers, workloads, roles. */
export function stateOf(count: number): object {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.200.0" },
      resources: [
        { urn: urn("pulumi:pulumi:Stack", "bench-production"), custom: false, type: "pulumi:pulumi:Stack" },
        provider,
        ...Array.from({ length: count }, (_, i) => resource(i)),
      ],
    },
  };
}

const urn = (type: string, name: string) => `urn:pulumi:production::bench::${type}::${name}`;

const provider = {
  urn: urn("pulumi:providers:aws", "default"),
  custom: true,
  id: "p-1",
  type: "pulumi:providers:aws",
  inputs: { region: "eu-west-3" },
};

const kinds: ((name: string, before: string) => { type: string; inputs: Record<string, unknown> })[] = [
  (name) => ({ type: "aws:s3/bucket:Bucket", inputs: { bucket: name, tags: { team: "bench" } } }),
  (_, before) => ({
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    inputs: { bucket: before, rules: [{ id: "expire", status: "Enabled", expiration: { days: 90 } }] },
  }),
  (name) => ({
    type: "aws:rds/instance:Instance",
    inputs: { identifier: name, engine: "postgres", backupRetentionPeriod: 30, storageEncrypted: true },
  }),
  (_, before) => ({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    inputs: {
      namespace: "AWS/RDS",
      metricName: "CPUUtilization",
      dimensions: { DBInstanceIdentifier: before },
      threshold: 80,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 3,
    },
  }),
  (name) => ({
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: { name, ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] },
  }),
  (name) => ({
    type: "aws:ecs/taskDefinition:TaskDefinition",
    inputs: {
      family: name,
      containerDefinitions: JSON.stringify([{ name: "api", image: "api:1", memory: 512, environment: [] }]),
    },
  }),
  (name) => ({
    type: "kubernetes:apps/v1:Deployment",
    inputs: {
      metadata: { name, labels: { app: name } },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: "api", image: "api:1", resources: { limits: { memory: "1Gi" } } }] },
        },
      },
    },
  }),
  (name) => ({
    type: "docker:index/container:Container",
    inputs: { image: "api:1", name, logDriver: "json-file", logOpts: { "max-size": "10m", "max-file": "3" } },
  }),
  (name) => ({
    type: "aws:iam/policy:Policy",
    inputs: {
      name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::audio/*" }],
      }),
    },
  }),
];

function resource(i: number): object {
  const kind = kinds[i % kinds.length] as (typeof kinds)[number];
  const name = `resource-${i}`;
  const { type, inputs } = kind(name, `resource-${i - 1}`);
  const id = type.startsWith("kubernetes") ? `default/${name}` : name;
  return {
    urn: urn(type, name),
    custom: true,
    id,
    type,
    inputs,
    outputs: { ...inputs, id, arn: `arn:aws:example:eu-west-3:123456789012:${name}` },
    parent: urn("pulumi:pulumi:Stack", "bench-production"),
    provider: `${provider.urn}::${provider.id}`,
    propertyDependencies: {},
    sourcePosition: `project:///index.ts#${i + 1},1`,
  };
}
