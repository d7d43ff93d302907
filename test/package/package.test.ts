import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const here = resolve(__dirname, "../..");
/** As some people's folders are called. */
const folder = join(mkdtempSync(join(tmpdir(), "preflight-")), "mon dossier été");
const npm = (args: string[], cwd: string) => execFileSync("npm", args, { cwd, encoding: "utf8" });

interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}
let packed: Packed;

beforeAll(() => {
  mkdirSync(folder);
  [packed] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], here));
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "version": "1.0.0" }');
  npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", `./${packed.filename}`], folder);
});
afterAll(() => rmSync(resolve(folder, ".."), { recursive: true }));

const preflight = (...args: string[]) =>
  spawnSync(process.execPath, [join(folder, "node_modules/.bin/preflight"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });

test("the tarball holds what is needed and nothing more", () => {
  const allowed =
    /^(dist\/(index|(policies|preview|state|report|cli|stacks\/components)\/.+)\.(js|d\.ts)|profiles\/\w+\.json|preview\/languages\/python-run\.py|report\/report\.schema\.json|package\.json|PulumiPolicy\.yaml|README\.md|CHANGELOG\.md|LICENSE)$/;
  const paths = packed.files.map((f) => f.path);
  expect(paths.filter((p) => !allowed.test(p))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining([
      "dist/index.js",
      "dist/index.d.ts",
      "dist/policies/pack.js",
      "dist/cli/main.js",
      "preview/languages/python-run.py",
      "PulumiPolicy.yaml",
      "profiles/strict.json",
      "profiles/recommended.json",
      "report/report.schema.json",
      "LICENSE",
    ]),
  );
  expect(packed.size).toBeLessThan(1_000_000);
});

test("the command runs", () => {
  const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
  expect(preflight("--version").stdout.trim()).toBe(version);
  expect(preflight("rules", "--format", "json").status).toBe(0);
});

test("a state is audited without any provider SDK", () => {
  const state = {
    version: 3,
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:dev::shop::aws:rds/instance:Instance::db",
          type: "aws:rds/instance:Instance",
          custom: true,
          id: "db",
          inputs: { publiclyAccessible: true },
          outputs: { publiclyAccessible: true },
        },
      ],
    },
  };
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  const { status, stdout } = preflight("audit", "state.json", "--format", "json");
  expect(status).toBe(1);
  const rules = JSON.parse(stdout).results.map((r: { rule: string }) => r.rule);
  expect(rules).toContain("aws-rds-not-public");
});

test("a program is checked with the package's own SDK", () => {
  const program = join(folder, "program");
  mkdirSync(program);
  writeFileSync(join(program, "Pulumi.yaml"), "name: program\nruntime: nodejs\n");
  writeFileSync(join(program, "package.json"), '{ "name": "program", "main": "index.js" }');
  const line = 3;
  const code = `const pulumi = require("@pulumi/pulumi");
class Bucket extends pulumi.CustomResource {}
new Bucket("aws:s3/bucket:Bucket", "audio", {});
`;
  writeFileSync(join(program, "index.js"), code);
  const { status, stdout } = preflight("check", "program", "--format", "json");
  expect(status).toBe(1);
  const { source, results } = JSON.parse(stdout);
  expect(source).toMatchObject({ kind: "program", project: "program" });
  expect(results).toContainEqual(
    expect.objectContaining({
      rule: "aws-s3-public-access-block",
      at: { file: "index.js", line, column: expect.any(Number) },
    }),
  );
});

test("the library is loaded by require and by import", () => {
  const code =
    'const p = require("pulumi-preflight"); console.log(typeof p.check, typeof p.toPolicy, p.rules.length > 30)';
  const esm =
    'import { check, toPolicy, rules } from "pulumi-preflight"; console.log(typeof check, typeof toPolicy, rules.length > 30)';
  for (const args of [
    ["-e", code],
    ["--input-type=module", "-e", esm],
  ]) {
    expect(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim()).toBe(
      "function function true",
    );
  }
});

test("the pack starts from node_modules as Pulumi starts it", async () => {
  const pack = join(folder, "node_modules/pulumi-preflight");
  const run = join(folder, "node_modules/@pulumi/pulumi/cmd/run-policy-pack");
  const child = spawn(process.execPath, [run, "127.0.0.1:0", "."], { cwd: pack });
  const [port] = await once(child.stdout, "data");
  child.kill();
  expect(String(port)).toMatch(/^\d+\n$/);
});
