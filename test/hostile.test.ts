import fc from "fast-check";
import { rules } from "../policies";
import type { Rule } from "../policies/rule";
import { type Registration, type Resource, Stack } from "../policies/stack";
import { type Raw, Unknown } from "../policies/value";
import { asPreview, asState, unknown } from "./support/examples";

/** What a careless program, a strange provider or an attacker may put where a rule expects something else. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(unknown),
  fc.constant(`arn:aws:s3:::${unknown}/*`),
  fc.constantFrom<unknown>(
    null,
    "",
    "*",
    "0",
    -1,
    0,
    Number.NaN,
    1e308,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    [unknown],
  ),
  fc.constantFrom<unknown>(
    "{",
    "[]",
    '{"Statement":5}',
    '[{"name":null}]',
    "cron(",
    "rate(x)",
    "::/0",
    "a".repeat(5000),
  ),
  fc.constant({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" }),
  fc.constant({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: [{}] }),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"toString":1,"constructor":null,"length":-1}')),
  fc.constant(deep(2000)),
  fc.anything({ maxDepth: 3, withNullPrototype: true, withObjectString: true }),
);

function deep(levels: number): unknown {
  let value: unknown = "bottom";
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { a: value };
  return value;
}

/** Every place in a value, as a path of keys. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([k, v]) => places(v, [...path, k]))];
}

function put(value: unknown, [key, ...rest]: string[], what: unknown): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return what;
  if (Array.isArray(value)) return value.map((v, i) => (String(i) === key ? put(v, rest, what) : v));
  return { ...(value as Raw), [key]: put((value as Raw)[key], rest, what) };
}

const seeds = (rule: Rule): Registration[][] => {
  const { good, bad, undetermined = [] } = rule.examples;
  return [...good, ...bad, ...undetermined].flatMap((example) => [
    asPreview(example),
    asState(example) ?? [],
  ]);
};

const attack = (rule: Rule) =>
  fc
    .constantFrom(...seeds(rule).filter((s) => s.length > 0))
    .chain((stack) =>
      fc.tuple(
        fc.constant(stack),
        fc.array(
          fc.nat(stack.length - 1).chain((i) => {
            const { inputs } = stack[i] as Registration;
            return fc.tuple(fc.constant(i), fc.constantFrom(...places(inputs).slice(1), ["tags"]), hostile);
          }),
          { minLength: 1, maxLength: 3 },
        ),
      ),
    )
    .map(([stack, changes]) =>
      changes.reduce(
        (changed, [i, path, what]) =>
          changed.map((r, j) => (i === j ? { ...r, inputs: put(r.inputs, path, what) as Raw } : r)),
        stack,
      ),
    );

/** Mending may need a value that is unknown; it must fail in no other way. */
function mend(rule: Rule, resource: Resource): void {
  try {
    rule.remediate?.(resource);
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
  }
}

test.each(rules.map((rule) => ({ id: rule.id, rule })))("$id survives hostile input", ({ rule }) => {
  const verdict = rule.judge();
  fc.assert(
    fc.property(attack(rule), (registrations) => {
      const stack = new Stack(registrations);
      for (const resource of stack.all(...rule.on)) {
        const faults = verdict(resource, stack).filter((r) => r.outcome === "fault");
        expect(faults.map((f) => f.message)).toEqual([]);
        expect(() => mend(rule, resource)).not.toThrow();
      }
    }),
    { numRuns: 300, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: true },
  );
  expect(({} as Raw).polluted).toBeUndefined();
});
