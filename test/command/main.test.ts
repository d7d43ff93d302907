import { stripVTControlCharacters } from "node:util";
import { version } from "../../package.json";
import { rules } from "../../policies";
import { preflight } from "../support/command";

test("says its version", async () => {
  expect(await preflight(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("says how it is used", async () => {
  const { code, stdout } = await preflight(["--help"]);
  for (const command of ["check", "audit", "rules", "explain"]) expect(stdout).toContain(`  ${command} `);
  expect(stdout).toContain("Examples:");
  expect(code).toBe(0);
});

test.each([
  [["chek"], "unknown command 'chek'\n(Did you mean check?)"],
  [["audit", "state.json", "--al"], "unknown option '--al'\n(Did you mean --all?)"],
  [["audit"], "missing required argument 'state'"],
  [["audit", "state.json", "--format", "pdf"], "Allowed choices are text, json"],
  [["audit", "state.json", "--fail-on", "sometimes"], "Allowed choices are mandatory, advisory, never"],
  [["check", "--config", "region"], "It is written key=value."],
  [["check", "--timeout", "soon"], "It is a number of seconds"],
  [["rules", "--severity", "huge"], "Allowed choices are low, medium, high, critical"],
  [["rules", "--service", "aws-s4"], 'No rule is about "aws-s4".'],
  [
    ["explain", "aws-s3-lifecycles"],
    'There is no rule "aws-s3-lifecycles". Did you mean "aws-s3-lifecycle"?',
  ],
  [
    ["explain", "s3"],
    '"s3" is no rule, but what several are about: `preflight rules --service s3` lists them.',
  ],
  [["explain", "what"], 'There is no rule "what". `preflight rules` lists them.'],
])("%j is refused with what to do, and no stack trace", async (args, message) => {
  const { code, stdout, stderr } = await preflight(args);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

describe("rules", () => {
  test("are listed for a person", async () => {
    const { code, stdout } = await preflight(["rules"]);
    for (const rule of rules) expect(stdout).toContain(rule.id);
    expect(stdout).toContain(`${rules.length} rule`);
    expect(code).toBe(0);
  });

  test("are listed within the width of a terminal, in colour or not", async () => {
    for (const FORCE_COLOR of ["0", "1"]) {
      const { stdout } = await preflight(["rules"], { env: { FORCE_COLOR } });
      const widths = stdout.split("\n").map((line) => stripVTControlCharacters(line).length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(100);
    }
  });

  test("are none where none fits", async () => {
    const filter = ["--service", "s3", "--checklist", "praviel", "--severity", "low"];
    const { code, stdout } = await preflight(["rules", ...filter]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "No rule is all of that. Ask for less, or for something else.\n",
    });
  });

  test("are listed as data, with the schema of their options", async () => {
    const { stdout } = await preflight(["rules", "--format", "json"]);
    const listed = JSON.parse(stdout);
    expect(listed.map((r: { id: string }) => r.id)).toEqual(rules.map((r) => r.id));
    expect(listed.find((r: { id: string }) => r.id === "aws-s3-lifecycle")).toMatchObject({
      severity: "medium",
      level: "advisory",
      options: {},
      controls: { fsbp: ["S3.13"] },
    });
  });

  test("are listed as Markdown", async () => {
    const { stdout } = await preflight(["rules", "--format", "markdown", "--service", "s3"]);
    expect(stdout).toContain(
      "| [aws-s3-lifecycle](docs/rules/aws-s3-lifecycle.md) | medium | S3 buckets expire or archive",
    );
  });

  test.each([
    [["--service", "aws"], true],
    [["--service", "s3"], true],
    [["--service", "aws-s3"], true],
    [["--severity", "medium"], true],
    [["--severity", "critical"], false],
    [["--checklist", "lexia"], true],
    [["--checklist", "praviel"], false],
  ])("%j: aws-s3-lifecycle is in it: %s", async (filter, expected) => {
    const { stdout } = await preflight(["rules", "--format", "json", ...filter]);
    expect(stdout.includes('"id": "aws-s3-lifecycle"')).toBe(expected);
  });
});

test("explains a rule", async () => {
  const { code, stdout } = await preflight(["explain", "aws-s3-lifecycle"]);
  expect(stdout).toMatchSnapshot();
  expect(code).toBe(0);
});
