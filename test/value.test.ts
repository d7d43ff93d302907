import { unknownCheckingProxy } from "@pulumi/policy";
import { encrypted, isSecret, isSet, items, peek, type Raw, some, Unknown, view } from "../policies/value";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const mark = "4dabf18193072939515e22adb298388d";
const secret = (rest: Raw) => ({ [mark]: "1b47061264138c4ac30d75fd1eb44270", ...rest });
const output = (rest: Raw) => ({ [mark]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...rest });
const reads = (raw: Raw) => view<Record<string, never>>(raw);

test("reading an unknown value names its path", () => {
  const props = view<{ spec: { containers: { image: string; name: string }[] } }>({
    spec: { containers: [{ name: "api", image: unknown }] },
  });
  expect(props.spec.containers[0]?.name).toBe("api");
  expect(() => props.spec.containers[0]?.image).toThrow(new Unknown("spec.containers[0].image"));
  expect(() => JSON.stringify(props)).toThrow(Unknown);
});

test.each([
  ["a text around an unknown", `arn:${unknown}:x`],
  ["a text around an encrypted setting", `postgres://user:${encrypted}@db`],
  ["an output without a value", output({})],
  ["a secret kept as ciphertext", secret({ ciphertext: "v1:abc" })],
  ["a resource without an id", { [mark]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "" }],
])("%s is unknown", (_, value) => {
  expect(() => reads({ value }).value).toThrow(Unknown);
});

test.each([
  ["a secret in clear", secret({ value: "x" }), "x"],
  ["a secret exported in clear", secret({ plaintext: '"x"' }), "x"],
  ["a secret output", output({ value: secret({ value: "x" }) }), "x"],
  ["a resource", { [mark]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "x" }, "x"],
])("%s reads as its value", (_, value, plain) => {
  expect(reads({ value }).value).toBe(plain);
});

test("what lies in a secret is secret", () => {
  const props = view<{ env: { value: string }[]; plain: string }>({
    env: secret({ value: [{ value: "x" }] }),
    plain: "y",
  });
  expect(isSecret(props, "env")).toBe(true);
  expect(isSecret(props.env[0] as { value: string }, "value")).toBe(true);
  expect(isSecret(props, "plain")).toBe(false);
  expect(isSecret(view<{ plain: string }>({ plain: "y" }, "", "hidden"), "plain")).toBeUndefined();
});

test("whether a property was given", () => {
  const props = view<Record<string, string>>({ given: "x", unknown, empty: "", nothing: null });
  expect(["given", "unknown", "empty", "nothing", "absent"].filter((k) => isSet(props, k))).toEqual([
    "given",
    "unknown",
  ]);
  expect(peek(props, "unknown")).toEqual(new Unknown("unknown"));
});

test("one unknown element does not hide the others", () => {
  const { list } = view<{ list: string[] }>({ list: ["a", unknown, "b"] });
  expect(items(list)).toEqual(["a", new Unknown("list[1]"), "b"]);
  expect(items("text" as never)).toEqual([]);
});

test("an unknown decides only where nothing known does", () => {
  const { list } = view<{ list: string[] }>({ list: [unknown, "b"] });
  expect(some(items(list), (x) => x === "b")).toBe(true);
  expect(() => some(items(list), (x) => x === "c")).toThrow(Unknown);
  expect(some(["a"], (x) => x === "c")).toBe(false);
});

test("the SDK's own proxies read alike", () => {
  const props = unknownCheckingProxy({ a: { b: unknown }, list: [unknown, "x"] }) as {
    a: { b: string };
    list: string[];
  };
  expect(peek(props.a, "b")).toEqual(new Unknown("a.b"));
  expect(isSet(props.a, "b")).toBe(true);
  expect(items(props.list)[1]).toBe("x");
});

test("a hostile property does no harm", () => {
  const props = view<Record<string, unknown>>(JSON.parse('{"__proto__":{"polluted":1},"o":{"toString":1}}'));
  expect(`${props.o}`).toBe("[object]");
  expect(({} as Raw).polluted).toBeUndefined();
});
