import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { readAnswers } from "../../preview/answers";
import { ProgramError, UsageError } from "../../preview/errors";
import { type PreviewOptions, preview } from "../../preview/preview";
import { makeProgram, removePrograms } from "../support/programs";

jest.setTimeout(60_000);
afterAll(removePrograms);

async function failure(directory: string, options?: PreviewOptions): Promise<UsageError | ProgramError> {
  const error = await preview(directory, options).then(
    () => new Error("the preview succeeded"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UsageError) && !(error instanceof ProgramError)) throw error;
  expect(`${error.message}`).not.toMatch(/node_modules|\bat .*preview\/\w+\.ts/);
  return error;
}

const pulumi = 'import * as pulumi from "@pulumi/pulumi";\n';
const queue = 'new Queue("jobs");\n';
const queueClass =
  "class Queue extends pulumi.CustomResource {\n" +
  '  constructor(name: string) {\n    super("test:index:Queue", name);\n  }\n}\n';

describe("wrong usage", () => {
  const usage = async (directory: string, options?: PreviewOptions) => {
    const error = await failure(directory, options);
    expect(error).toBeInstanceOf(UsageError);
    return error.message.replaceAll(directory, "<dir>");
  };

  test("a folder without Pulumi.yaml", async () => {
    const directory = makeProgram({});
    rmSync(join(directory, "Pulumi.yaml"));
    expect(await usage(directory)).toBe("<dir> has no Pulumi.yaml: name the folder of a Pulumi project.");
  });

  describe("a folder that is no project, but near some", () => {
    const yaml = "name: made\nruntime: nodejs\n";
    const folderOf = (files: Record<string, string>) => {
      const directory = makeProgram(files);
      rmSync(join(directory, "Pulumi.yaml"));
      return directory;
    };

    test("above one", async () => {
      expect(await usage(folderOf({ "infra/Pulumi.yaml": yaml }))).toBe(
        "<dir> has no Pulumi.yaml; the project below it is <dir>/infra: preflight check <dir>/infra",
      );
    });

    test("above many, and packages with projects of their own", async () => {
      const names = ["a", "b", "c", "d", "e", "deep/f"];
      const files = Object.fromEntries(names.map((name) => [`${name}/Pulumi.yaml`, yaml]));
      const message = await usage(folderOf({ ...files, ".cache/Pulumi.yaml": yaml }));
      expect(message).toContain("below it are <dir>/a, <dir>/b, <dir>/c, <dir>/d, <dir>/deep/f and 1 more.");
      expect(message).toMatch(/preflight check <dir>\/a <dir>\/b …$/);
      expect(message).not.toMatch(/node_modules|\.cache/);
    });

    test("within one", async () => {
      const directory = join(makeProgram({ "src/part.ts": "" }), "src");
      expect(await usage(directory)).toMatch(
        /^<dir> has no Pulumi.yaml; the project that it is part of is \S+: preflight check /,
      );
    });

    test("a file", async () => {
      expect(await usage(join(makeProgram({}), "Pulumi.yaml"))).toBe(
        "<dir> is a file: name the folder of a Pulumi project, where its Pulumi.yaml is.",
      );
    });

    test("none at all", async () => {
      expect(await usage(join(makeProgram({}), "nowhere"))).toBe("There is no folder <dir>.");
    });
  });

  test.each(["dotnet", "{ name: java }", "bun"])("the runtime %s", async (runtime) => {
    const message = await usage(makeProgram({ "Pulumi.yaml": `name: made\nruntime: ${runtime}\n` }));
    expect(message).toMatch(
      /^<dir>\/Pulumi.yaml: the offline preview runs go, nodejs, python, yaml programs, not (dotnet|java|bun)\./,
    );
    expect(message).toContain("with --exec <file>, or use the policy pack");
    expect(message).toContain("pulumi preview --policy-pack");
  });

  test("options of the runtime that are none", async () => {
    const runtime = "{ name: nodejs, options: [--inspect] }";
    const message = await usage(makeProgram({ "Pulumi.yaml": `name: made\nruntime: ${runtime}\n` }));
    expect(message).toBe("<dir>/Pulumi.yaml: the options of the runtime must be a map.");
  });

  test("a compiled program without a name", async () => {
    expect(await usage(makeProgram({}), { exec: "" })).toMatch(/is no program that can be run\.$/);
  });

  test.each([
    ["is empty", ""],
    ["was damaged", "shop: 1\n"],
  ])("a compiled program that %s", async (_, content) => {
    const folder = makeProgram({ shop: content });
    const exec = join(folder, "shop");
    chmodSync(exec, 0o755);
    expect(await usage(folder, { exec })).toMatch(/shop is no program: it is neither compiled nor a script/);
  });

  test("YAML that is none, with its line", async () => {
    const broken = {
      "Pulumi.yaml": "name: made\nruntime: nodejs\n",
      "Pulumi.dev.yaml": 'config:\n  "a:b: 1\n',
    };
    expect(await usage(makeProgram(broken))).toMatch(
      /^<dir>\/Pulumi\.dev\.yaml:\d:\d+: Missing closing "quote/,
    );
  });

  test("a project without a name", async () => {
    expect(await usage(makeProgram({ "Pulumi.yaml": "runtime: nodejs\n" }))).toContain(
      "the project has no name",
    );
  });

  test("a stack that is not there, when others are", async () => {
    const files = { "Pulumi.dev.yaml": "config: {}\n", "Pulumi.production.yaml": "config: {}\n" };
    expect(await usage(makeProgram(files), { stack: "prod" })).toBe(
      '<dir> has no stack "prod". It has: dev, production.',
    );
  });

  test.each([
    [[], "an object"],
    [{ getAmi: {} }, '"getAmi" is not a token'],
    [{ "aws:ec2/getAmi:getAmi": "ami-1" }, "must be an object (the result), or a list"],
    [{ "aws:ec2/getAmi:getAmi": [{ args: {} }] }, 'aws:ec2/getAmi:getAmi[0] must be { "args"'],
    [{ "aws:ec2/getAmi:getAmi": [{ arg: {}, result: {} }] }, 'has "arg"'],
  ])("answers that are none: %j", (given, message) => {
    expect(() => readAnswers(given)).toThrow(UsageError);
    expect(() => readAnswers(given)).toThrow(message);
  });
});

describe("a program that", () => {
  const run = async (source: string, options?: PreviewOptions, files: Record<string, string> = {}) => {
    const directory = makeProgram({ "index.ts": source, ...files });
    const error = await failure(directory, options);
    expect(error).toBeInstanceOf(ProgramError);
    return {
      message: error.message.replaceAll(directory, "<dir>"),
      details: (error as ProgramError).details,
    };
  };

  test("throws", async () => {
    const { message, details } = await run(
      `${pulumi}function deep() {\n  throw new Error("no zone");\n}\ndeep();\n`,
    );
    expect(message).toBe("index.ts:3:9: no zone");
    expect(details).toBe("    at index.ts:3:9\n    at index.ts:5:1");
  });

  test("throws later", async () => {
    const { message } = await run(
      "export = async () => {\n  await null;\n  throw new TypeError('no zone');\n};\n",
    );
    expect(message).toBe("index.ts:3:9: TypeError: no zone");
  });

  test("reports an error and goes on", async () => {
    expect((await run(`${pulumi}pulumi.log.error("no zone");`)).message).toBe("no zone");
  });

  test("throws in an apply, and then again", async () => {
    const { message, details } = await run(
      `${pulumi}pulumi.output(1).apply(() => {\n  throw new pulumi.RunError("first");\n});\n` +
        `pulumi.output(1).apply(async () => {\n  await null; throw new Error("second");\n});\n`,
    );
    expect(message).toBe("first");
    expect(details).toContain("second");
  });

  test("throws what is no error", async () => {
    const thrown = "throw Object.assign(Object.create(null), { message: 'no zone' });";
    expect((await run(`${pulumi}${thrown}`)).message).toBe("no zone");
    expect((await run(`${pulumi}throw Object.create(null);`)).message).toBe("[Object: null prototype] {}");
  });

  test("throws what another error caused", async () => {
    const { message } = await run(
      `${pulumi}throw new Error("no zone", { cause: new Error("no such file") });\n`,
    );
    expect(message).toBe("index.ts:2:7: no zone: no such file");
  });

  test("calls a machine that cannot be reached", async () => {
    const { message } = await run(`${pulumi}export = async () => { await fetch("http://host.invalid"); };\n`);
    expect(message).toMatch(/TypeError: fetch failed: .*\nThe program itself calls another machine/);
  });

  test("exits early", async () => {
    const { message } = await run(`${pulumi}${queueClass}${queue}process.exit(0);`);
    expect(message).toMatch(/^The program ended before all its resources were registered/);
  });

  test("awaits what never comes", async () => {
    const { message } = await run("export = async () => { await new Promise(() => {}); };");
    expect(message).toMatch(/^The program ended before all its resources were registered/);
  });

  test("gives up", async () => {
    const { message } = await run("console.error('no zone'); process.exit(7);");
    expect(message).toBe("The program exited with code 7: no zone");
  });

  test.each(["setInterval(() => {}, 1000);", "for (;;) {}"])("never ends: %s", async (source) => {
    const { message } = await run(source, { timeout: 2_000 });
    expect(message).toMatch(/^The program did not end within 2 s\. .*--timeout\.$/);
  });

  test("misses a setting", async () => {
    const { message } = await run(`${pulumi}new pulumi.Config().require("size");`);
    expect(message).toBe(
      "The setting made:size is missing: give it with --config made:size=<value>, " +
        'or add "made:size: <value>" under config: in Pulumi.dev.yaml.',
    );
  });

  test("misses a setting that an environment may have", async () => {
    const { message } = await run(`${pulumi}new pulumi.Config("aws").require("region");`, undefined, {
      "Pulumi.test.yaml": "environment:\n  - shared\n",
    });
    expect(message).toContain("--config aws:region=<value>");
    expect(message).toContain(
      "in Pulumi.test.yaml. Values that come from an environment (ESC) are not known",
    );
  });

  test("misses a setting that the project declares", async () => {
    const { message } = await run("export {};", undefined, {
      "Pulumi.yaml":
        "name: made\nruntime: nodejs\nconfig:\n  size:\n    type: integer\n    description: How many hosts.\n",
    });
    expect(message).toContain("The setting made:size is missing (How many hosts): give it with");
  });

  test("needs the value of an encrypted setting", async () => {
    const { message } = await run(`${pulumi}new pulumi.Config().requireSecretNumber("size");`, undefined, {
      "Pulumi.dev.yaml": "config:\n  made:size:\n    secure: v1:AAAA\n",
    });
    expect(message).toBe(
      "The setting made:size is encrypted, and the program needs its value: give it with --config made:size=<value>.",
    );
  });

  test("gets a setting of the wrong type, without printing a secret", async () => {
    const source = `${pulumi}new pulumi.Config().requireNumber("size");`;
    expect((await run(source, { config: { size: "large" } })).message).toBe(
      'The setting made:size ("large") is not a valid number: give another with --config made:size=<value>.',
    );
    const files = { "Pulumi.dev.yaml": "config:\n  made:size:\n    secure: v1:AAAA\n" };
    expect((await run(source, { config: { size: "large" } }, files)).message).not.toContain("large");
  });

  test("is no TypeScript", async () => {
    const { message } = await run(`${pulumi}const x = {\n  a: 1,\n  b 2\n};\n`);
    expect(message).toBe("index.ts:4:5: ',' expected.");
  });

  test("is no JavaScript", async () => {
    const { message } = await run("", undefined, {
      "package.json": '{ "main": "index.js" }',
      "index.js": 'require("./part");\n',
      "part.js": "const x = {\n  a: 1,\n  b 2\n};\n",
    });
    expect(message).toBe("part.js:3: Unexpected number");
  });

  test("has settings that its compiler refuses", async () => {
    const { message } = await run(pulumi, undefined, {
      "tsconfig.json": '{ "compilerOptions": { "module": "commonjs", "moduleResolution": "nodenext" } }',
    });
    expect(message).toMatch(/^tsconfig\.json: /);
  });

  test("is an ES module in TypeScript, without ts-node", async () => {
    const ran = run("export {};", undefined, {
      "package.json": '{ "private": true, "type": "module", "main": "index.ts" }',
    });
    // Newer releases of Node run TypeScript by themselves.
    if ("typescript" in process.features) return expect(ran).rejects.toThrow("the preview succeeded");
    expect((await ran).message).toBe(
      "index.ts is an ES module in TypeScript, which needs ts-node: run npm install --save-dev ts-node in <dir>.",
    );
  });

  test("needs a package that is not installed", async () => {
    const { message } = await run('import * as zones from "@example/zones/deep";\nconsole.log(zones);\n');
    expect(message).toBe(
      "index.ts: the package @example/zones is not installed: run npm install @example/zones in <dir>.",
    );
  });

  test("needs a file that is not there", async () => {
    const { message } = await run('import * as zones from "./zones";\nconsole.log(zones);\n');
    expect(message).toBe("index.ts: the file ./zones does not exist.");
  });

  test("is not there", async () => {
    const files = { "Pulumi.yaml": "name: made\nruntime: nodejs\nmain: program/\n" };
    expect((await run("", undefined, files)).message).toBe(
      "<dir>/Pulumi.yaml: main is program/, which does not exist.",
    );
  });

  test("is a folder without one", async () => {
    const directory = makeProgram({ "package.json": "{}" });
    expect((await failure(directory)).message).toBe(
      `${directory} has no program: there is no index.ts or index.js, and package.json has no main.`,
    );
  });

  test("has no @pulumi/pulumi", async () => {
    const directory = makeProgram({ "index.ts": "" }, { packages: false });
    expect((await failure(directory)).message).toBe(
      `@pulumi/pulumi is not installed in ${directory}: run npm install there.`,
    );
  });

  test("gives two resources one name", async () => {
    const { message } = await run(`${pulumi}${queueClass}${queue}${queue}`);
    expect(message).toBe(
      "index.ts:8: two resources have the URN urn:pulumi:dev::made::test:index:Queue::jobs: give each its own name.",
    );
  });

  test("fails on an answer that nobody has", async () => {
    const { message } = await run(
      `${pulumi}export = async () => {\n` +
        '  const ami = await pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {});\n' +
        "  ami.name.isNoMethodOfAText();\n};\n",
    );
    expect(message).toMatch(/^index\.ts:4:12: TypeError: ami\.name\.isNoMethodOfAText is not a function\n/);
    expect(message).toContain("Nobody could answer aws:ec2/getAmi:getAmi offline");
    expect(message).toMatch(/--answers answers\.json:\n {2}\{ "aws:ec2\/getAmi:getAmi": \{ "id": "…" \} \}$/);
  });
});

test("nothing is left running", async () => {
  const directory = makeProgram({
    "index.ts":
      'import { spawn } from "node:child_process";\n' +
      'const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });\n' +
      'console.log("pids", process.pid, child.pid);\n',
  });
  const lines: string[] = [];
  await failure(directory, { timeout: 3_000, onOutput: (line) => lines.push(line) });
  const pids = lines.flatMap((line) => /^pids (\d+) (\d+)$/.exec(line)?.slice(1) ?? []).map(Number);
  expect(pids).toHaveLength(2);
  for (let i = 0; i < 50 && pids.some(runs); i++) await new Promise((done) => setTimeout(done, 20));
  expect(pids.filter(runs)).toEqual([]);
  expect(process.listeners("SIGINT")).toEqual([]);
});

test("a signal leaves no program running, and no folder that was made for it", async () => {
  const directory = makeProgram({
    "Pulumi.yaml": "name: made\nruntime: go\n",
    "main.go": "",
    "bin/go": '#!/bin/sh\ncp program "$4"\n',
    program: "#!/bin/sh\necho pid $$\nexec sleep 60\n",
    "temporary/folder": "",
  });
  for (const file of ["bin/go", "program"]) chmodSync(join(directory, file), 0o755);
  const command = spawn(process.execPath, [resolve(__dirname, "../../dist/cli/main.js"), "check"], {
    cwd: directory,
    env: {
      ...process.env,
      PATH: [join(directory, "bin"), process.env.PATH].join(delimiter),
      TMPDIR: join(directory, "temporary"),
    },
  });
  let said = "";
  const pid = await new Promise<number>((done) => {
    command.stderr.on("data", (data) => {
      said += data;
      const found = /pid (\d+)/.exec(said)?.[1];
      if (found) done(Number(found));
    });
    command.on("close", () => done(0));
  });
  expect(runs(pid)).toBe(true);
  command.kill("SIGTERM");
  await once(command, "close");
  expect(command.signalCode).toBe("SIGTERM");
  expect(readdirSync(join(directory, "temporary"))).toEqual(["folder"]);
  expect(runs(pid)).toBe(false);
});

/** Whether a process is more than an entry that nobody has cleared away. */
function runs(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout.trim());
}

test("several previews at once do not mix", async () => {
  const names = ["one", "two", "three"];
  const all = await Promise.all(
    names.map((name) =>
      preview(
        makeProgram({
          "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
          "index.ts": `${pulumi}new pulumi.CustomResource("test:index:Queue", "${name}");\nconsole.log("${name}");\n`,
        }),
      ),
    ),
  );
  expect(all.map((p) => [p.project, p.output, p.registrations.map((r) => r.name)])).toEqual(
    names.map((name) => [name, [name], [`${name}-dev`, name]]),
  );
});
