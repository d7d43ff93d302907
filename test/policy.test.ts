import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy/proxy";
import { z } from "zod";
import { rules } from "../policies";
import type { Example } from "../policies/example";
import { toPolicy } from "../policies/policy";
import { type Rule, rule } from "../policies/rule";
import type { Registration } from "../policies/stack";
import type { Raw } from "../policies/value";
import { asPreview, plainSecret, unknown, urnOf } from "./support/examples";

interface Told {
  reports: (string | { message: string; enforcementLevel: string })[];
  notApplicable: string[];
}

class NotApplicable extends Error {}

/** Secrets as `@pulumi/policy` hands them over: nobody can tell. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value && "value" in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plain(v)]));
}

/** Runs a policy as the server of `@pulumi/policy` does, through its own unknown-checking proxy. */
function run(
  policy: ResourceValidationPolicy | StackValidationPolicy,
  registrations: readonly Registration[],
  config: Raw = {},
): Told {
  const told: Told = { reports: [], notApplicable: [] };
  const report = (message: unknown) => told.reports.push(message as string);
  const resources = registrations.map((r) => ({
    urn: r.urn,
    type: r.type,
    name: r.name,
    props: unknownCheckingProxy(plain(r.inputs)),
    ...(r.provider && { provider: { props: unknownCheckingProxy(plain(r.provider)) } }),
    propertyDependencies: {} as Record<string, unknown[]>,
    getConfig: () => config,
    notApplicable: (reason = "") => {
      throw new NotApplicable(reason);
    },
  }));
  registrations.forEach((r, i) => {
    for (const [input, urns] of Object.entries(r.propertyDependencies ?? {})) {
      const sources = urns.map((urn) => resources.find((other) => other.urn === urn));
      (resources[i] as (typeof resources)[number]).propertyDependencies[input] = sources;
    }
  });
  const attempt = (validate: () => void) => {
    try {
      validate();
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      told.notApplicable.push(error.message);
    }
  };
  if ("validateStack" in policy) {
    const [first] = resources;
    const args = { resources: resources as unknown as PolicyResource[], stackTags: new Map() };
    attempt(() => policy.validateStack({ ...first, ...args } as never, report));
  } else {
    const validate = policy.validateResource as unknown as (args: object, report: unknown) => void;
    const { __pulumiType: only } = validate as { __pulumiType?: string };
    for (const args of resources) if (!only || only === args.type) attempt(() => validate(args, report));
  }
  return told;
}

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id in a pack of one's own", ({ rule }) => {
  const policy = toPolicy(rule);
  const judged = (example: Example) => run(policy, asPreview(example), example.config);

  test.each(rule.examples.good)("accepts: $title", (example) => {
    expect(judged(example).reports).toEqual([]);
  });

  test.each(rule.examples.bad)("rejects, or leaves open: $title", (example) => {
    const { reports, notApplicable } = judged(example);
    // A rule about secrets cannot tell here which values are secret.
    if (reports.length === 0)
      expect(notApplicable).toContainEqual(expect.stringMatching(/^undetermined until deployed: /));
    for (const message of reports) {
      expect(message).toMatch(/^\S.*\. /);
      expect(message).not.toMatch(plainSecret("\\w+"));
    }
  });

  if (rule.examples.undetermined) {
    test.each(rule.examples.undetermined)("leaves open: $title", (example) => {
      const { reports, notApplicable } = judged(example);
      expect(reports).toEqual([]);
      expect(notApplicable).toContainEqual(expect.stringMatching(/^undetermined until deployed: \S/));
    });
  }

  test("says what it is", () => {
    expect(policy).toMatchObject({ name: rule.id, description: rule.title, severity: rule.severity });
    expect(Object.keys(policy.configSchema?.properties ?? {})).toEqual(Object.keys(rule.config.shape));
  });
});

describe("a rule of one's own", () => {
  const about = {
    id: "buckets-tagged",
    title: "Buckets have an owner.",
    severity: "high",
    why: "Nobody answers for them.",
    fix: "Tag it",
    checklists: [],
    examples: { good: [], bad: [] },
    on: ["aws:s3/bucket:Bucket"],
  } as const;
  const config = z.strictObject({ owner: z.string().default("platform").describe("Who.") });
  const tagged: Rule = rule({
    ...about,
    examples: { good: [], bad: [] },
    config,
    check: (bucket, { config: { owner } }) => (bucket.tags?.owner === owner ? undefined : "has no owner"),
    remediate: (bucket, { config: { owner } }) => ({ tags: { ...bucket.tags, owner } }),
  });
  const bucket = (inputs: Raw): Registration => ({
    urn: urnOf("aws:s3/bucket:Bucket", "audio"),
    type: "aws:s3/bucket:Bucket",
    name: "audio",
    inputs,
  });
  const policy = toPolicy(tagged) as ResourceValidationPolicy;

  test("takes options from the pack's config", () => {
    expect(run(policy, [bucket({ tags: { owner: "audio" } })]).reports).toEqual([
      "audio has no owner. Tag it",
    ]);
    expect(run(policy, [bucket({ tags: { owner: "audio" } })], { owner: "audio" }).reports).toEqual([]);
  });

  test("is skipped for every other type without being run", () => {
    expect(policy.validateResource).toHaveProperty("__pulumiType", "aws:s3/bucket:Bucket");
  });

  test("mends the resource it was given, so that what is secret stays so", () => {
    const props: Raw = { forceDestroy: true, policy: unknown };
    const args = { ...bucket({}), props, getConfig: () => ({}) } as unknown as ResourceValidationArgs;
    expect(policy.remediateResource?.(args)).toBe(props);
    expect(props).toEqual({ forceDestroy: true, policy: unknown, tags: { owner: "platform" } });
    expect(policy.remediateResource?.(args)).toBeUndefined();
  });

  test("blocks nothing when it fails, and says so once", () => {
    const faulty = toPolicy(
      rule({
        ...about,
        examples: { good: [], bad: [] },
        config,
        check: () => {
          throw new TypeError("nothing there");
        },
      }),
    );
    const { reports, notApplicable } = run(faulty, [bucket({}), bucket({})]);
    expect(reports).toEqual([expect.objectContaining({ enforcementLevel: "advisory" })]);
    expect(notApplicable).toEqual(["the rule failed", "the rule failed"]);
  });
});
