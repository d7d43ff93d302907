import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export const root = join(__dirname, "..", "..");
const standin = join(__dirname, "standin");

/** The real CLI: `PULUMI_BIN`, or `pulumi` on PATH. */
export const pulumi: string | undefined = [process.env.PULUMI_BIN ?? "pulumi"].find(
  (command) => spawnSync(command, ["version"]).status === 0,
);

export interface Ran {
  status: number | null;
  /** Everything printed, without colours. */
  output: string;
}

/** A program in a folder of its own, with a backend of its own: neither account nor network is needed. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "preflight-"));
  private readonly env: NodeJS.ProcessEnv;

  constructor(program: string) {
    cpSync(join(__dirname, "programs", program), this.folder, { recursive: true });
    const settings = join(this.folder, "Pulumi.yaml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("STANDIN", join(standin, "aws")));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    mkdirSync(join(this.folder, ".state"));
    chmodSync(join(standin, "aws", "pulumi-resource-aws"), 0o755);
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
  deploy(command: "preview" | "up", stack: string, pack = root, policies?: object): Promise<Ran> {
    const config = join(this.folder, `${stack}-policies.json`);
    if (policies) writeFileSync(config, JSON.stringify(policies));
    const configured = policies ? ["--policy-pack-config", config] : [];
    const how = command === "up" ? ["--yes", "--skip-preview"] : [];
    return this.run(command, "--stack", stack, "--policy-pack", pack, ...configured, ...how);
  }

  run(...args: string[]): Promise<Ran> {
    const child = spawn(pulumi as string, [...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: this.env,
    });
    let output = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (output += data));
    return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
