import { rules } from "../policies";
import type { Example } from "../policies/example";
import { isResourceRule, type Result, type Rule } from "../policies/rule";
import { type Registration, Stack } from "../policies/stack";
import { asPreview, asState, plainSecret } from "./support/examples";

function judge(rule: Rule, registrations: Registration[], { config }: Example): Result[] {
  const stack = new Stack(registrations);
  const verdict = rule.judge(config);
  return stack.all(...rule.on).flatMap((resource) => verdict(resource, stack));
}

const said = (results: Result[]) =>
  results.map(({ resource, part, message }) => [resource.name, part, message].filter(Boolean).join(" "));
const violations = (results: Result[]) => said(results.filter((r) => r.outcome === "violation"));

describe.each(rules.map((rule) => ({ id: rule.id, rule })))("$id", ({ rule }) => {
  test.each(rule.examples.good)("accepts: $title", (example) => {
    for (const form of [asPreview(example), asState(example)]) {
      if (!form) continue;
      const results = judge(rule, form, example);
      expect(said(results.filter((r) => r.outcome !== "pass" && r.outcome !== "not applicable"))).toEqual([]);
      expect(results).not.toEqual([]);
    }
  });

  test.each(rule.examples.bad)("rejects: $title", (example) => {
    const inPreview = violations(judge(rule, asPreview(example), example));
    expect(inPreview).not.toEqual([]);
    expect(inPreview).toMatchSnapshot();
    const state = asState(example);
    if (state) expect(violations(judge(rule, state, example))).toEqual(inPreview);
  });

  if (rule.examples.undetermined) {
    test.each(rule.examples.undetermined)("leaves open: $title", (example) => {
      const outcomes = judge(rule, asPreview(example), example).map((r) => r.outcome);
      expect(outcomes).toContain("undetermined");
      expect(outcomes).not.toContain("violation");
      expect(outcomes).not.toContain("fault");
    });
  }

  test("never prints a secret", () => {
    const { good, bad, undetermined = [] } = rule.examples;
    for (const example of [...good, ...bad, ...undetermined]) {
      for (const m of said(judge(rule, asPreview(example), example)))
        expect(m).not.toMatch(plainSecret("\\w+"));
    }
  });

  if (isResourceRule(rule)) {
    test("judges a resource alone as it does among the others", () => {
      const { good, bad, undetermined = [] } = rule.examples;
      for (const example of [...good, ...bad, ...undetermined]) {
        const form = asPreview(example);
        const alone = form.flatMap((r) => judge(rule, [{ ...r, propertyDependencies: {} }], example));
        expect(violations(alone).sort()).toEqual(violations(judge(rule, form, example)).sort());
      }
    });
  }

  const { remediate } = rule;
  if (remediate) {
    test("mends what it rejects", () => {
      let mended = 0;
      for (const example of rule.examples.bad) {
        const form = asPreview(example);
        const stack = new Stack(form);
        const changed = form.map((r, i) => {
          const resource = stack.resources[i];
          const patch = resource && rule.on.includes(resource.type) && remediate(resource, example.config);
          if (!patch) return r;
          mended++;
          return { ...r, inputs: { ...r.inputs, ...patch } };
        });
        if (changed.some((r, i) => r !== form[i]))
          expect(violations(judge(rule, changed, example))).toEqual([]);
      }
      expect(mended).toBeGreaterThan(0);
    });
  }
});
