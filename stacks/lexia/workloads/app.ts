import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "pulumi-preflight/components";
import type { Cluster } from "../cluster";
import type { Data } from "../data";
import type { Secrets } from "../secrets";
import { job } from "./job";
import { env, systemPool, type Variable } from "./pod";
import { secretVariables } from "./secret";
import { Service } from "./service";
import { internet, podIdentityAgent, type WaysArgs } from "./ways";

export interface AppArgs {
  namespace: pulumi.Input<string>;
  cluster: Cluster;
  network: Network;
  data: Data;
  keyArn: pulumi.Input<string>;
  image: string;
  /** What starts a worker; it serves `/health` like the API. */
  workerCommand: string[];
  /** The fewest and the most pods of API and worker each. */
  pods: [min: number, max: number];
  allowedOrigins: string[];
  /** Connections that each pod keeps to RDS Proxy. */
  databasePoolSize: number;
  models: { llm: string; whisper: string; diarization: string };
  secrets: Secrets;
  databasePassword: pulumi.Input<string>;
}

const port = 8000;

/** The application: its schema is brought up to date before API and workers of a new version start. */
export class App extends pulumi.ComponentResource {
  /** Where the reverse proxy finds the API. */
  readonly upstream = `api:${port}`;
  readonly api: Service;

  constructor(
    name: string,
    private readonly args: AppArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("lexia:workloads:App", name, {}, opts);
    const parent = { parent: this };
    const { namespace, image, network, data } = args;
    const variables = [...this.variables(), ...this.secrets(name)];
    const database = { cidr: network.cidrBlock, port: data.database.port };
    const cache = { cidr: network.cidrBlock, port: data.cache.port };

    const migration = job(
      "migration",
      {
        namespace,
        image,
        command: ["alembic", "upgrade", "head"],
        env: variables,
        memory: "512Mi",
        minutes: 15,
        to: [database],
      },
      { parent: this, dependsOn: [data.database] },
    );
    const common = {
      namespace,
      image,
      port,
      cpu: ["500m", "2"] as [string, string],
      memory: ["1Gi", "2Gi"] as [string, string],
      pool: systemPool,
      pods: args.pods,
      scaleByMemory: true,
      // Recordings pass through it on their way to S3.
      scratchSize: "2Gi",
    };
    const models = ["llm", "stt"].map((app) => ({ app, port }));
    const to: WaysArgs["to"] = [...models, database, cache, podIdentityAgent, internet];
    this.api = new Service(
      "api",
      {
        ...common,
        env: variables,
        from: [{ app: "proxy", port }],
        to,
        after: [migration, this.mayUseAudio("api")],
      },
      parent,
    );
    new Service(
      "worker",
      {
        ...common,
        command: args.workerCommand,
        env: [...variables, ...env({ WORKER_CONCURRENCY: "4" })],
        hidden: true,
        // A long recording is transcribed to its end.
        stopSeconds: 600,
        to,
        after: [migration, this.mayUseAudio("worker")],
      },
      parent,
    );
    this.registerOutputs();
  }

  private secrets(name: string): Variable[] {
    const { namespace, data, secrets, databasePassword } = this.args;
    const { database, cache } = data;
    const user = pulumi.interpolate`${database.username}:${databasePassword}`;
    const password = secrets.redisPassword.value;
    return secretVariables(
      name,
      namespace,
      {
        API_SECRET_KEY: secrets.apiSecretKey.value,
        API_KEY_SALT: secrets.apiKeySalt.value,
        // RDS Proxy gives a connection to others after each transaction: no prepared statement may outlive one.
        DATABASE_URL: pulumi.interpolate`postgresql+asyncpg://${user}@${database.endpoint}:${database.port}/${database.database}?ssl=require&prepared_statement_cache_size=0`,
        REDIS_URL: pulumi.interpolate`rediss://:${password}@${cache.endpoint}:${cache.port}/0`,
      },
      { parent: this },
    );
  }

  private variables(): Variable[] {
    const { models, data, allowedOrigins, databasePoolSize } = this.args;
    const region = aws.getRegionOutput({}, { parent: this }).region;
    return env({
      APP_ENV: "production",
      APP_DEBUG: "false",
      LOG_LEVEL: "INFO",
      LOG_FORMAT: "json",
      HOME: "/tmp",
      ALLOWED_ORIGINS: allowedOrigins.join(","),
      DB_POOL_SIZE: String(databasePoolSize),
      DB_MAX_OVERFLOW: "5",
      LLM_URL: `http://llm:${port}/v1`,
      LLM_MODEL: models.llm,
      STT_URL: `http://stt:${port}`,
      WHISPER_MODEL: models.whisper,
      DIARIZATION_MODEL: models.diarization,
      // Credentials come from the pod's own role: there is no AWS_ACCESS_KEY_ID to leak.
      STORAGE_BACKEND: "s3",
      S3_BUCKET: data.audio.name,
      S3_ENDPOINT: pulumi.interpolate`https://s3.${region}.amazonaws.com`,
      AWS_REGION: region,
    });
  }

  /** Pods wait for what this returns: their credentials are chosen when they start. */
  private mayUseAudio(app: string): pulumi.Resource {
    const { cluster, namespace, data, keyArn } = this.args;
    return cluster.podIdentity(app, namespace, app, [
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        Resource: [pulumi.interpolate`${data.audio.arn}/*`],
      },
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [data.audio.arn] },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: [keyArn],
        // The key encrypts more than recordings.
        Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
      },
    ]);
  }
}
