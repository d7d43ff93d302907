import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type Project, root } from "./pulumi";

/** A reference stack, and what a person would set before the first `up`. */
export interface Reference {
  name: string;
  secrets: Record<string, string>;
}

export const lexia: Reference = {
  name: "lexia",
  secrets: {
    apiSecretKey: "Pl4in-key-0f-the-test-0f-the-test-0f",
    apiKeySalt: "Pl4in-salt-0f-the-test",
    hfToken: "Pl4in-hf-t0ken-0f-the-test",
    databasePassword: "Pl4in-database-0f-the-test",
    redisPassword: "Pl4in-redis-0f-the-test-0f",
  },
};
export const textaiStudio: Reference = {
  name: "textai-studio",
  secrets: {
    secretKey: "Pl4in-key-0f-the-test-0f-the-test-0f",
    adminPassword: "Pl4in-password-0f-the-test",
  },
};

export const folderOf = ({ name }: Reference) => join(root, "stacks", name);

/** What AWS returns to both, as their offline preview has it. */
export const answers: Record<string, object> = JSON.parse(
  readFileSync(join(folderOf(lexia), "answers.json"), "utf8"),
);

/** Its production stack with the settings that it ships; the secrets among those nobody can read. */
export async function production(project: Project, { name, secrets }: Reference): Promise<void> {
  const { config } = parse(readFileSync(join(project.folder, "Pulumi.production.yaml"), "utf8"));
  const readable = Object.entries(config).filter(([key]) => !(key.replace(`${name}:`, "") in secrets));
  project.file("Pulumi.production.yaml", stringify({ config: Object.fromEntries(readable) }));
  await project.stack("production", {}, secrets);
}
