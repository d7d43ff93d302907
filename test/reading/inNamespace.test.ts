import { contents } from "../../policies/reading/inNamespace";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const space = "kubernetes:core/v1:Namespace";
const quota = "kubernetes:core/v1:ResourceQuota";
const quotas = contents<{ hard: Raw }, typeof quota | `${typeof quota}List`>([quota, `${quota}List`]);

const made = (type: string, name: string, inputs: Raw, metadataFrom: string[] = []): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  propertyDependencies: { metadata: metadataFrom },
});
const shop = (inputs: Raw = {}) => made(space, "shop", inputs);
const quotaIn = (namespace: unknown, from: string[] = []) =>
  made(quota, "quota", { metadata: { namespace }, spec: { hard: { pods: 1 } } }, from);

/** What the first namespace holds: the limit on pods, or `?` for what may be in it. */
function held(...registrations: Registration[]) {
  const stack = new Stack(registrations);
  const [namespace] = stack.all(space) as unknown as Resource[];
  if (!namespace) throw new Error("The stack has a namespace.");
  return [...quotas(namespace, stack)].map((spec) => (spec instanceof Unknown ? "?" : spec.hard.pods));
}

test("by name, by id and by reference", () => {
  expect(held(shop({ metadata: { name: "shop" } }), quotaIn("shop"))).toEqual([1]);
  expect(held({ ...shop(), id: "shop-1a2b" }, quotaIn("shop-1a2b"))).toEqual([1]);
  expect(held(shop(), quotaIn(unknown, [shop().urn]))).toEqual([1]);
});

test("what is in another namespace is not in this one", () => {
  const tools = made(space, "tools", {});
  expect(held(shop({ metadata: { name: "shop" } }), quotaIn("tools"))).toEqual([]);
  expect(held(shop(), quotaIn("shop"))).toEqual([]);
  expect(held(shop(), tools, quotaIn(unknown, [tools.urn]))).toEqual([]);
});

test("what is not known may be in it", () => {
  expect(held(shop(), quotaIn(unknown))).toEqual(["?"]);
  expect(held(shop({ metadata: { name: unknown } }), quotaIn("shop"))).toEqual(["?"]);
  expect(held(shop(), made(`${quota}List`, "quotas", { items: unknown }))).toEqual(["?"]);
});
