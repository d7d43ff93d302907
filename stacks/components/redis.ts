import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alerts } from "./alerts";
import type { Tags } from "./tags";
import { type Clients, openWay } from "./way";

export interface RedisArgs {
  vpcId: pulumi.Input<string>;
  /** Private subnets in at least two zones. */
  subnetIds: pulumi.Input<string>[];
  /** Who may connect. */
  clients: Clients;
  keyArn: pulumi.Input<string>;
  /** Who is told when it runs out of anything. */
  alerts: Alerts;
  /** What clients must say: 16 to 128 characters, from a secret. */
  password: pulumi.Input<string>;
  nodeType?: string;
  /** Nodes, of which one is the primary (default 2); a single one has nothing to fail over to. */
  nodes?: number;
  /** The version of Redis (default 7.1). */
  version?: string;
  /** What goes when memory is full (default `noeviction`: writes fail, as a queue wants it). */
  maxmemoryPolicy?: string;
  /** How long each day's snapshot is kept (default 7 days). */
  snapshotDays?: number;
  /** Alarms: CPU and memory in percent. */
  alarms?: { cpu?: number; memory?: number };
  /** How long logs are kept, in days (default 90). */
  logDays?: number;
  tags?: Tags;
}

/** Redis with a password, TLS only, a replica that takes over, snapshots, and a say in what goes when it is full. */
export class Redis extends pulumi.ComponentResource {
  /** The primary's host name; clients speak TLS. */
  readonly endpoint: pulumi.Output<string>;
  readonly port = 6379;
  readonly group: aws.elasticache.ReplicationGroup;

  constructor(name: string, args: RedisArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Redis", name, {}, opts);
    const { keyArn, tags } = args;
    const parent = { parent: this };
    const nodes = args.nodes ?? 2;
    const version = args.version ?? "7.1";
    const subnets = new aws.elasticache.SubnetGroup(name, { subnetIds: args.subnetIds, tags }, parent);
    const parameters = new aws.elasticache.ParameterGroup(
      name,
      {
        family: `redis${version.split(".")[0]}`,
        parameters: [{ name: "maxmemory-policy", value: args.maxmemoryPolicy ?? "noeviction" }],
        tags,
      },
      parent,
    );
    const server = new aws.ec2.SecurityGroup(
      `${name}-server`,
      { vpcId: args.vpcId, description: "Redis", tags },
      parent,
    );
    for (const [client, from] of Object.entries(args.clients))
      openWay(
        `${name}-from-${client}`,
        { from, to: server.id, port: this.port, description: `From ${client}` },
        parent,
      );
    const logs = (["slow-log", "engine-log"] as const).map((logType) => {
      const group = new aws.cloudwatch.LogGroup(
        `${name}-${logType}`,
        { retentionInDays: args.logDays ?? 90, kmsKeyId: keyArn, tags },
        parent,
      );
      return { logType, destination: group.name, destinationType: "cloudwatch-logs", logFormat: "json" };
    });
    this.group = new aws.elasticache.ReplicationGroup(
      name,
      {
        description: `Redis of ${pulumi.getProject()}`,
        engine: "redis",
        engineVersion: version,
        autoMinorVersionUpgrade: true,
        nodeType: args.nodeType ?? "cache.m7g.large",
        numCacheClusters: nodes,
        automaticFailoverEnabled: nodes > 1,
        multiAzEnabled: nodes > 1,
        parameterGroupName: parameters.name,
        port: this.port,
        subnetGroupName: subnets.name,
        securityGroupIds: [server.id],
        authToken: args.password,
        transitEncryptionEnabled: true,
        atRestEncryptionEnabled: true,
        kmsKeyId: keyArn,
        snapshotRetentionLimit: args.snapshotDays ?? 7,
        snapshotWindow: "02:00-03:00",
        maintenanceWindow: "sun:06:00-sun:07:00",
        finalSnapshotIdentifier: `${name}-${pulumi.getStack()}-final`,
        logDeliveryConfigurations: logs,
        applyImmediately: true,
        tags,
      },
      parent,
    );
    this.endpoint = this.group.primaryEndpointAddress;
    for (let node = 1; node <= nodes; node++) {
      const watched = {
        namespace: "AWS/ElastiCache",
        dimensions: { CacheClusterId: pulumi.interpolate`${this.group.id}-00${node}` },
      };
      args.alerts.alarm(
        `${name}-cpu-${node}`,
        { ...watched, metricName: "EngineCPUUtilization", threshold: args.alarms?.cpu ?? 80 },
        parent,
      );
      args.alerts.alarm(
        `${name}-memory-${node}`,
        { ...watched, metricName: "DatabaseMemoryUsagePercentage", threshold: args.alarms?.memory ?? 80 },
        parent,
      );
    }
    this.registerOutputs({ endpoint: this.endpoint });
  }
}
