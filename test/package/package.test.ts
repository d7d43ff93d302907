import { spawnSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { blocksRunBy, root } from "../support/pages";
import {
  describeWith,
  expectToJudge,
  Folder,
  finding,
  npmInstall,
  packageJson,
  packed,
  program,
  tarball,
  version,
} from "./installed";

// The package as it is published: what is in it, and what it does in a project that has nothing else.

let folder: Folder;
beforeAll(() => {
  folder = new Folder("empty", { "package.json": '{ "name": "empty", "version": "1.0.0" }' });
  folder.must(["npm", ...npmInstall, tarball]);
});

test("the tarball holds what is needed and nothing more", () => {
  const allowed =
    /^(dist\/(index|(policies|preview|state|report|cli|stacks\/components)\/.+)\.(js|d\.ts)|profiles\/\w+\.json|preview\/languages\/python-run\.py|report\/report\.schema\.json|package\.json|PulumiPolicy\.yaml|README\.md|CHANGELOG\.md|LICENSE)$/;
  const paths = packed.files.map((f) => f.path);
  expect(paths.filter((p) => !allowed.test(p))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining([
      "CHANGELOG.md",
      "LICENSE",
      "PulumiPolicy.yaml",
      "README.md",
      "dist/cli/main.js",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/policies/pack.js",
      "dist/stacks/components/index.d.ts",
      "dist/stacks/components/index.js",
      "package.json",
      "preview/languages/python-run.py",
      "profiles/recommended.json",
      "profiles/strict.json",
      "report/report.schema.json",
    ]),
  );
});

test("the tarball is small", () => {
  expect(packed.size).toBeLessThan(450_000);
  expect(packed.unpackedSize).toBeLessThan(2_500_000);
  expect(packed.files.filter((f) => f.size > 100_000).map((f) => f.path)).toEqual([]);
});

test("what Preflight is built and tested with is not installed", () => {
  const installed = readdirSync(join(folder.path, "node_modules"));
  expect(installed).toEqual(expect.arrayContaining(["commander", "zod"]));
  expect(installed.filter((name) => /jest|biome|swc|knip/.test(name))).toEqual([]);
});

test("the library is loaded by require and by import", () => {
  const names = "{ check, toPolicy, rules }";
  const use = "console.log(typeof check, typeof toPolicy, rules.length > 30)";
  for (const code of [
    ["-e", `const ${names} = require("pulumi-preflight"); ${use}`],
    ["--input-type=module", "-e", `import ${names} from "pulumi-preflight"; ${use}`],
  ])
    expect(folder.must(["node", ...code]).trim()).toBe("function function true");
});

function worksOn(node: string): void {
  test("the command runs", () => {
    expect(folder.must(["preflight", "--version"], node).trim()).toBe(version);
    folder.must(["preflight", "rules", "--format", "json"], node);
  });

  test("a state is audited", () => {
    const urn = "urn:pulumi:dev::shop::aws:rds/instance:Instance::db";
    const values = { publiclyAccessible: true };
    const database = {
      urn,
      type: "aws:rds/instance:Instance",
      custom: true,
      id: "db",
      inputs: values,
      outputs: values,
    };
    folder.write({ "state.json": JSON.stringify({ version: 3, deployment: { resources: [database] } }) });
    const { status, results } = folder.report("audit", ["state.json"], node);
    expect(status).toBe(1);
    expect(results.map((r) => r.rule)).toContain("aws-rds-not-public");
  });

  test("a program is checked with the package's own SDK", () => {
    folder.write({ ...program, "package.json": packageJson() });
    const { status, source, results } = folder.report("check", [], node);
    expect(status).toBe(1);
    expect(source).toMatchObject({ kind: "program", project: "program" });
    expect(results).toContainEqual(finding());
  });

  test("the pack starts from node_modules, and judges", () => expectToJudge(folder.pack, node));
}

describe("with the Node that runs the tests", () => worksOn(process.execPath));

describe("as the README says", () => {
  const [beside, fromNothing] = blocksRunBy("test/package/package.test.ts");
  /** As long as it is not published, the tarball stands for its name. */
  const run = ({ path }: Folder, script = "") =>
    spawnSync(
      "bash",
      ["-e", "-c", script.replaceAll(/(npm install .*?)pulumi-preflight/g, `$1"${tarball}"`)],
      {
        cwd: path,
        encoding: "utf8",
      },
    );

  test("a program is checked", () => {
    const { status, stdout } = run(
      new Folder("beside", { ...program, "package.json": packageJson() }),
      beside?.code,
    );
    expect(stdout).toContain("aws-s3-public-access-block");
    expect(status).toBe(1);
  });

  test("there is a finding where there was nothing", () => {
    const { status, stdout } = run(new Folder("nothing"), fromNothing?.code);
    expect(stdout).toMatch(/index\.js:2:1 +orders .*\n[\s\S]*has a public address/);
    expect(status).toBe(1);
  });
});

test("a reference stack, copied as a template is, compiles and passes with what its package.json asks for", () => {
  const lexia = new Folder("lexia");
  cpSync(join(root, "stacks/lexia"), lexia.path, { recursive: true });
  lexia.must(["npm", ...npmInstall, tarball]);
  lexia.must(["tsc", "--noEmit"]);
  const answers = ["--stack", "production", "--answers", "answers.json"];
  expect(lexia.report("check", answers)).toMatchObject({ status: 0, results: [] });
});

// Node's releases are packages, too.
for (const release of ["20", "22", "24"]) {
  const command = ["npx", "--yes", "--package", `node@${release}`, "--call", "node -p process.execPath"];
  describeWith(`Node ${release}`, command, (node) => {
    test("it is that Node", () => {
      expect(folder.must(["node", "--version"], node)).toMatch(new RegExp(`^v${release}\\.`));
    });
    worksOn(node);
  });
}
