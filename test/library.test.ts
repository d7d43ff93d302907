import { join } from "node:path";
import { z } from "zod";
import {
  audit,
  check,
  type Finding,
  isSet,
  type Report,
  rule,
  rules,
  SettingsError,
  UsageError,
} from "../index";

jest.setTimeout(60_000);

const program = join(__dirname, "programs/storage");
const violated = ({ results }: Report) => results.filter((r) => r.outcome === "violation").map(said);
const said = ({ rule, resource }: Finding) => `${rule}: ${resource.name}`;

test("a user's stack is production-ready", async () => {
  const { results } = await check(program, {
    policyConfig: { all: "disabled", "aws-s3-lifecycle": "advisory" },
  });
  expect(results.filter((r) => r.outcome === "violation" && r.level === "mandatory")).toEqual([]);
});

const teamTag = rule({
  id: "acme-s3-team",
  title: "Buckets say whose they are.",
  severity: "high",
  why: "Nobody answers for a bucket without a team.",
  fix: "Set the tag `team`.",
  checklists: [],
  on: ["aws:s3/bucket:Bucket"],
  config: z.strictObject({ tag: z.string().default("team").describe("The tag that names the team.") }),
  check: ({ tags }, { config }) => (isSet(tags, config.tag) ? undefined : `has no tag "${config.tag}"`),
  examples: { good: [], bad: [] },
});

describe("check", () => {
  test("reports on a program by rules of Preflight, and says where the resource is made", async () => {
    const report = await check(program, {
      policyConfig: { all: "disabled", "aws-s3-lifecycle": "mandatory" },
    });
    expect(report.source).toEqual({ kind: "program", path: program, project: "storage", stack: "dev" });
    expect(violated(report)).toEqual(["aws-s3-lifecycle: recordings"]);
    expect(report.results[0]?.at).toEqual({ file: "index.ts", line: 9, column: 1 });
  });

  test("judges by rules of one's own, with their options", async () => {
    expect(violated(await check(program, { rules: [teamTag] }))).toEqual(["acme-s3-team: audio"]);
    const policyConfig = { "acme-s3-team": { tag: "owner" } };
    expect(violated(await check(program, { rules: [teamTag], policyConfig }))).toEqual([
      "acme-s3-team: audio",
      "acme-s3-team: recordings",
    ]);
    const both = await check(program, { rules: [...rules, teamTag], all: true });
    expect(both.summary.rules).toBe(rules.length + 1);
  });

  test("throws what a caller can tell apart", async () => {
    await expect(check(join(program, "nowhere"))).rejects.toThrow(UsageError);
    await expect(check(program, { policyConfig: { "no-rule": "mandatory" } })).rejects.toThrow(SettingsError);
  });
});

describe("audit", () => {
  const type = "aws:s3/bucket:Bucket";
  const urn = `urn:pulumi:production::storage::${type}::audio`;
  const exported = { version: 3, deployment: { resources: [{ urn, type, id: "audio", outputs: {} }] } };

  test("judges what the Automation API exports", () => {
    const report = audit(exported, { rules: [teamTag] });
    expect(violated(report)).toEqual(["acme-s3-team: audio"]);
    expect(report.source).toEqual({ kind: "state", path: "state", project: "storage", stack: "production" });
  });

  test("keeps what passed on demand", () => {
    const outcomes = (all: boolean) =>
      audit(exported, { rules: [teamTag], policyConfig: { all: "disabled" }, all }).results;
    expect(outcomes(true)).toEqual([]);
    const passing = {
      ...exported,
      deployment: { resources: [{ ...exported.deployment.resources[0], outputs: { tags: { team: "a" } } }] },
    };
    expect(audit(passing, { rules: [teamTag] }).results).toEqual([]);
    expect(audit(passing, { rules: [teamTag], all: true }).results.map((r) => r.outcome)).toEqual(["pass"]);
  });

  test("throws what a caller can tell apart", () => {
    expect(() => audit({})).toThrow(UsageError);
    expect(() => audit("missing.json")).toThrow(UsageError);
  });
});
