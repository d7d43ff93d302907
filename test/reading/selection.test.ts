import { policiesOn } from "../../policies/reading/networkPolicy";
import { pods, type Workload } from "../../policies/reading/workload";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const space = "kubernetes:core/v1:Namespace";

/** The policies said to select the workload's pod; `?` for one that may. */
function selecting(...registrations: Registration[]): string[] {
  const stack = new Stack(registrations);
  const [workload] = stack.all("kubernetes:core/v1:Pod", "kubernetes:batch/v1:Job");
  const [[, pod] = []] = pods(workload as unknown as Resource<Workload>);
  if (!pod || pod instanceof Unknown) throw new Error("The pod is known.");
  return [...policiesOn(pod, stack)].map((s) => (s instanceof Unknown ? "?" : s.resource.name));
}

const made = (type: string, name: string, inputs: Raw, metadataFrom: string[] = []): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  propertyDependencies: { metadata: metadataFrom },
});
const web = (metadata: Raw = {}, from: string[] = []) =>
  made("kubernetes:core/v1:Pod", "web", { metadata: { labels: { app: "web" }, ...metadata } }, from);
const policyOn = (podSelector: unknown, metadata: Raw = {}, from: string[] = []) =>
  made(policy, "policy", { metadata, spec: { podSelector } }, from);
const all = {};

test("by labels, by expressions, and all", () => {
  expect(selecting(web(), policyOn({ matchLabels: { app: "web" } }))).toEqual(["policy"]);
  expect(selecting(web(), policyOn({ matchLabels: { app: "api" } }))).toEqual([]);
  expect(selecting(web(), policyOn({ matchExpressions: [{ key: "app", operator: "Exists" }] }))).toEqual([
    "policy",
  ]);
  expect(selecting(web(), policyOn(all))).toEqual(["policy"]);
});

test("in the same namespace only, which is `default` where none is named", () => {
  expect(selecting(web({ namespace: "shop" }), policyOn(all, { namespace: "shop" }))).toEqual(["policy"]);
  expect(selecting(web({ namespace: "shop" }), policyOn(all))).toEqual([]);
  expect(selecting(web({ namespace: "default" }), policyOn(all))).toEqual(["policy"]);
});

test("namespaces by reference, through what only passes them on", () => {
  const shop = made(space, "shop", {});
  const tools = made(space, "tools", { metadata: { name: "tools" } });
  const account = made("kubernetes:core/v1:ServiceAccount", "account", { metadata: { namespace: unknown } }, [
    shop.urn,
  ]);
  const inShop = web({ namespace: unknown }, [account.urn]);
  expect(selecting(shop, account, inShop, policyOn(all, { namespace: unknown }, [shop.urn]))).toEqual([
    "policy",
  ]);
  expect(selecting(shop, tools, account, inShop, policyOn(all, { namespace: unknown }, [tools.urn]))).toEqual(
    [],
  );
  expect(
    selecting(tools, web({ namespace: "tools" }), policyOn(all, { namespace: unknown }, [tools.urn])),
  ).toEqual(["policy"]);
  expect(
    selecting(shop, web({ namespace: "tools" }), policyOn(all, { namespace: unknown }, [shop.urn])),
  ).toEqual([]);
  expect(selecting(shop, account, inShop, policyOn(all, { namespace: unknown }))).toEqual(["?"]);
});

test("labels that Kubernetes adds may be selected", () => {
  const type = "kubernetes:batch/v1:Job";
  const job = made(type, "web", { spec: { template: { metadata: { labels: { app: "web" } } } } });
  expect(selecting(job, policyOn({ matchLabels: { "job-name": "web" } }))).toEqual(["?"]);
  expect(selecting(job, policyOn({ matchExpressions: [{ key: "job-name", operator: "Exists" }] }))).toEqual([
    "policy",
  ]);
  expect(selecting(job, policyOn({ matchLabels: { "job-name": "web", app: "api" } }))).toEqual([]);
  expect(selecting(web(), policyOn({ matchLabels: { "job-name": "web" } }))).toEqual([]);
});

test("a selector made of the workload's own labels", () => {
  const pod = web();
  const own = { ...policyOn({ matchLabels: unknown }), propertyDependencies: { spec: [pod.urn] } };
  expect(selecting(pod, own)).toEqual(["policy"]);
});

test("what is not known may select, unless something known says no", () => {
  expect(selecting(web(), policyOn(unknown))).toEqual(["?"]);
  expect(selecting(web(), policyOn({ matchLabels: { app: unknown } }))).toEqual(["?"]);
  expect(selecting(web(), policyOn({ matchLabels: { app: unknown, tier: "back" } }))).toEqual([]);
  expect(selecting(web({ labels: { app: unknown } }), policyOn({ matchLabels: { app: "web" } }))).toEqual([
    "?",
  ]);
  expect(selecting(web({ labels: unknown }), policyOn(all))).toEqual(["policy"]);
  expect(selecting(web(), policyOn(unknown, { namespace: "other" }))).toEqual([]);
  expect(selecting(web(), made(policy, "policy", { spec: unknown }))).toEqual(["?"]);
  expect(selecting(web(), made(`${policy}List`, "policies", { items: [unknown, { spec: {} }] }))).toEqual([
    "?",
    "policies",
  ]);
});
