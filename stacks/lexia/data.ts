import * as pulumi from "@pulumi/pulumi";
import {
  type Alerts,
  Bucket,
  type Clients,
  type Network,
  Postgres,
  Redis,
  SharedFiles,
  type Tags,
} from "pulumi-preflight/components";

interface DataArgs {
  network: Network;
  keyArn: pulumi.Input<string>;
  alerts: Alerts;
  clients: Clients;
  databasePassword: pulumi.Input<string>;
  redisPassword: pulumi.Input<string>;
  accessLogs: Bucket;
  /** Gets a copy of every recording. */
  audioCopy: Bucket;
  databaseClass: string;
  databaseStandby: boolean;
  cacheType: string;
  cacheNodes: number;
  logDays: number;
  deletionProtection: boolean;
  tags: Tags;
}

/** What must not be lost: the database, the cache, the recordings, and the models that take long to download. */
export class Data extends pulumi.ComponentResource {
  readonly database: Postgres;
  readonly cache: Redis;
  readonly audio: Bucket;
  readonly models: SharedFiles;

  constructor(name: string, args: DataArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:index:Data", name, {}, opts);
    const parent = { parent: this };
    const { keyArn, alerts, clients, tags } = args;
    const inside = {
      vpcId: args.network.vpcId,
      subnetIds: args.network.privateSubnetIds,
      clients,
      keyArn,
      tags,
    };
    const { logDays } = args;
    this.database = new Postgres(
      `${name}-db`,
      {
        ...inside,
        alerts,
        logDays,
        database: "lexia",
        username: "lexia",
        password: args.databasePassword,
        instanceClass: args.databaseClass,
        multiAz: args.databaseStandby,
        deletionProtection: args.deletionProtection,
      },
      parent,
    );
    this.cache = new Redis(
      `${name}-cache`,
      {
        ...inside,
        alerts,
        logDays,
        password: args.redisPassword,
        nodeType: args.cacheType,
        nodes: args.cacheNodes,
      },
      parent,
    );
    this.audio = new Bucket(
      `${name}-audio`,
      {
        keyArn,
        accessLogs: args.accessLogs,
        copyTo: args.audioCopy,
        lifecycle: { transitions: [{ days: 90, storageClass: "STANDARD_IA" }] },
        tags,
      },
      parent,
    );
    this.models = new SharedFiles(`${name}-models`, inside, parent);
    this.registerOutputs({ audio: this.audio.name });
  }
}
