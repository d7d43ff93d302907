import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { rules } from "../policies";
import { isResourceRule } from "../policies/rule";
import { defaultLevel } from "../policies/settings";
import type { Raw } from "../policies/value";
import { type Deployed, Engine, open, root, said, secret } from "./engine/engine";
import { asPreview, secretSettings, unknown, urnOf } from "./support/examples";

// The built pack, spoken to as the engine speaks to it. Needs `npm run build`.
const madeUp = join(__dirname, "fixtures", "pack");
const bucketType = "aws:s3/bucket:Bucket";
const resource = (type: string, name: string, inputs: Raw, more: Partial<Deployed> = {}): Deployed => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  ...more,
});
const bucket = (inputs: Raw, more?: Partial<Deployed>) => resource(bucketType, "audio", inputs, more);

describe("the pack", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine.stop());

  test("offers every rule, with what the engine shows of it", async () => {
    const info = (await engine.info()).toObject();
    expect(info).toMatchObject({ name: "preflight", supportsconfig: true, displayname: "Preflight" });
    expect(info.version).toBe(require("../package.json").version);
    expect(info.policiesList.map((p) => p.name)).toEqual(rules.map((r) => r.id));
    for (const rule of rules) {
      const policy = info.policiesList.find((p) => p.name === rule.id);
      expect(policy).toMatchObject({
        description: rule.title,
        remediationSteps: rule.fix,
        url: expect.stringMatching(new RegExp(`/docs/rules/${rule.id}\\.md$`)),
        enforcementlevel: defaultLevel(rule.severity) === "mandatory" ? 1 : 0,
        severity: ["", "low", "medium", "high", "critical"].indexOf(rule.severity),
        policyType: isResourceRule(rule) ? 1 : 2,
        tagsList: expect.arrayContaining([...rule.checklists]),
      });
    }
  });

  test("describes and defaults every option", async () => {
    for (const policy of (await engine.info()).getPoliciesList()) {
      const rule = rules.find((r) => r.id === policy.getName());
      const options = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
      expect(Object.keys(options).sort()).toEqual(Object.keys(rule?.config.shape ?? {}).sort());
      expect(policy.getConfigschema()?.getRequiredList()).toEqual([]);
      for (const option of Object.values(options))
        expect(option).toMatchObject({ description: expect.any(String), default: expect.anything() });
    }
  });

  test.each(rules.map((rule) => ({ id: rule.id, rule })))("judges the examples of $id", async ({ rule }) => {
    const { good, bad, undetermined = [] } = rule.examples;
    const judged = async (example: (typeof good)[number]) =>
      engine.deploy({
        policies: { all: "disabled", [rule.id]: { enforcementLevel: "mandatory", ...example.config } },
        secrets: secretSettings(example),
        resources: asPreview(example),
      });
    for (const example of good) expect(said(await judged(example), rule.id)).toEqual([]);
    for (const example of bad) {
      const told = said(await judged(example), rule.id);
      expect(told).not.toEqual([]);
      for (const message of told)
        expect([message.startsWith(`${rule.title}\n`), message.endsWith(`. ${rule.fix}`)]).toEqual([
          true,
          true,
        ]);
    }
    for (const example of undetermined) {
      const told = await judged(example);
      expect(said(told, rule.id)).toEqual([]);
      expect(open(told, rule.id)).toContainEqual(expect.stringMatching(/^undetermined until deployed: /));
    }
  });

  test("refuses a config that cannot be meant, and says what to write", async () => {
    const policies = { "aws-s3-lifecycles": "mandatory" };
    await expect(engine.deploy({ policies, resources: [] })).rejects.toThrow(
      'There is no rule "aws-s3-lifecycles". Did you mean "aws-s3-lifecycle"?',
    );
  });

  test("takes the name that Pulumi gave to a secret for no secret", async () => {
    const secretType = "aws:secretsmanager/secret:Secret";
    const rule = "aws-lambda-plain-environment";
    const reader = (DB_SECRET: string) =>
      resource("aws:lambda/function:Function", "api", {
        role: "api",
        environment: { variables: { DB_SECRET } },
      });
    const made = resource(secretType, "db", { name: "db-1a2b3c4" });
    const told = async (...resources: Deployed[]) => said(await engine.deploy({ resources }), rule);
    expect(await told(made, reader("db-1a2b3c4"))).toEqual([]);
    expect(await told(made, reader("db-2b3c4d5"))).toHaveLength(1);
  });

  test("takes no vault that the engine has named as a plan's own for the one of its copies", async () => {
    const vault = resource("aws:backup/vault:Vault", "near", { name: "near-1a2b3c4", region: "eu-west-3" });
    const plan = (targetVaultName: string) =>
      resource(
        "aws:backup/plan:Plan",
        "daily",
        {
          region: "eu-west-3",
          rules: [{ targetVaultName, copyActions: [{ destinationVaultArn: unknown }] }],
        },
        { propertyDependencies: { rules: [vault.urn] } },
      );
    const told = async (target: string) =>
      said(await engine.deploy({ resources: [vault, plan(target)] }), "aws-backup-copy-elsewhere");
    expect(await told("near-1a2b3c4")).toEqual([]);
    expect(await told("main")).toHaveLength(1);
  });

  test("judges 500 resources, one call after the other, in seconds", async () => {
    const resources = Array.from({ length: 500 }, (_, i) =>
      resource(bucketType, `bucket-${i}`, { tags: { index: String(i) }, lifecycleRules: [] }),
    );
    const start = performance.now();
    const told = await engine.deploy({ resources });
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(said(told, "aws-s3-lifecycle")).toHaveLength(500);
  });

  test("prints nothing but its port", () => {
    expect(engine.printed.stdout).toMatch(/^\d+\n$/);
    expect(engine.printed.stderr).toBe("");
  });
});

test("loading the pack loads no provider SDK and no other server", () => {
  const script = `require("./dist/policies/pack.js"); console.log(JSON.stringify(Object.keys(require.cache))); setTimeout(() => process.exit(0), 500);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  const [loaded = "[]", port, ...rest] = stdout.trim().split("\n");
  expect(port).toMatch(/^\d+$/);
  expect(rest).toEqual([]);
  const files: string[] = JSON.parse(loaded);
  const packages = new Set(
    files.flatMap((file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? []),
  );
  expect([...packages].filter((p) => p.startsWith("@pulumi"))).toEqual(["@pulumi/pulumi"]);
  expect(files.filter((f) => /@pulumi.pulumi.(?!proto)/.test(f))).toEqual([]);
});

describe("in front of another engine", () => {
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.start();
  });

  test("an old one, which tells nothing of the stack, has nothing mended and says no goodbye", async () => {
    const told = await engine.judge([bucket({})], { remediates: false });
    await engine.kill();
    expect(said(told, "aws-s3-lifecycle")).toHaveLength(1);
    expect(told.remediations).toEqual([]);
  });

  test("one that greets first", async () => {
    await engine.greet();
    expect(said(await engine.deploy({ resources: [bucket({})] }), "aws-s3-lifecycle")).toHaveLength(1);
    await engine.stop();
  });
});

describe("whatever the rules", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start(madeUp);
  });
  afterAll(() => engine.stop());

  test("a rule that fails says so once, and blocks nothing", async () => {
    const resources = [bucket({}), resource(bucketType, "video", {})];
    const told = await engine.deploy({ resources });
    expect(told.diagnostics.filter((d) => d.policyname === "faulty")).toEqual([
      expect.objectContaining({
        enforcementlevel: 0,
        message:
          "faulty could not judge audio: TypeError: nothing there. Nothing is blocked by this; please report it.",
      }),
    ]);
    expect(open(told, "faulty")).toEqual(["the rule failed", "the rule failed"]);
    expect(said(await engine.deploy({ resources }), "faulty")).toEqual([]);
  });

  test("a violation names the resource, its rule's level and severity, and the fix", async () => {
    const { diagnostics } = await engine.deploy({ resources: [bucket({})] });
    expect(diagnostics.find((d) => d.policyname === "tagged")).toEqual({
      policyname: "tagged",
      policypackname: "preflight",
      policypackversion: require("../package.json").version,
      description: "Buckets have an owner.",
      message: 'Buckets have an owner.\naudio has no owner "platform". Change it',
      urn: urnOf(bucketType, "audio"),
      enforcementlevel: 1,
      severity: 3,
    });
  });

  test("says by which controls and checklists a rule is known", async () => {
    const policy = (await engine.info()).toObject().policiesList.find((p) => p.name === "tagged");
    expect(policy?.framework).toMatchObject({
      name: "AWS Foundational Security Best Practices",
      reference: "S3.1, S3.2",
    });
    expect(policy?.tagsList).toEqual([
      "AWS Foundational Security Best Practices S3.1",
      "AWS Foundational Security Best Practices S3.2",
      "Checkov CKV_1",
      "lexia",
    ]);
  });

  test("honours levels and options", async () => {
    const resources = [bucket({ tags: { owner: "audio" } })];
    const owner = (policies: Record<string, string | Raw>) => engine.deploy({ policies, resources });
    expect(said(await owner({ tagged: "disabled" }), "tagged")).toEqual([]);
    expect(said(await owner({ tagged: { owner: "audio" } }), "tagged")).toEqual([]);
    const { diagnostics } = await owner({ all: "advisory" });
    expect(diagnostics.find((d) => d.policyname === "tagged")?.enforcementlevel).toBe(0);
    await expect(owner({ tagged: { owners: "audio" } })).rejects.toThrow('Did you mean "owner"?');
  });

  test("an unknown value is left open, and quiet", async () => {
    const told = await engine.deploy({ resources: [bucket({ tags: unknown })] });
    expect(said(told, "tagged")).toEqual([]);
    expect(open(told, "tagged")).toEqual(["undetermined until deployed: tags"]);
  });

  test("a rule that a resource does not concern counts as not applicable, not as passed", async () => {
    const told = await engine.deploy({ resources: [resource("aws:sqs/queue:Queue", "jobs", {})] });
    const rulesOfResources = ["configured", "faulty", "kept", "marked", "parsing", "tagged", "unmendable"];
    const stack = ["named", "stands"];
    expect(told.diagnostics).toEqual([]);
    expect(told.notApplicable.map((n) => n.policyName).sort()).toEqual(
      [...rulesOfResources, ...stack].sort(),
    );
  });

  test("tells a secret from a literal, and repeats neither", async () => {
    const literal = await engine.deploy({ resources: [bucket({ policy: "Pl4in-policy" })] });
    expect(said(literal, "marked")).toHaveLength(1);
    const marked = await engine.deploy({ resources: [bucket({ policy: secret("Pl4in-policy") })] });
    expect(said(marked, "marked")).toEqual([]);
    expect(said(marked, "parsing")).toEqual([]);
    expect(said(literal, "parsing")[0]).toMatch(/could not judge audio: SyntaxError\. /);
    expect(JSON.stringify([literal, marked])).not.toContain("Pl4in-policy");
  });

  test("knows the secrets of the stack's config, but for the shortest", async () => {
    const parameter = (value: string) => [resource("aws:ssm/parameter:Parameter", "token", { value })];
    const given = {
      config: { "app:host": "example.com" },
      secrets: { "app:token": "Pl4in-token", "app:pin": "42" },
    };
    const judged = async (value: string) =>
      said(await engine.deploy({ ...given, resources: parameter(value) }), "configured");
    expect(await judged("Pl4in-token")).toEqual([expect.not.stringContaining("Pl4in-token")]);
    expect(await judged("example.com")).toEqual([]);
    expect(await judged("42")).toEqual([]);
  });

  test("mends one after the other, and keeps secrets and unknown values as they were", async () => {
    const inputs = {
      bucket: unknown,
      policy: secret("Pl4in-policy"),
      tags: secret({ team: "audio" }),
      forceDestroy: true,
    };
    const told = await engine.deploy({
      policies: { tagged: "remediate", kept: "remediate" },
      resources: [bucket(inputs)],
    });
    const tags = secret({ team: "audio", owner: "platform" });
    expect(told.remediations).toEqual([
      { policy: "tagged", properties: { ...inputs, tags }, diagnostic: "" },
      { policy: "kept", properties: { ...inputs, tags, forceDestroy: false }, diagnostic: "" },
    ]);
    expect([...said(told, "tagged"), ...said(told, "kept")]).toEqual([]);
  });

  test("mends nothing that is as it must be, and nothing at another level", async () => {
    const resources = [bucket({ forceDestroy: true, tags: { owner: "platform" } })];
    expect((await engine.deploy({ policies: { tagged: "remediate" }, resources })).remediations).toEqual([]);
  });

  test("a mending that fails says why, and the violation stands", async () => {
    const policies = { unmendable: "remediate" };
    const mended = async (acl: unknown) => engine.deploy({ policies, resources: [bucket({ acl })] });
    const unknownYet = await mended(unknown);
    expect(unknownYet.remediations).toEqual([
      {
        policy: "unmendable",
        diagnostic: "unmendable could not mend audio: acl is unknown until deployed.",
      },
    ]);
    expect(unknownYet.diagnostics.find((d) => d.policyname === "unmendable")?.enforcementlevel).toBe(1);
    const nonsense = await engine.deploy({ policies: { parsing: "remediate" }, resources: [bucket({})] });
    expect(nonsense.remediations).toMatchObject([
      { policy: "parsing", diagnostic: expect.stringMatching(/./) },
    ]);
    const [failed] = (await mended(7)).remediations;
    expect(failed?.diagnostic).toMatch(/^unmendable could not mend audio: TypeError/);
  });

  test("a stack rule judges outputs where they are known, inputs where they are not", async () => {
    const judged = async (inputs: Raw, outputs: Raw, region = "eu-west-3") =>
      engine.deploy({ resources: [bucket(inputs, { outputs, provider: { region } })] });
    expect(said(await judged({}, { acl: "public-read" }), "named")).toHaveLength(1);
    expect(said(await judged({ acl: "public-read" }, { acl: unknown }), "named")).toHaveLength(1);
    const computed = await judged({}, { id: unknown, acl: unknown });
    expect([...said(computed, "named"), ...open(computed, "named")]).toEqual([]);
    const settled = await judged({ acl: unknown }, { acl: "private" });
    expect([...said(settled, "named"), ...open(settled, "named")]).toEqual([]);
    const later = await judged({ acl: unknown }, { acl: unknown });
    expect(open(later, "named")).toEqual(["undetermined until deployed: acl"]);
    expect(said(await judged({}, {}, "us-east-1"), "named")[0]).toContain("is elsewhere");
  });

  test("what the stack must have is reported on the stack", async () => {
    const root = resource("pulumi:pulumi:Stack", "example-production", {});
    const { diagnostics } = await engine.deploy({ resources: [root] });
    expect(diagnostics).toMatchObject([{ policyname: "stands", urn: root.urn }]);
  });
});
