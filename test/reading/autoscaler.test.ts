import { autoscalerOf, autoscalers, fewest, runsSeveral } from "../../policies/reading/autoscaler";
import { type Pod, pods, type Workload } from "../../policies/reading/workload";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const deployment = "kubernetes:apps/v1:Deployment";
const made = (type: string, name: string, inputs: Raw, specFrom: string[] = []): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  propertyDependencies: { spec: specFrom },
});
const api = (inputs: Raw = { metadata: { name: "api" } }) => made(deployment, "api", inputs);
const scaling = (target: Raw, more: Raw = {}, specFrom: string[] = []) =>
  made(
    autoscalers[0],
    "scaler",
    { spec: { scaleTargetRef: { kind: "Deployment", ...target }, ...more } },
    specFrom,
  );

/** What is read of the first deployment. */
function of<T>(registrations: Registration[], read: (pod: Pod, stack: Stack) => T): T {
  const stack = new Stack(registrations);
  const [[, pod] = []] = pods(stack.all(deployment)[0] as unknown as Resource<Workload>);
  if (!pod || pod instanceof Unknown) throw new Error("The pod is known.");
  return read(pod, stack);
}
const scaler = (...registrations: Registration[]) => of(registrations, autoscalerOf)?.resource.name;

test("by kind, name and namespace", () => {
  expect(scaler(api(), scaling({ name: "api" }))).toBe("scaler");
  expect(scaler(api(), scaling({ name: "web" }))).toBeUndefined();
  expect(scaler(api(), scaling({ kind: "StatefulSet", name: "api" }))).toBeUndefined();
  expect(
    scaler(api({ metadata: { name: "api", namespace: "shop" } }), scaling({ name: "api" })),
  ).toBeUndefined();
});

test("by reference", () => {
  const web = made(deployment, "web", {});
  const byName = (from: Registration[]) =>
    scaling(
      { name: unknown },
      {},
      from.map((r) => r.urn),
    );
  expect(scaler(api({}), byName([api({})]))).toBe("scaler");
  expect(scaler(api({}), web, byName([web]))).toBeUndefined();
  expect(() => scaler(api({}), byName([]))).toThrow(Unknown);
});

test("what is not known may be one", () => {
  expect(() => scaler(api({ metadata: { name: unknown } }), scaling({ name: "api" }))).toThrow(Unknown);
  expect(() => scaler(api(), scaling({ name: "api", kind: unknown }))).toThrow(Unknown);
  expect(() => scaler(api(), made(autoscalers[0], "scaler", { spec: unknown }))).toThrow(Unknown);
  expect(() => scaler(api(), made(autoscalers[1], "scalers", { items: [unknown] }))).toThrow(Unknown);
  expect(scaler(api(), made(autoscalers[0], "open", { spec: unknown }), scaling({ name: "api" }))).toBe(
    "scaler",
  );
});

test("the fewest pods", () => {
  const three = api({ metadata: { name: "api" }, spec: { replicas: 3 } });
  expect(of([api()], fewest)).toBe(1);
  expect(of([three], fewest)).toBe(3);
  expect(of([three, scaling({ name: "api" }, { minReplicas: 2 })], fewest)).toBe(2);
  expect(of([three, scaling({ name: "api" })], fewest)).toBe(1);
  expect(of([api()], runsSeveral)).toBe(false);
  expect(of([three, scaling({ name: unknown })], runsSeveral)).toBe(true);
  expect(of([api(), scaling({ name: "api" })], runsSeveral)).toBe(true);
});
