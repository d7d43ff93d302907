import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { preflight } from "../support/command";
import { temporaryFolder } from "../support/folder";

jest.setTimeout(60_000);

const folder = temporaryFolder();
const cwd = folder.path;
symlinkSync(resolve(__dirname, "../../node_modules"), join(cwd, "node_modules"), "junction");
cpSync(join(__dirname, "../programs/storage"), join(cwd, "storage"), { recursive: true });
folder.file("mandatory.json", { all: "disabled", "aws-s3-lifecycle": "mandatory" });
folder.file("typo.json", { "aws-s3-lifecycl": "mandatory" });
folder.file("list.json", []);
folder.file("cut.json", '{ "aws:ec2/getAmi:getAmi": ');

function program(name: string, code: string): void {
  mkdirSync(join(cwd, name));
  writeFileSync(join(cwd, name, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  writeFileSync(join(cwd, name, "package.json"), '{ "private": true, "main": "index.js" }');
  writeFileSync(join(cwd, name, "index.js"), code);
}
program("talking", 'console.log("hello from the program");');
program("leaving", "process.exit(5);");

const check = (...args: string[]) =>
  preflight(["check", "--policy-config", "mandatory.json", ...args], { cwd });

test("names the line, says what to do, and ends with 1", async () => {
  const { code, stdout, stderr } = await check("storage");
  expect(stdout).toContain(`storage / dev  storage

storage/index.ts:9:1  recordings  aws:s3/bucket:Bucket
  ✖ medium   has no enabled lifecycle rule
`);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
});

test("judges this folder, unless told otherwise", async () => {
  const { code, stdout } = await preflight(
    ["check", "--format", "json", "--fail-on", "never", "--stack", "prod"],
    {
      cwd: join(cwd, "storage"),
    },
  );
  expect(JSON.parse(stdout).source).toEqual({
    kind: "program",
    path: ".",
    project: "storage",
    stack: "prod",
  });
  expect(code).toBe(0);
});

test("keeps what the program says apart from the report", async () => {
  const { code, stdout, stderr } = await check("talking", "--format", "json");
  expect(JSON.parse(stdout).source.project).toBe("talking");
  expect(stderr).toBe("talking | hello from the program\n");
  expect(code).toBe(0);
});

test("one program that fails does not hide the others", async () => {
  const { code, stdout, stderr } = await check("storage", "leaving", "talking");
  expect(stderr).toContain("error: ");
  expect(stderr).toContain("leaving");
  expect(stdout).toContain("has no enabled lifecycle rule");
  expect(stdout).toMatch(/✖ {2}storage .*\n✔ {2}talking .*\n✖ {2}leaving {2}could not be judged\n$/);
  expect(code).toBe(3);
});

test("several reports are one JSON list, in the order of the folders", async () => {
  const { stdout } = await check("talking", "storage", "--format", "json", "--output", "reports.json");
  expect(stdout).toBe("");
  const reports = JSON.parse(readFileSync(join(cwd, "reports.json"), "utf8"));
  expect(reports.map((r: { source: { path: string } }) => r.source.path)).toEqual(["talking", "storage"]);
});

test.each([
  [
    ["--policy-config", "typo.json"],
    'typo.json: There is no rule "aws-s3-lifecycl". Did you mean "aws-s3-lifecycle"?',
  ],
  [["--answers", "list.json"], "Answers must be an object"],
  [["--answers", "cut.json"], "cut.json looks cut off"],
  [["--answers", "none.json"], "none.json cannot be read: there is no such file"],
  [["--output", "storage"], "--output storage is a directory."],
])("%j is refused before a program is run", async (args, message) => {
  const { code, stdout, stderr } = await preflight(["check", "talking", ...args], { cwd });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("hello");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});
