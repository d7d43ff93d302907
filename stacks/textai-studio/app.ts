import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Host } from "./host";
import { tags } from "./settings";

interface AppArgs {
  image: string;
  host: Host;
  port: number;
  healthPath: string;
  secretKey: pulumi.Output<string>;
  adminPassword: pulumi.Output<string>;
  keyArn: pulumi.Input<string>;
}

/** The application's container: limited, healthy, not root, its logs kept outside the host. */
export class App extends pulumi.ComponentResource {
  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("textai-studio:index:App", name, {}, opts);
    const onHost = { parent: this, provider: args.host.docker };
    const region = aws.getRegionOutput({}, { parent: this }).region;
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-app`,
      { retentionInDays: 90, kmsKeyId: args.keyArn, tags },
      { parent: this },
    );
    const policy = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            resources: [pulumi.interpolate`${logs.arn}:*`],
          },
        ],
      },
      { parent: this },
    );
    const mayLog = new aws.iam.RolePolicy(
      `${name}-app-logs`,
      { role: args.host.role.id, policy: policy.json },
      { parent: this },
    );

    const network = new docker.Network(name, {}, onHost);
    const volume = (what: string) =>
      new docker.Volume(
        `${name}-${what}`,
        { name: what, driver: "local", driverOpts: { type: "none", o: "bind", device: `/data/${what}` } },
        { ...onHost, protect: true },
      );
    const image = new docker.RemoteImage(name, { name: args.image, keepLocally: true }, onHost);

    new docker.Container(
      name,
      {
        image: image.imageId,
        restart: "unless-stopped",
        memory: 6144,
        memorySwap: 6144,
        cpus: "1.8",
        user: "1000:1000",
        readOnly: true,
        tmpfs: { "/tmp": "rw,noexec,nosuid,size=256m" },
        capabilities: { drops: ["ALL"] },
        securityOpts: ["no-new-privileges:true"],
        networksAdvanced: [{ name: network.name }],
        ports: [{ internal: args.port, external: args.port, ip: args.host.instance.privateIp }],
        volumes: [
          { volumeName: volume("user_data").name, containerPath: "/app/user_data" },
          { volumeName: volume("models").name, containerPath: "/app/models" },
        ],
        healthcheck: {
          tests: ["CMD", "curl", "-fsS", `http://localhost:${args.port}${args.healthPath}`],
          interval: "30s",
          timeout: "5s",
          retries: 3,
          startPeriod: "60s",
        },
        logDriver: "awslogs",
        logOpts: { "awslogs-region": region, "awslogs-group": logs.name, "awslogs-stream": "app" },
        envs: [
          "APP_ENV=production",
          "DEBUG=false",
          "LOG_LEVEL=INFO",
          "HOST=0.0.0.0",
          `PORT=${args.port}`,
          "MAX_UPLOAD_MB=10",
          "SESSION_TIMEOUT_MINUTES=30",
          "RATE_LIMIT_PER_MINUTE=60",
          "BCRYPT_ROUNDS=12",
          "MODEL_CACHE_DIR=/app/models",
          pulumi.interpolate`SECRET_KEY=${args.secretKey}`,
          pulumi.interpolate`ADMIN_PASSWORD=${args.adminPassword}`,
        ],
      },
      { ...onHost, dependsOn: mayLog },
    );
    this.registerOutputs();
  }
}
