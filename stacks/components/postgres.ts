import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alerts } from "./alerts";
import { serviceRole } from "./role";
import { Secret } from "./secret";
import type { Tags } from "./tags";
import { type Clients, openWay } from "./way";

export interface PostgresArgs {
  vpcId: pulumi.Input<string>;
  /** Private subnets in at least two zones. */
  subnetIds: pulumi.Input<string>[];
  /** Who may connect, through the proxy. */
  clients: Clients;
  keyArn: pulumi.Input<string>;
  /** Who is told when it runs out of anything. */
  alerts: Alerts;
  /** The name of the database inside (default `app`). */
  database?: string;
  /** The user that owns it (default `app`). */
  username?: string;
  /** The password, from a secret setting; without it RDS makes one, keeps it in Secrets Manager and renews it. */
  password?: pulumi.Input<string>;
  /** The name of the server (default: the component's name and the stack's). */
  identifier?: string;
  /** The major version (default 17); minor ones follow by themselves. */
  version?: string;
  instanceClass?: string;
  /** Gibibytes to start with (default 50); they grow by themselves up to `maxStorageGib` (default 500). */
  storageGib?: number;
  maxStorageGib?: number;
  /** A standby in another zone (default true). */
  multiAz?: boolean;
  /** How long each day's backup is kept (default 35, the most there is). */
  backupDays?: number;
  /** Further parameters of the server; `rds.force_ssl` is always on unless set here. */
  parameters?: Record<string, string>;
  /** The proxy's pool: shares of the server's connections, in percent, and seconds to wait for one. */
  pool?: { maxConnectionsPercent?: number; maxIdleConnectionsPercent?: number; borrowTimeout?: number };
  /** Alarms: CPU in percent, free storage in gibibytes, free memory in mebibytes, connections. */
  alarms?: { cpu?: number; freeStorageGib?: number; freeMemoryMib?: number; connections?: number };
  /** How long logs are kept, in days (default 90). */
  logDays?: number;
  /** Against `pulumi destroy` (default true). To destroy: set it to false, `pulumi up`, then destroy; a last snapshot stays. */
  deletionProtection?: boolean;
  tags?: Tags;
}

/** PostgreSQL that survives the loss of a zone, speaks TLS only, and is reached through a proxy that pools connections. */
export class Postgres extends pulumi.ComponentResource {
  /** The proxy's host name. */
  readonly endpoint: pulumi.Output<string>;
  readonly port = 5432;
  readonly database: string;
  readonly username: string;
  /** Where user and password are kept, as JSON with `username` and `password`. */
  readonly secretArn: pulumi.Output<string>;
  readonly instance: aws.rds.Instance;
  readonly proxy: aws.rds.Proxy;

  constructor(
    private readonly prefix: string,
    private readonly args: PostgresArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("preflight:components:Postgres", prefix, {}, opts);
    const name = prefix;
    const { keyArn, tags } = args;
    const parent = { parent: this };
    const identifier = args.identifier ?? `${name}-${pulumi.getStack()}`;
    this.database = args.database ?? "app";
    this.username = args.username ?? "app";

    const group = (what: string, description: string) =>
      new aws.ec2.SecurityGroup(`${name}-${what}`, { vpcId: args.vpcId, description, tags }, parent);
    const server = group("server", "PostgreSQL");
    const pool = group("pool", "RDS Proxy");
    openWay(
      `${name}-server`,
      { from: pool.id, to: server.id, port: this.port, description: "From the proxy", bothSides: true },
      parent,
    );
    for (const [client, from] of Object.entries(args.clients))
      openWay(
        `${name}-from-${client}`,
        { from, to: pool.id, port: this.port, description: `From ${client}` },
        parent,
      );

    this.instance = this.server(identifier, server.id);
    const secret =
      args.password === undefined
        ? undefined
        : new Secret(
            name,
            {
              description: `PostgreSQL, user ${this.username}`,
              keyArn,
              value: pulumi.jsonStringify({ username: this.username, password: args.password }),
              length: JSON.stringify({ username: this.username, password: "" }).length + 16,
              tags,
            },
            parent,
          );
    this.secretArn = secret?.arn ?? this.instance.masterUserSecrets.apply(([made]) => made?.secretArn ?? "");
    this.proxy = this.pooling(identifier, pool.id);
    this.endpoint = this.proxy.endpoint;
    this.watch();
    this.registerOutputs({ endpoint: this.endpoint, identifier: this.instance.identifier });
  }

  private logGroup(what: string, path: pulumi.Input<string>): aws.cloudwatch.LogGroup {
    const { keyArn, logDays, tags } = this.args;
    return new aws.cloudwatch.LogGroup(
      `${this.prefix}-${what}`,
      { name: path, retentionInDays: logDays ?? 90, kmsKeyId: keyArn, tags },
      { parent: this },
    );
  }

  private server(identifier: string, securityGroupId: pulumi.Input<string>): aws.rds.Instance {
    const name = this.prefix;
    const { args } = this;
    const { keyArn, tags } = args;
    const parent = { parent: this };
    const version = args.version ?? "17";
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds: args.subnetIds, tags }, parent);
    const wanted = { "rds.force_ssl": "1", log_min_duration_statement: "1000", ...args.parameters };
    const parameters = new aws.rds.ParameterGroup(
      name,
      {
        family: `postgres${version.split(".")[0]}`,
        parameters: Object.entries(wanted).map(([key, value]) => ({ name: key, value })),
        tags,
      },
      parent,
    );
    const monitoringRoleArn = serviceRole(
      `${name}-monitoring`,
      {
        service: "monitoring.rds.amazonaws.com",
        managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
        tags,
      },
      parent,
    );
    // RDS would make the groups itself, and keep their logs for ever.
    const logs = ["postgresql", "upgrade"].map((log) =>
      this.logGroup(log, `/aws/rds/instance/${identifier}/${log}`),
    );
    return new aws.rds.Instance(
      name,
      {
        identifier,
        engine: "postgres",
        engineVersion: version,
        autoMinorVersionUpgrade: true,
        instanceClass: args.instanceClass ?? "db.m7g.large",
        allocatedStorage: args.storageGib ?? 50,
        maxAllocatedStorage: args.maxStorageGib ?? 500,
        storageType: "gp3",
        storageEncrypted: true,
        kmsKeyId: keyArn,
        dbName: this.database,
        username: this.username,
        ...(args.password === undefined
          ? { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn }
          : { password: args.password }),
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [securityGroupId],
        publiclyAccessible: false,
        multiAz: args.multiAz ?? true,
        parameterGroupName: parameters.name,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        backupRetentionPeriod: args.backupDays ?? 35,
        backupWindow: "01:00-02:00",
        // AWS Backup, at three by default, starts nothing in the hour before.
        maintenanceWindow: "sun:06:00-sun:07:00",
        copyTagsToSnapshot: true,
        deletionProtection: args.deletionProtection ?? true,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: `${identifier}-final`,
        enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
        monitoringInterval: 60,
        monitoringRoleArn,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        tags,
      },
      { parent: this, dependsOn: logs },
    );
  }

  private pooling(identifier: string, securityGroupId: pulumi.Input<string>): aws.rds.Proxy {
    const name = this.prefix;
    const { args, secretArn } = this;
    const { tags } = args;
    const parent = { parent: this };
    const region = aws.getRegionOutput({}, parent).region;
    const roleArn = serviceRole(
      `${name}-proxy`,
      {
        service: "rds.amazonaws.com",
        may: [
          { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secretArn] },
          {
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: [args.keyArn],
            Condition: {
              StringEquals: { "kms:ViaService": pulumi.interpolate`secretsmanager.${region}.amazonaws.com` },
            },
          },
        ],
        tags,
      },
      parent,
    );
    const proxy = new aws.rds.Proxy(
      name,
      {
        name: identifier,
        engineFamily: "POSTGRESQL",
        requireTls: true,
        roleArn,
        vpcSubnetIds: args.subnetIds,
        vpcSecurityGroupIds: [securityGroupId],
        auths: [
          {
            authScheme: "SECRETS",
            iamAuth: "DISABLED",
            clientPasswordAuthType: "POSTGRES_SCRAM_SHA_256",
            secretArn,
          },
        ],
        tags,
      },
      { parent: this, dependsOn: this.logGroup("proxy", `/aws/rds/proxy/${identifier}`) },
    );
    const targets = new aws.rds.ProxyDefaultTargetGroup(
      name,
      {
        dbProxyName: proxy.name,
        connectionPoolConfig: {
          maxConnectionsPercent: args.pool?.maxConnectionsPercent ?? 80,
          maxIdleConnectionsPercent: args.pool?.maxIdleConnectionsPercent ?? 40,
          connectionBorrowTimeout: args.pool?.borrowTimeout ?? 30,
        },
      },
      parent,
    );
    new aws.rds.ProxyTarget(
      name,
      {
        dbProxyName: proxy.name,
        targetGroupName: targets.name,
        dbInstanceIdentifier: this.instance.identifier,
      },
      parent,
    );
    return proxy;
  }

  private watch(): void {
    const { alerts, alarms, tags } = this.args;
    const parent = { parent: this };
    const watched = {
      namespace: "AWS/RDS",
      dimensions: { DBInstanceIdentifier: this.instance.identifier },
    };
    const below = { ...watched, comparisonOperator: "LessThanThreshold" };
    const name = (what: string) => `${this.prefix}-${what}`;
    const gib = 1024 ** 3;
    alerts.alarm(
      name("cpu"),
      { ...watched, metricName: "CPUUtilization", threshold: alarms?.cpu ?? 80 },
      parent,
    );
    alerts.alarm(
      name("storage"),
      { ...below, metricName: "FreeStorageSpace", threshold: (alarms?.freeStorageGib ?? 10) * gib },
      parent,
    );
    alerts.alarm(
      name("memory"),
      { ...below, metricName: "FreeableMemory", threshold: (alarms?.freeMemoryMib ?? 512) * 1024 ** 2 },
      parent,
    );
    alerts.alarm(
      name("connections"),
      { ...watched, metricName: "DatabaseConnections", threshold: alarms?.connections ?? 400 },
      parent,
    );
    new aws.rds.EventSubscription(
      this.prefix,
      {
        snsTopic: alerts.topicArn,
        sourceType: "db-instance",
        sourceIds: [this.instance.identifier],
        eventCategories: ["availability", "failover", "failure", "low storage", "maintenance", "recovery"],
        tags,
      },
      { parent: this, dependsOn: alerts.access },
    );
  }
}
