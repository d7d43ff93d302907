import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../index";
import { Engine, root } from "./engine/engine";
import { temporaryFolder } from "./support/folder";

jest.setTimeout(120_000);

// What README and docs tell people to type and to write is typed and written here, in a program that has the built
// package installed. A block that cannot run here says so in a comment above it: `not run` and why, or where it `runs`.

interface Block {
  page: string;
  language: string;
  code: string;
  mark: string;
}

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((f) => f.endsWith(".md"))
    .map((f) => `docs/${f}`),
];
const blocks = pages.flatMap((page): Block[] =>
  [...readFileSync(join(root, page), "utf8").matchAll(/(?:<!-- (.*?) -->\n)?```(\w+)\n([\s\S]*?)```/g)].map(
    ([, mark = "", language = "", code = ""]) => ({ page, language, code, mark }),
  ),
);
const elsewhere = /^(not run|runs): /;
const of = (...languages: string[]) =>
  blocks.filter((b) => languages.includes(b.language) && !elsewhere.test(b.mark));

/** What needs a registry or the CLI is proven by `npm run test:package`, by `npm run test:cli` and by CI itself. */
const notHere = /^(npm (install|ci)\b|pulumi\b)/;
const commands = of("sh").flatMap(({ code }) => code.split("\n").filter((l) => l !== "" && !notHere.test(l)));

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

test("there is something to run, and every comment that excuses a block says why", () => {
  expect(commands.length).toBeGreaterThan(5);
  for (const { mark } of blocks.filter((b) => elsewhere.test(b.mark))) expect(mark).toMatch(/: \S/);
  for (const { language } of blocks)
    expect(["sh", "console", "ts", "js", "json", "yaml"]).toContain(language);
});

test.each([...new Set(commands)])("%s", (command) => {
  worked(type(command));
});

test("the command of the CI example", () => {
  const [command = ""] = blocks.flatMap(({ code }) => /- run: (npx preflight .*)/.exec(code)?.[1] ?? []);
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
