import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

/** A secret setting that is long enough to be one; an example value stops the deployment. */
function secretOf(key: string, length: number): pulumi.Output<string> {
  return config.requireSecret(key).apply((value) => {
    if (value.length >= length) return value;
    throw new pulumi.RunError(
      `${config.name}:${key} needs at least ${length} characters: pulumi config set --secret ${key} <value>`,
    );
  });
}

export const settings = {
  domain: config.require("domain"),
  zone: config.require("zone"),
  image: config.require("image"),
  sshPublicKey: config.require("sshPublicKey"),
  alertEmail: config.require("alertEmail"),
  secretKey: secretOf("secretKey", 32),
  adminPassword: secretOf("adminPassword", 16),
  monthlyBudget: config.getNumber("monthlyBudget") ?? 250,
  instanceType: config.get("instanceType") ?? "t3.large",
  backupRegion: config.get("backupRegion") ?? "eu-central-1",
};

export const tags = {
  environment: pulumi.getStack(),
  owner: "textai-studio",
  "cost-center": "textai-studio",
};
