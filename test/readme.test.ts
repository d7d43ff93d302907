import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../index";
import { Engine } from "./engine/engine";
import { temporaryFolder } from "./support/folder";
import { blocks, blocksRunBy, root } from "./support/pages";

jest.setTimeout(120_000);

// What README and docs tell people to type and to write is typed and written here, in a program that has the built
// package installed. A block that cannot run here says so in a comment above it: which file `runs` it, or why it is
// `not run`.

const elsewhere = /^(not run|runs): /;
const of = (...languages: string[]) =>
  blocks.filter((b) => languages.includes(b.language) && !elsewhere.test(b.mark));
const commands = of("sh", "bash").flatMap(({ code }) => code.split("\n").filter((line) => line !== ""));
const claimed = blocks.filter(({ mark }) => elsewhere.test(mark));
const [screen, workflow] = blocksRunBy("test/readme.test.ts");

/** The program that the README opens with. */
const opening = {
  "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: database.ts\n",
  "package.json": '{ "name": "shop" }',
  "database.ts": `import * as aws from "@pulumi/aws";

const tags = { owner: "shop" };

/** What the shop has sold. */
export const database = new aws.rds.Instance("orders", {
  instanceClass: "db.t4g.micro",
  publiclyAccessible: true,
  tags,
});
`,
};

const folder = temporaryFolder();
const cwd = join(folder.path, "storage");

beforeAll(() => {
  cpSync(join(root, "test/programs/storage"), cwd, { recursive: true });
  mkdirSync(join(cwd, "node_modules/.bin"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")).filter((n) => !n.startsWith(".")))
    symlinkSync(join(root, "node_modules", name), join(cwd, "node_modules", name));
  const main = join(root, "dist/cli/main.js");
  writeFileSync(join(cwd, "node_modules/.bin/preflight"), `#!/bin/sh\nexec node "${main}" "$@"\n`, {
    mode: 0o755,
  });
  for (const { code, mark } of of("json")) {
    const file = /^file: (\S+)$/.exec(mark)?.[1] ?? "preflight.json";
    writeFileSync(join(cwd, file), code);
  }
  writeFileSync(join(cwd, "Pulumi.production.yaml"), "config:\n  aws:region: eu-west-3\n");
});

const type = (command: string, args: readonly string[] = []) =>
  spawnSync(command, args, { cwd, encoding: "utf8", shell: args.length === 0 });

/** 1 is a finding; anything above it is a command that does not work. */
function worked({ status, stderr }: ReturnType<typeof type>): void {
  expect(stderr).not.toContain("error: ");
  expect([0, 1]).toContain(status);
}

test("there is something to run, and nothing that no test knows", () => {
  expect(commands.length).toBeGreaterThan(5);
  for (const { page, language } of blocks)
    expect({ page, language }).toEqual({
      page,
      language: expect.stringMatching(/^(sh|bash|console|ts|js|json|yaml|mermaid)$/),
    });
  expect(of("console", "yaml")).toEqual([]);
});

test.each(claimed)("$page says truly: $mark", ({ mark, code }) => {
  const [, does = "", what = ""] = /^(not run|runs): (.+)$/.exec(mark) ?? [];
  if (does === "not run") return;
  const file = readFileSync(join(root, what), "utf8");
  // A test takes its blocks from the page; whatever else runs one has it word for word.
  expect([`blocksRunBy("${what}")`, code.trim()].some((text) => file.includes(text))).toBe(true);
});

test("README.md: the program that it opens with is told what stands there", () => {
  const program = join(folder.path, "opening");
  mkdirSync(program);
  symlinkSync(join(root, "node_modules"), join(program, "node_modules"));
  for (const [name, content] of Object.entries(opening)) writeFileSync(join(program, name), content);
  const [command, ...lines] = screen?.code.trimEnd().split("\n") ?? [];
  expect(command).toBe("$ npx preflight check");
  const main = join(root, "dist/cli/main.js");
  const { stdout } = spawnSync(process.execPath, [main, "check"], { cwd: program, encoding: "utf8" });
  expect(stdout).toContain(lines.join("\n"));
});

test.each([...new Set(commands)])("%s", (command) => {
  worked(type(command));
});

test("the command of the CI example", () => {
  const [, command = ""] = /- run: (npx preflight .*)/.exec(workflow?.code ?? "") ?? [];
  expect(type(command).status).toBe(1);
});

test.each(of("json"))("$page: a file that it shows is one that the command takes", ({ code, mark }) => {
  const flag = mark === "file: answers.json" ? "--answers" : "--policy-config";
  worked(type("npx", ["preflight", "check", flag, folder.file("given.json", code)]));
});

test("tests that users are shown run as they stand", () => {
  const tests = of("ts").filter(({ code }) => code.includes("test("));
  for (const [i, { code }] of tests.entries()) writeFileSync(join(cwd, `given-${i}.test.ts`), code);
  const config = `{ ...require(${JSON.stringify(join(root, "jest.config.js"))}), roots: ["<rootDir>"] }`;
  writeFileSync(join(cwd, "jest.config.js"), `module.exports = ${config};`);
  const { stderr } = type(process.execPath, [join(root, "node_modules/jest/bin/jest.js")]);
  expect(tests.length).toBeGreaterThan(3);
  // The program breaks rules on purpose: a test of it must run, and fail for no other reason.
  expect(stderr).toMatch(new RegExp(`Tests: .*\\b${tests.length} total`));
  expect(stderr).not.toMatch(/Cannot find module|is not a function|Test suite failed|\w+Error: /);
});

test("docs/library.md: a pack of one's own", async () => {
  const [pack] = blocks.filter((b) => b.mark === "pack");
  writeFileSync(join(cwd, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(join(cwd, "package.json"), '{ "name": "acme", "version": "1.0.0", "main": "index.js" }');
  writeFileSync(join(cwd, "index.js"), pack?.code ?? "");
  const engine = await Engine.start(cwd);
  const info = (await engine.info()).toObject();
  await engine.stop();
  expect(info.name).toBe("acme");
  expect(info.policiesList.map((p) => p.name)).toContain("aws-rds-not-public");
});

test("docs/library.md names everything that the package exports", () => {
  const page = readFileSync(join(root, "docs/library.md"), "utf8");
  const types = readFileSync(join(root, "index.ts"), "utf8").matchAll(/\btype (?:\{ )?(\w+)/g);
  const exported = [...Object.keys(library), ...[...types].map(([, name = ""]) => name)];
  expect(exported.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});
