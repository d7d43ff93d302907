import * as pulumi from "@pulumi/pulumi";
import { Settings } from "../components";
import { type AddonName, addonNames } from "./cluster";

const config = new Settings();

/** Letters, digits, `-` and `_`: the value stands in a URL. */
const urlSafe = /^[\w-]+$/;

export const settings = {
  domain: config.text("domain", { what: "the name that clients call, such as api.lexia.example" }),
  zone: config.text("zone", { what: "the Route 53 zone that holds the domain, such as lexia.example" }),
  alertEmail: config.text("alertEmail", { what: "who is told of alarms, failed backups and spending" }),
  allowedOrigins: config.list("allowedOrigins", {
    what: 'the sites whose pages may call the API, such as ["https://app.lexia.example"]',
  }),

  apiImage: config.text("apiImage", {
    what: "the image of API, worker and migrations, with a tag or digest",
  }),
  llmImage: config.text("llmImage", { what: "the image of the LLM server, with a tag or digest" }),
  sttImage: config.text("sttImage", { what: "the image of the speech-to-text server, with a tag or digest" }),

  apiSecretKey: config.secret("apiSecretKey", { what: "API_SECRET_KEY, 32 characters or more", length: 32 }),
  apiKeySalt: config.secret("apiKeySalt", { what: "API_KEY_SALT, 16 characters or more", length: 16 }),
  hfToken: config.secret("hfToken", {
    what: "a token of Hugging Face that may read the models",
    length: 20,
    how: "cat hf-token.txt",
  }),
  databasePassword: config.secret("databasePassword", {
    what: "the database's password, of letters and digits, 24 characters or more",
    length: 24,
    pattern: urlSafe,
  }),
  redisPassword: config.secret("redisPassword", {
    what: "the cache's password, of letters and digits, 24 to 128 characters",
    length: 24,
    pattern: urlSafe,
  }),

  kubernetesVersion: config.text("kubernetesVersion", { what: "the version of EKS", default: "1.34" }),
  addonVersions: Object.fromEntries(
    addonNames.map((name) => [
      name,
      config.text(`addon-${name}`, {
        what: `the version of ${name}; aws eks describe-addon-versions --addon-name ${name} lists them`,
      }),
    ]),
  ) as Record<AddonName, string>,
  operatorCidrs: config.list("operatorCidrs", {
    what: "the networks from which the cluster's API is reached",
    default: [],
  }),
  adminRoleArns: config.list("adminRoleArns", {
    what: "IAM roles that administer the cluster, besides the one that deploys",
    default: [],
  }),
};
config.check();

export const stack = pulumi.getStack();

export const tags = { environment: stack, owner: "lexia", "cost-center": "lexia" };
