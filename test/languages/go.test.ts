import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encrypted, unknownText as unknown } from "../../policies/value";
import { readAnswers } from "../../preview/answers";
import { check } from "../../preview/check";
import { ProgramError } from "../../preview/errors";
import { type Preview, type PreviewOptions, preview } from "../../preview/preview";
import { preflight } from "../support/command";
import { temporaryFolder } from "../support/folder";
import { makeProgram, program, removePrograms } from "../support/programs";
import { among, lines } from "../support/registrations";

// Compiling the SDK for the first time takes minutes.
jest.setTimeout(600_000);

/** The program with its modules downloaded, in one place so that Go's cache serves every run. */
const shop = prepare();
const describeWithGo = shop ? describe : describe.skip;

function prepare(): string | undefined {
  const folder = join(tmpdir(), "preflight-go-shop");
  rmSync(folder, { recursive: true, force: true });
  cpSync(program("go-shop"), folder, { recursive: true });
  const { status, error, stderr } = spawnSync("go", ["mod", "tidy"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status === 0) return folder;
  const why = error?.message ?? stderr.trim().split("\n").at(-1);
  process.stderr.write(`SKIPPED: the suite with Go programs. It needs go, and Pulumi's module: ${why}\n`);
  return undefined;
}

const temporary = temporaryFolder();
const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});
afterAll(removePrograms);

const left = () => readdirSync(tmpdir()).filter((name) => /^preflight-go-\w{6}$/.test(name));

describeWithGo("a Go program", () => {
  let before: string[];
  let result: Preview;
  let get: ReturnType<typeof among>;
  beforeAll(async () => {
    before = left();
    result = await preview(shop ?? "");
    get = among(result.registrations);
  });

  test("has the engine's URNs, parents, sources and secrets", () => {
    const bucket = "urn:pulumi:dev::shop::shop:index:Storage$aws:s3/bucket:Bucket::audio-bucket";
    expect(get("audio-bucket")).toMatchObject({ urn: bucket, parent: get("audio").urn });
    expect(get("audio-versioning")).toMatchObject({
      inputs: { bucket: unknown, versioningConfiguration: { status: "Enabled" } },
      propertyDependencies: { bucket: [bucket] },
    });
    expect(get("database").inputs.password).toMatchObject({ value: "Pl4in-password-0f-the-test" });
    expect(get("jobs-1").inputs.tags).toEqual({ owner: "platform" });
    expect(get("backup-bucket").provider).toEqual({ region: "us-east-1" });
    expect(result.output).toEqual(["done"]);
  });

  test("names the lines that made a resource", () => {
    expect(lines(get("audio"))?.[0]).toBe("main.go:38");
    expect(lines(get("backup-bucket"))?.slice(0, 2)).toEqual(["storage.go:16", "main.go:46"]);
    expect(lines(get("database"))?.[0]).toBe("main.go:68");
  });

  test("has answers that nobody knows as unknown, or as the zero value of their type", () => {
    expect(get("host").inputs).toMatchObject({
      ami: encrypted,
      userData: `image ${encrypted} of 0 GB`,
      subnetId: unknown,
    });
    expect(get("topic").inputs).toEqual({ displayName: unknown });
    expect(result.unanswered).toContainEqual({ token: "aws:ec2/getAmi:getAmi", count: 2 });
  });

  test("leaves nothing behind", () => {
    expect(left()).toEqual(before);
  });

  test("is judged with its answers, compiled beforehand, by the command", async () => {
    const binary = join(temporary.path, "shop");
    expect(spawnSync("go", ["build", "-o", binary, "."], { cwd: shop }).status).toBe(0);
    const answers = temporary.file("answers.json", {
      "aws:ec2/getAmi:getAmi": { id: "ami-1", name: "al2023", size: 8 },
      "aws:ec2/getVpc:getVpc": { id: "vpc-1" },
      "pulumi:pulumi:StackReference": { title: "shop" },
    });
    const java = join(temporary.path, "java");
    mkdirSync(java);
    writeFileSync(
      join(java, "Pulumi.yaml"),
      "name: shop\nruntime: java\nconfig: { 'shop:replicas': 1, 'shop:password': p }\n",
    );
    const run = await preflight(
      ["check", "--exec", "shop", "--answers", answers, "--format", "json", "java"],
      {
        cwd: temporary.path,
      },
    );
    expect(run).toMatchObject({ code: 1 });
    const report = JSON.parse(run.stdout);
    expect(report.unanswered).toEqual([]);
    expect(report.results.map((r: { rule: string }) => r.rule)).toContain("aws-rds-not-public");
    const { registrations } = await preview(java, {
      exec: binary,
      answers: readAnswers({ "aws:ec2/getAmi:getAmi": { id: "ami-1", name: "al2023", size: 8 } }),
    });
    expect(among(registrations)("host").inputs).toMatchObject({
      ami: "ami-1",
      userData: "image al2023 of 8 GB",
    });
    const two = await preflight(["check", "--exec", "shop", ".", "java"], { cwd: temporary.path });
    expect(two).toMatchObject({ code: 2 });
    expect(two.stderr).toContain("--exec names the program of one folder");
  });

  test("is judged at its own lines", async () => {
    const { results } = await check(shop ?? "");
    const found = results.map((r) => `${r.rule} ${r.resource.name} ${r.at?.file}:${r.at?.line}`);
    expect(found).toContain("aws-rds-not-public database main.go:68");
  });

  test.each([
    [
      "misses a setting",
      `config.New(ctx, "").Require("size"); return nil`,
      /^The setting made:size is missing: /,
    ],
    ["returns an error", `return errors.New("no zone")`, /^no zone$/],
    [
      "panics",
      `var none []int; _ = none[ctx.Stack()[0]]; return nil`,
      /^main\.go:\d+: panic: runtime error: index/,
    ],
    ["exits", `os.Exit(0); return nil`, /^The program ended before all its resources were registered/],
  ])("%s", async (_, body, message) => {
    const directory = join(temporary.path, `fails-${Math.random()}`);
    const used = { config: "pulumi/sdk/v3/go/pulumi/config", errors: "errors", os: "os" };
    const imports = Object.entries(used).map(([name, path]) =>
      body.includes(`${name}.`) ? `"${path.replace(/^pulumi\//, "github.com/pulumi/pulumi/")}"` : "",
    );
    mkdirSync(directory);
    for (const file of ["go.mod", "go.sum"]) cpSync(join(shop ?? "", file), join(directory, file));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: made\nruntime: go\n");
    writeFileSync(
      join(directory, "main.go"),
      `package main\n\nimport (\n\t${imports.join("\n\t")}\n\t"github.com/pulumi/pulumi/sdk/v3/go/pulumi"\n)\n\n` +
        `func main() { pulumi.Run(func(ctx *pulumi.Context) error {\n${body} }) }\n`,
    );
    await expect(preview(directory)).rejects.toThrow(message);
  });
});

describe("a Go program that cannot be run", () => {
  const fails = async (files: Record<string, string>, options?: PreviewOptions) => {
    const directory = makeProgram(
      { "Pulumi.yaml": "name: made\nruntime: go\n", ...files },
      { packages: false },
    );
    const error = await preview(directory, options).catch((reason: unknown) => reason);
    if (!(error instanceof ProgramError)) throw error;
    return error.message.replaceAll(directory, "<dir>");
  };
  /** A PATH with one command. */
  const only = (name: string, script: string) => {
    const file = temporary.file(name, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    process.env.PATH = dirname(file);
  };

  test("for want of go", async () => {
    process.env.PATH = join(temporary.path, "nothing");
    expect(await fails({ "main.go": "" })).toMatch(
      /^There is no go on PATH, .*install it .*, or compile the program elsewhere, and name it with --exec <file>\.$/,
    );
  });

  test("for want of a Go file", async () => {
    expect(await fails({})).toBe("<dir> has no program: there is no Go file.");
  });

  test("for want of its binary", async () => {
    const yaml = "name: made\nruntime: { name: go, options: { binary: bin/shop } }\n";
    expect(await fails({ "Pulumi.yaml": yaml })).toMatch(
      /^The compiled program bin\/shop that <dir>\/Pulumi\.yaml names is neither in <dir> nor on PATH: build it/,
    );
    await expect(fails({}, { exec: "nowhere" })).rejects.toThrow(/nowhere is no program that can be run\.$/);
  });

  test("for a compiler that takes too long, of which nothing is left", async () => {
    const before = left();
    only("go", "/bin/sleep 60");
    expect(await fails({ "main.go": "" }, { timeout: 500 })).toMatch(
      /^The program was not compiled within 0\.5 s\. .* with --timeout\.$/,
    );
    expect(left()).toEqual(before);
  });

  test("for an error of its compiler", async () => {
    const echo = (text: string) =>
      text
        .split("\n")
        .map((line) => `/bin/echo '${line}' >&2`)
        .join("\n");
    only(
      "go",
      `${echo("# example.com/shop\n./main.go:7:2: undefined: zone\n./main.go:9:2: undefined: net")}\nexit 1`,
    );
    expect(await fails({ "main.go": "" })).toBe("main.go:7:2: undefined: zone");
    const missing =
      "main.go:4:2: no required module provides package example.com/zone; to add it:\n\tgo get example.com/zone";
    only("go", `${echo(missing)}\nexit 1`);
    expect(await fails({ "main.go": "" })).toBe(missing);
  });
});
