import { join } from "node:path";
import { rules } from "../policies";
import type { Example } from "../policies/example";
import { toPolicy } from "../policies/policy";
import type { Raw } from "../policies/value";
import { Engine, open, said, secret } from "./engine/engine";
import { asPreview, plainSecret, unknown, urnOf } from "./support/examples";

// The rules in a pack of a user's own, served by the real `@pulumi/policy`. Needs `npm run build`.
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start(join(__dirname, "fixtures", "own"));
});
afterAll(() => engine.stop());

const left = /^undetermined until deployed: \S/;

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id in a pack of one's own", ({ rule }) => {
  const judged = async ({ config, ...example }: Example) => {
    const level = { enforcementLevel: "mandatory", ...config };
    const policies = { all: "disabled", [rule.id]: level };
    const told = await engine.deploy({ policies, resources: asPreview(example) });
    expect(JSON.stringify(told)).not.toMatch(plainSecret("\\w+"));
    return { reports: said(told, rule.id), notApplicable: open(told, rule.id) };
  };

  test.each(rule.examples.good)("accepts: $title", async (example) => {
    expect((await judged(example)).reports).toEqual([]);
  });

  test.each(rule.examples.bad)("rejects, or leaves open: $title", async (example) => {
    const { reports, notApplicable } = await judged(example);
    for (const message of reports)
      expect([message.startsWith(`${rule.title}\n`), message.endsWith(`. ${rule.fix}`)]).toEqual([
        true,
        true,
      ]);
    // A rule about secrets cannot tell here which values are secret.
    if (reports.length === 0) expect(notApplicable).toContainEqual(expect.stringMatching(left));
  });

  if (rule.examples.undetermined) {
    test.each(rule.examples.undetermined)("leaves open: $title", async (example) => {
      const { reports, notApplicable } = await judged(example);
      expect(reports).toEqual([]);
      expect(notApplicable).toContainEqual(expect.stringMatching(left));
    });
  }

  test("says what it is", async () => {
    const { policiesList } = (await engine.info()).toObject();
    expect(policiesList.find((p) => p.name === rule.id)).toMatchObject({
      description: rule.title,
      remediationSteps: rule.fix,
      severity: ["", "low", "medium", "high", "critical"].indexOf(rule.severity),
    });
  });

  test("is passed by where it cannot apply, without being run", () => {
    const policy = toPolicy(rule);
    const validate = "validateStack" in policy ? policy.validateStack : policy.validateResource;
    const only = (validate as { __pulumiType?: string }).__pulumiType;
    expect(only).toBe(rule.on.length === 1 ? rule.on[0] : undefined);
  });
});

describe("whatever the rules", () => {
  const type = "aws:s3/bucket:Bucket";
  const deploy = (inputs: Raw, policies: Record<string, string | Raw>) =>
    engine.deploy({
      policies: { all: "disabled", ...policies },
      resources: ["audio", "video"].map((name) => ({ urn: urnOf(type, name), type, name, inputs })),
    });

  test("options come from the pack's config", async () => {
    const tags = { owner: "audio" };
    expect(said(await deploy({ tags }, { tagged: "mandatory" }), "tagged")).toHaveLength(2);
    expect(
      said(await deploy({ tags }, { tagged: { enforcementLevel: "mandatory", owner: "audio" } }), "tagged"),
    ).toEqual([]);
  });

  test("a rule that fails says so once, and blocks nothing", async () => {
    const { diagnostics } = await deploy({}, { faulty: "mandatory" });
    expect(diagnostics).toMatchObject([
      { enforcementlevel: 0, message: expect.stringContaining("faulty could not judge audio: TypeError") },
    ]);
  });

  test("mends, and keeps secrets and unknown values as they were", async () => {
    const inputs = { bucket: unknown, policy: secret("Pl4in-policy"), forceDestroy: true };
    const { remediations, diagnostics } = await deploy(inputs, { tagged: "remediate", kept: "remediate" });
    const tagged = { ...inputs, tags: { owner: "platform" } };
    expect(remediations.slice(0, 2)).toEqual([
      { policy: "tagged", properties: tagged, diagnostic: "" },
      { policy: "kept", properties: { ...tagged, forceDestroy: false }, diagnostic: "" },
    ]);
    expect(diagnostics).toEqual([]);
  });

  test("cannot tell a secret from a literal, and says neither", async () => {
    const told = await deploy({ policy: secret("Pl4in-policy") }, { marked: "mandatory" });
    expect(JSON.stringify(told)).not.toContain("Pl4in-policy");
  });
});
