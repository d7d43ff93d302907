import { Alerts, Backups, Bucket, Budget, EncryptionKey, Network, Uptime } from "pulumi-preflight/components";
import { Cluster } from "./cluster";
import { Data } from "./data";
import { Edge } from "./edge";
import { Elsewhere } from "./elsewhere";
import { Observability } from "./observability";
import { Secrets } from "./secrets";
import { nodePort, settings, stack, tags } from "./settings";
import { Workloads } from "./workloads";

const name = "lexia";
const clusterName = `${name}-${stack}`;
const emails = [settings.alertEmail];
const { logDays, deletionProtection } = settings;

const key = new EncryptionKey(name, { description: "Lexia", disks: true, tags });
const alerts = new Alerts(name, { emails, keyArn: key.arn, tags });
const accessLogs = new Bucket(`${name}-access-logs`, {
  deliveries: { AWSLogs: "logdelivery.elasticloadbalancing.amazonaws.com", s3: "logging.s3.amazonaws.com" },
  lifecycle: { expiration: { days: 365 } },
  tags,
});
const elsewhere = new Elsewhere(`${name}-elsewhere`, { region: settings.backupRegion, tags });
const network = new Network(name, {
  keyArn: key.arn,
  zones: settings.zones,
  natGateways: settings.natGateways,
  endpoints: ["ecr.api", "ecr.dkr", "eks-auth", "logs"],
  flowLogDays: logDays,
  tags,
});
const cluster = new Cluster(name, {
  clusterName,
  version: settings.kubernetesVersion,
  addonVersions: settings.addonVersions,
  network,
  keyArn: key.arn,
  operatorCidrs: settings.operatorCidrs,
  adminRoleArns: settings.adminRoleArns,
  system: settings.systemNodes,
  gpu: settings.gpuNodes,
  logDays,
  deletionProtection,
  tags,
});
const secrets = new Secrets(name, {
  keyArn: key.arn,
  apiSecretKey: settings.apiSecretKey,
  apiKeySalt: settings.apiKeySalt,
  hfToken: settings.hfToken,
  redisPassword: settings.redisPassword,
  tags,
});
const data = new Data(name, {
  network,
  clients: { pods: cluster.securityGroupId },
  keyArn: key.arn,
  alerts,
  accessLogs,
  audioCopy: elsewhere.audio,
  databasePassword: settings.databasePassword,
  redisPassword: secrets.redisPassword.value,
  databaseClass: settings.databaseClass,
  databaseStandby: settings.databaseStandby,
  cacheType: settings.cacheType,
  cacheNodes: settings.cacheNodes,
  logDays,
  deletionProtection,
  tags,
});
const edge = new Edge(name, {
  domain: settings.domain,
  zone: settings.zone,
  network,
  cluster,
  keyArn: key.arn,
  alerts,
  accessLogs,
  rateLimit: settings.rateLimit,
  nodePort,
  logDays,
  deletionProtection,
  tags,
});
new Workloads(name, {
  cluster,
  network,
  data,
  secrets,
  databasePassword: settings.databasePassword,
  images: {
    api: settings.apiImage,
    llm: settings.llmImage,
    stt: settings.sttImage,
    proxy: settings.proxyImage,
    devicePlugin: settings.devicePluginImage,
    autoscaler: settings.autoscalerImage,
  },
  workerCommand: settings.workerCommand,
  allowedOrigins: settings.allowedOrigins,
  databasePoolSize: settings.databasePoolSize,
  models: settings.models,
  moreModels: settings.moreModels,
  gpuMemoryShare: settings.gpuMemoryShare,
  gpus: settings.gpuNodes.max,
  minPods: settings.minPods,
  nodePort,
  keyArn: key.arn,
});
new Backups(name, {
  resources: [data.database.instance.arn, data.models.arn],
  buckets: [data.audio.arn],
  keyArn: key.arn,
  alerts,
  elsewhere,
  tags,
});
new Observability(name, { clusterName, cluster, data, edge, alerts, tags });
new Uptime(`${name}-uptime`, { domain: settings.domain, emails, tags });
new Budget(name, {
  limit: settings.monthlyBudget,
  emails,
  costTag: { key: "cost-center", value: tags["cost-center"] },
  tags,
});

export const url = `https://${settings.domain}`;
