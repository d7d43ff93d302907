import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Report } from "../../report/report";
import { Engine, root, said } from "../engine/engine";
import { urnOf } from "../support/examples";

export const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string; size: number }[];
}

// What npm has looked up once it need not look up again.
process.env.npm_config_prefer_offline = "true";

/** A folder for the tests of a file, called as some people's folders are, with the tarball in it. */
export const home = join(mkdtempSync(join(tmpdir(), "preflight-")), "mon dossier été");
mkdirSync(home);
afterAll(() => rmSync(dirname(home), { recursive: true }));
const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", home];
export const [packed]: [Packed] = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8" }));
export const tarball = join(home, packed.filename);

export const npmInstall = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];

/** A project in a folder of its own, whose commands are those of its `node_modules`. */
export class Folder {
  readonly path: string;
  /** What `--policy-pack` is given. */
  readonly pack: string;

  constructor(name: string, files: Record<string, string> = {}) {
    this.path = join(home, name);
    this.pack = join(this.path, "node_modules", "pulumi-preflight");
    mkdirSync(this.path);
    this.write(files);
  }

  write(files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.path, name), content);
  }

  run(command: readonly string[], node = process.execPath) {
    const [name = "", ...args] = command;
    const bin = join(this.path, "node_modules", ".bin");
    const PATH = [bin, dirname(node), process.env.PATH].join(delimiter);
    return spawnSync(name, args, { cwd: this.path, encoding: "utf8", env: { ...process.env, PATH } });
  }

  /** Runs what must succeed. */
  must(command: readonly string[], node?: string): string {
    const { status, stdout, stderr } = this.run(command, node);
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** `preflight` with a report as its answer. */
  report(
    command: "check" | "audit",
    args: readonly string[] = [],
    node?: string,
  ): Report & { status: number | null } {
    const { status, stdout, stderr } = this.run(["preflight", command, "--format", "json", ...args], node);
    if (!stdout) throw new Error(stderr);
    return { status, ...JSON.parse(stdout) };
  }
}

/** A program that names its bucket after the SDK that it was given. */
export const program = {
  "Pulumi.yaml": "name: program\nruntime: nodejs\n",
  "index.js": `const pulumi = require("@pulumi/pulumi");
const { version } = require("@pulumi/pulumi/version");
class Bucket extends pulumi.CustomResource {}
new Bucket("aws:s3/bucket:Bucket", version, {});
`,
};
export const packageJson = (more: object = {}) =>
  JSON.stringify({ name: "program", version: "1.0.0", license: "UNLICENSED", main: "index.js", ...more });

/** What every check of it finds. */
export const finding = (name: unknown = expect.any(String)) =>
  expect.objectContaining({
    rule: "aws-s3-public-access-block",
    resource: expect.objectContaining({ name }),
    at: { file: "index.js", line: 4, column: expect.any(Number) },
  });

const database = { type: "aws:rds/instance:Instance", name: "db", inputs: { publiclyAccessible: true } };

/** The pack, started from its folder as Pulumi starts it, says who it is and what is wrong. */
export async function expectToJudge(pack: string, node?: string): Promise<void> {
  const engine = await Engine.start(pack, {}, node);
  try {
    await engine.greet();
    expect((await engine.info()).toObject()).toMatchObject({ name: "preflight", version });
    const told = await engine.deploy({
      resources: [{ ...database, urn: urnOf(database.type, database.name) }],
    });
    expect(said(told, "aws-rds-not-public")).toHaveLength(1);
  } finally {
    await engine.stop();
  }
}

/** `describe`, and what a command prints; skipped, and said aloud, where the command cannot be had. */
export function describeWith(
  what: string,
  command: readonly string[],
  tests: (printed: string) => void,
): void {
  const [name = "", ...args] = command;
  const { status, stdout } = spawnSync(name, args, { cwd: tmpdir(), encoding: "utf8" });
  const title = `the package with ${what}`;
  if (status !== 0)
    process.stderr.write(`SKIPPED: ${title}. This does not work here: ${command.join(" ")}\n`);
  (status === 0 ? describe : describe.skip)(title, () => tests(stdout.trim()));
}
