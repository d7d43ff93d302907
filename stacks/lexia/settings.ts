import * as pulumi from "@pulumi/pulumi";
import { Settings } from "pulumi-preflight/components";
import { addonNames } from "./cluster";

const config = new Settings();

/** Letters, digits, `-` and `_`: the value stands in a URL. */
const urlSafe = /^[\w-]+$/;

const password = (key: string, whose: string) =>
  config.secret(key, {
    what: `the ${whose}'s password, 24 to 128 letters and digits`,
    length: 24,
    pattern: urlSafe,
  });

export const settings = {
  domain: config.text("domain", { what: "the name that clients call, such as api.lexia.example" }),
  zone: config.text("zone", { what: "the Route 53 zone that holds the domain, such as lexia.example" }),
  allowedOrigins: config.list("allowedOrigins", {
    what: 'the sites whose pages may call the API, such as ["https://app.lexia.example"]',
  }),
  rateLimit: config.number("rateLimit", {
    what: "requests that one address may send in five minutes",
    default: 300,
  }),

  alertEmail: config.text("alertEmail", { what: "who is told of alarms, failed backups and spending" }),
  monthlyBudget: config.number("monthlyBudget", { what: "what a month may cost, in US dollars" }),
  logDays: config.number("logDays", { what: "how long logs are kept, in days", default: 90 }),
  backupRegion: config.text("backupRegion", {
    what: "the region that keeps a second copy of every backup",
    default: "eu-central-1",
  }),
  deletionProtection: config.flag("deletionProtection", {
    what: "whether cluster, database and load balancer refuse to be destroyed",
    default: true,
  }),

  apiImage: config.text("apiImage", {
    what: "the image of API, worker and migrations, with a tag or digest",
  }),
  llmImage: config.text("llmImage", { what: "the image of the LLM server, with a tag or digest" }),
  sttImage: config.text("sttImage", { what: "the image of the speech-to-text server, with a tag or digest" }),

  proxyImage: config.text("proxyImage", {
    what: "the image of the reverse proxy, an nginx that needs no root",
    default: "docker.io/nginxinc/nginx-unprivileged:1.29.8-alpine",
  }),
  devicePluginImage: config.text("devicePluginImage", {
    what: "the image of NVIDIA's device plugin",
    default: "nvcr.io/nvidia/k8s-device-plugin:v0.18.2",
  }),
  autoscalerImage: config.text("autoscalerImage", {
    what: "the image of the cluster autoscaler, of the cluster's minor version",
    default: "registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.2",
  }),
  workerCommand: config.list("workerCommand", {
    what: "what starts a worker in the API's image",
    default: ["python", "-m", "src.worker"],
  }),
  minPods: config.number("minPods", { what: "the fewest pods of each service", default: 2 }),
  databasePoolSize: config.number("databasePoolSize", {
    what: "DB_POOL_SIZE, the connections of each pod",
    default: 10,
  }),

  models: {
    llm: config.text("llmModel", {
      what: "LLM_MODEL, by its name at Hugging Face",
      default: "Marsouuu/general7Bv2-ECE-PRYMMAL-Martial",
    }),
    whisper: config.text("whisperModel", { what: "WHISPER_MODEL", default: "Gilbert-AI/gilbert-fr-source" }),
    diarization: config.text("diarizationModel", {
      what: "DIARIZATION_MODEL",
      default: "MEscriva/gilbert-pyannote-diarization",
    }),
  },
  moreModels: config.list("moreModels", { what: "models that those load in turn", default: [] }),
  gpuMemoryShare: config.number("gpuMemoryShare", {
    what: "GPU_MEMORY_UTIL, the part of a GPU's memory that a model may take",
    default: 0.9,
  }),

  apiSecretKey: config.secret("apiSecretKey", { what: "API_SECRET_KEY, 32 characters or more", length: 32 }),
  apiKeySalt: config.secret("apiKeySalt", { what: "API_KEY_SALT, 16 characters or more", length: 16 }),
  hfToken: config.secret("hfToken", {
    what: "a token of Hugging Face that may read the models",
    length: 20,
    how: "cat hf-token.txt",
  }),
  databasePassword: password("databasePassword", "database"),
  redisPassword: password("redisPassword", "cache"),

  zones: config.number("zones", { what: "how many zones the network spans", default: 3 }),
  natGateways: config.number("natGateways", { what: "how many of them have a NAT gateway", default: 3 }),
  databaseClass: config.text("databaseClass", { what: "the database's size", default: "db.m7g.large" }),
  databaseStandby: config.flag("databaseStandby", {
    what: "whether the database has a standby in another zone",
    default: true,
  }),
  cacheType: config.text("cacheType", { what: "the cache's size", default: "cache.m7g.large" }),
  cacheNodes: config.number("cacheNodes", { what: "how many nodes the cache has", default: 2 }),

  kubernetesVersion: config.text("kubernetesVersion", { what: "the version of EKS", default: "1.35" }),
  addonVersions: config.map("addonVersions", { what: "the versions of EKS add-ons, by name", default: {} }),
  operatorCidrs: config.list("operatorCidrs", {
    what: "the networks from which the cluster's API is reached",
    default: [],
  }),
  adminRoleArns: config.list("adminRoleArns", {
    what: "IAM roles that administer the cluster, besides the one that deploys",
    default: [],
  }),
  systemNodes: {
    instanceTypes: config.list("systemInstanceTypes", {
      what: "the sizes of nodes for everything but models",
      default: ["m7i.xlarge"],
    }),
    min: config.number("systemNodesMin", { what: "the fewest such nodes", default: 3 }),
    max: config.number("systemNodesMax", { what: "the most such nodes", default: 9 }),
  },
  gpuNodes: {
    instanceTypes: config.list("gpuInstanceTypes", {
      what: "the sizes of nodes with a GPU",
      default: ["g6.2xlarge"],
    }),
    min: config.number("gpuNodesMin", { what: "the fewest such nodes", default: 4 }),
    max: config.number("gpuNodesMax", { what: "the most such nodes", default: 8 }),
  },
};

export const stack = pulumi.getStack();
const region = new pulumi.Config("aws").require("region");
/** Where every node of the system pool listens for the reverse proxy. */
export const nodePort = 30080;
export const tags = { environment: stack, owner: "lexia", "cost-center": "lexia" };

config.must(
  stack.length <= 20 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(stack),
  "The stack's name must have at most 20 lower-case letters, digits and single hyphens: it is part of others.",
);
config.must(settings.backupRegion !== region, "backupRegion must be another region than aws:region.");
for (const name of Object.keys(settings.addonVersions))
  config.must(
    addonNames.some((known) => known === name),
    `addonVersions names ${name}, which is none of ${addonNames.join(", ")}.`,
  );
config.must(
  settings.gpuNodes.min >= 2 * settings.minPods && settings.gpuNodes.max > settings.gpuNodes.min,
  "gpuNodesMin must be twice minPods or more, and gpuNodesMax above it: each pod of both model servers has a GPU.",
);
config.check();
