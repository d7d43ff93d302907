import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import schema from "../../report/report.schema.json";
import { preflight } from "../support/command";
import { temporaryFolder } from "../support/folder";

const folder = temporaryFolder();
const cwd = folder.path;
const secret = "hunter2-0f-the-state";

const urn = (type: string, name: string) => `urn:pulumi:production::lexia::${type}::${name}`;
const bucket = (name: string, rest: object = {}) => ({
  urn: urn("aws:s3/bucket:Bucket", name),
  type: "aws:s3/bucket:Bucket",
  custom: true,
  id: name,
  inputs: { bucket: name },
  outputs: { bucket: name },
  sourcePosition: "project:///storage.ts#3,18",
  ...rest,
});
const stateOf = (...resources: object[]) => ({ version: 3, deployment: { manifest: {}, resources } });

const kept = {
  urn: urn("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "audio"),
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  id: "audio",
  outputs: { bucket: "audio", rules: [{ id: "all", status: "Enabled", expiration: { days: 30 } }] },
};
const hidden = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(secret),
};
/** The other rules have their say in their own tests. */
const onlyLifecycles = { all: "disabled", "aws-s3-lifecycle": "mandatory" };

folder.file("bare.json", stateOf(bucket("audio", { outputs: { bucket: "audio", acl: hidden } })));
folder.file("kept.json", stateOf(bucket("audio"), kept));
folder.file("read.json", stateOf(bucket("audio", { external: true })));
folder.file("gone.json", stateOf(bucket("audio", { delete: true })));
folder.file("policy.json", onlyLifecycles);
folder.file("advisory.json", { all: "disabled", "aws-s3-lifecycle": "advisory" });
const audit = (...args: string[]) => preflight(["audit", "--policy-config", "policy.json", ...args], { cwd });

describe("a state", () => {
  test("with a mandatory violation ends with 1, and says what, where and how to mend it", async () => {
    const { code, stdout, stderr } = await audit("bare.json");
    expect(stdout).toMatch(/storage\.ts:3:18 {2}audio {2}aws:s3\/bucket:Bucket\n {2}✖ medium/);
    expect(stdout).toContain("has no enabled lifecycle rule");
    expect(stdout).toContain("aws-s3-lifecycle");
    expect(stdout).toContain("✖ 1 violation: 1 mandatory, 0 advisory");
    expect(stdout).not.toContain(secret);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("with nothing wrong ends with 0", async () => {
    const { code, stdout } = await audit("kept.json");
    expect(stdout).toContain("✔ No violations");
    expect(code).toBe(0);
  });

  test("comes from stdin, too", async () => {
    const input = readFileSync(join(cwd, "bare.json"), "utf8");
    const { code, stdout } = await preflight(["audit", "-", "--policy-config", "policy.json"], {
      cwd,
      input,
    });
    expect(stdout).toContain("✖ 1 violation");
    expect(code).toBe(1);
  });

  test("is not judged for what it only reads, nor for what is pending deletion", async () => {
    for (const file of ["read.json", "gone.json"]) expect((await audit(file)).code).toBe(0);
  });

  test.each([
    ["never", 0],
    ["advisory", 1],
    ["medium", 1],
    ["high", 0],
    ["mandatory", 0],
  ])("with an advisory violation of medium severity, --fail-on %s: %i", async (failOn, expected) => {
    const args = ["audit", "bare.json", "--policy-config", "advisory.json", "--fail-on", failOn];
    expect((await preflight(args, { cwd })).code).toBe(expected);
  });

  test("as JSON is as the schema says", async () => {
    const { stdout } = await audit("bare.json", "--format", "json", "--all");
    const report = JSON.parse(stdout);
    expect(new Ajv2020().compile(schema)(report)).toBe(true);
    expect(report).toMatchObject({
      version: 1,
      source: { kind: "state", path: "bare.json", project: "lexia", stack: "production" },
      summary: { resources: 2, rules: 1, violation: 1 },
      results: [{ rule: "aws-s3-lifecycle", at: { file: "storage.ts", line: 3, column: 18 } }],
    });
  });
});

describe("several states", () => {
  test("end with a table, and the worst of them decides", async () => {
    const { code, stdout } = await audit("kept.json", "bare.json");
    expect(stdout).toMatch(/✔ {2}lexia .*\n✖ {2}lexia .*\n$/);
    expect(code).toBe(1);
  });

  test("one that cannot be read does not hide the others", async () => {
    const { code, stdout, stderr } = await audit("missing.json", "bare.json");
    expect(stderr).toBe("error: missing.json cannot be read: there is no such file or folder.\n");
    expect(stdout).toContain("has no enabled lifecycle rule");
    expect(stdout).toMatch(/✖ {2}missing\.json {2}could not be judged/);
    expect(code).toBe(2);
  });
});

describe("a state that cannot be meant", () => {
  const text = JSON.stringify(stateOf(bucket("audio")), null, 2);
  test.each([
    [
      "truncated",
      text.slice(0, text.length / 2),
      /truncated looks cut off: it ends at line \d+, .* Export or copy it again/,
    ],
    ["empty", "", /empty is empty\./],
    [
      "no-state",
      '{ "all": "mandatory" }',
      /no-state is not a Pulumi state: it looks like a policy config\. Write a state with/,
    ],
    [
      "newer",
      '{ "version": 99, "deployment": {} }',
      /newer has the state version 99; .* versions 1 to 4\. Update it/,
    ],
    ["yaml", "version: 3\n", /yaml is not valid JSON: .* at line 1/],
  ])("%s", async (name, content, message) => {
    folder.file(name, content);
    const { code, stdout, stderr } = await audit(name);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a directory", async () => {
    expect(await audit(".")).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: . cannot be read: it is a directory.\n",
    });
  });
});

test("a state of 200 MB is judged", async () => {
  const padding = "x".repeat(20_000);
  const resources = Array.from({ length: 5_000 }, (_, i) =>
    bucket(`bucket-${i}`, {
      inputs: { bucket: `bucket-${i}`, policy: padding },
      outputs: { policy: padding },
    }),
  );
  const file = folder.file("large.json", JSON.stringify(stateOf(...resources)));
  expect(readFileSync(file).byteLength).toBeGreaterThan(200_000_000);
  const { code, stdout } = await audit("large.json", "--format", "json");
  expect(JSON.parse(stdout).summary).toMatchObject({ resources: 5_001, violation: 5_000 });
  expect(code).toBe(1);
}, 60_000);

describe("--output", () => {
  test("writes the report, over an older one, and nothing to stdout", async () => {
    folder.file("report.json", "old");
    const { code, stdout } = await audit("bare.json", "--format", "json", "--output", "report.json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(JSON.parse(readFileSync(join(cwd, "report.json"), "utf8")).version).toBe(1);
  });

  test("is never coloured", async () => {
    await preflight(["audit", "bare.json", "--output", "report.txt"], { cwd, env: { FORCE_COLOR: "1" } });
    expect(readFileSync(join(cwd, "report.txt"), "utf8")).not.toContain("\u001b");
  });

  mkdirSync(join(cwd, "a-directory"));
  test.each([
    ["a-directory", "--output a-directory is a directory. Name a file in it."],
    [
      "nowhere/report.json",
      "--output nowhere/report.json cannot be written: there is no such file or folder.",
    ],
    ["policy.json/report.json", "--output policy.json/report.json cannot be written: "],
  ])("%s is refused before anything is read", async (output, message) => {
    const { code, stderr } = await audit("missing.json", "--output", output);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("missing.json");
    expect(code).toBe(2);
  });
});

describe("a policy config that cannot be meant", () => {
  test.each([
    ["bad JSON", '{\n  "all": "mandatory",\n}', /config\.json is not valid JSON: .* at line 3/],
    ["cut off", '{\n  "all": "manda', /config\.json looks cut off/],
    ["a list", "[]", /config\.json: A policy config is a JSON object/],
    [
      "an unknown rule",
      { "aws-s3-lifecycl": "mandatory" },
      /There is no rule "aws-s3-lifecycl"\. Did you mean "aws-s3-lifecycle"\?/,
    ],
    ["an unknown level", { all: "fatal" }, /"all" has the enforcement level "fatal"; it is one of/],
    ["an unknown option", { "aws-s3-lifecycle": { dayz: 3 } }, /"aws-s3-lifecycle" has no option "dayz"/],
    [
      "a wrong type",
      { "aws-s3-lifecycle": 3 },
      /takes an enforcement level or an object with options, not 3/,
    ],
  ])("%s", async (name, content, message) => {
    const config = folder.file(`${name.replaceAll(" ", "-")}-config.json`, content);
    const { code, stdout, stderr } = await preflight(["audit", "bare.json", "--policy-config", config], {
      cwd,
    });
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("a missing file", async () => {
    const { code, stderr } = await preflight(["audit", "bare.json", "--policy-config", "none.json"], { cwd });
    expect(stderr).toBe("error: none.json cannot be read: there is no such file or folder.\n");
    expect(code).toBe(2);
  });
});
