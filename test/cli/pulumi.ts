import { spawn, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { type Ended, preflight } from "../support/command";

export const root = join(__dirname, "..", "..");
const standin = join(__dirname, "standin");
/** The providers that stand-ins are there for; `pulumi-nodejs` is the real one, which runs dynamic providers. */
const standins = ["aws", "docker", "kubernetes", "pulumi-nodejs"];

/** The real CLI: `PULUMI_BIN`, or `pulumi` on PATH. */
const pulumi: string | undefined = [process.env.PULUMI_BIN ?? "pulumi"].find(
  (command) => spawnSync(command, ["version"]).status === 0,
);

if (!pulumi) {
  process.stderr.write(
    "SKIPPED: the suite with the real CLI. Put pulumi on PATH, or name it in PULUMI_BIN.\n",
  );
}

/** What the CLI learned after the oldest version that the pack supports: with which 3.x. */
const learned = { "policy analyze": 229, "the severity of a violation": 205 };
type Learned = keyof typeof learned;

const version = pulumi ? spawnSync(pulumi, ["version"], { encoding: "utf8" }).stdout.trim() : "";
/** A CLI that somebody built may have no version: it is taken for a new one. */
export const knows = (what: Learned): boolean => !(Number(version.split(".")[1]) < learned[what]);

for (const what of Object.keys(learned) as Learned[])
  if (pulumi && !knows(what))
    process.stderr.write(`SKIPPED: ${what}, which pulumi ${version} does not know.\n`);

/** `describe` where there is a CLI. */
export const describeWithCli = pulumi ? describe : describe.skip;

/** Whether the CLI finds its host for programs of a language. */
export const hasHost = (language: string): boolean =>
  [
    ...(process.env.PULUMI_BIN ? [dirname(process.env.PULUMI_BIN)] : []),
    ...(process.env.PATH ?? "").split(delimiter),
  ].some((folder) => existsSync(join(folder, `pulumi-language-${language}`)));

export interface Ran {
  status: number | null;
  /** Everything printed, without colours. */
  output: string;
}

/** What the engine's event log has of a policy. */
export interface Told {
  policyName: string;
  resourceUrn: string;
  message: string;
  enforcementLevel: string;
  severity?: string;
}
export type Deployed = Ran & {
  told: Told[];
  /** The engine's event log as it was written. */
  events: string;
};

/** The line that the CLI prints above a violation. */
export function headline(level: string, severity: string, rule: string, name: string): RegExp {
  const rated = knows("the severity of a violation") ? ` \\[severity: ${severity}\\]` : "";
  return new RegExp(`\\[${level}\\]${rated} +${rule} +\\(\\S+: ${name}\\)\\n`);
}

/** A program in a folder of its own, with a backend of its own: neither account nor network is needed. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "preflight-"));
  private readonly answers: string;
  private readonly env: NodeJS.ProcessEnv;

  /** The program is a folder's, or one of `programs/`. What data sources return is given as for `--answers`. */
  constructor(program: string, answers: object = {}, env: NodeJS.ProcessEnv = {}) {
    cpSync(resolve(__dirname, "programs", program), this.folder, { recursive: true });
    const providers = standins.map((name) => ({ name, path: join(standin, name) }));
    // JSON is YAML, whatever the path has in it.
    appendFileSync(join(this.folder, "Pulumi.yaml"), `\nplugins: ${JSON.stringify({ providers })}\n`);
    this.answers = this.file("answers.json", answers);
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    mkdirSync(join(this.folder, ".state"));
    for (const name of standins) chmodSync(join(standin, name, `pulumi-resource-${name}`), 0o755);
    const beside = process.env.PULUMI_BIN ? [dirname(process.env.PULUMI_BIN)] : [];
    this.env = {
      ...process.env,
      PATH: [...beside, process.env.PATH].join(delimiter),
      PULUMI_BACKEND_URL: `file://${join(this.folder, ".state")}`,
      PULUMI_HOME: join(this.folder, ".pulumi"),
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      STANDIN_ANSWERS: this.answers,
      ...env,
      // Without it there is no event log.
      PULUMI_DEBUG_COMMANDS: "true",
    };
  }

  /** Starts a stack with a config; of a setting in `secrets` the CLI keeps a ciphertext only. */
  async stack(name: string, config: Record<string, string> = {}, secrets: Record<string, string> = {}) {
    const set = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    const hidden = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await this.run("stack", "init", name);
    if (set.length + hidden.length > 0)
      await this.run("config", "set-all", "--stack", name, ...set, ...hidden);
  }

  /** `pulumi preview` or `up` under a pack, with policy config if any. */
  async deploy(command: "preview" | "up", stack: string, pack = root, policies?: object): Promise<Deployed> {
    const config = policies ? ["--policy-pack-config", this.file("policies.json", policies)] : [];
    const how = command === "up" ? ["--yes", "--skip-preview"] : [];
    const log = this.file("events.jsonl", "");
    const ran = await this.run(
      ...[command, "--stack", stack, "--policy-pack", pack, ...config, ...how, "--event-log", log],
    );
    const events = readFileSync(log, "utf8");
    const lines = events.split("\n").filter(Boolean);
    return { ...ran, events, told: lines.flatMap((line): Told[] => JSON.parse(line).policyEvent ?? []) };
  }

  /** `preflight check` of the same program and stack. */
  check(stack: string, policies: object, config: Record<string, string> = {}): Promise<Ended> {
    const given = Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]);
    const files = ["--policy-config", this.file("policies.json", policies), "--answers", this.answers];
    return preflight(["check", "--stack", stack, "--format", "json", ...files, ...given], {
      cwd: this.folder,
    });
  }

  /** Writes a file beside the program. */
  file(name: string, content: string | object): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  run(...args: string[]): Promise<Ran> {
    return this.started(pulumi as string, [...args, "--non-interactive", "--color", "never"], this.folder);
  }

  /** Runs what a page tells people to type; the first command that fails ends it. */
  sh(script: string, cwd = this.folder, env: Record<string, string> = {}): Promise<Ran> {
    return this.started("bash", ["-e", "-o", "pipefail", "-c", script], cwd, env);
  }

  private started(
    command: string,
    args: string[],
    cwd: string,
    env: Record<string, string> = {},
  ): Promise<Ran> {
    const child = spawn(command, args, { cwd, env: { ...this.env, ...env } });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
