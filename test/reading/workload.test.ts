import {
  containers,
  patches,
  pods,
  runsOnWindows,
  type Workload,
  workloads,
} from "../../policies/reading/workload";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

function workload(type: Workload, inputs: Raw, more: Partial<Registration> = {}): Resource<Workload> {
  const stack = new Stack([{ urn: urnOf(type, "web"), type, name: "web", inputs, ...more }]);
  const [resource] = stack.all(type);
  if (!resource) throw new Error("The stack has one resource.");
  return resource as Resource<Workload>;
}

const names = (resource: Resource<Workload>) =>
  [...containers(resource)].map(([name, part]) => (part instanceof Unknown ? `${name}: ${part.path}` : name));

const spec = { containers: [{ name: "api", image: "api:1" }] };
const template = { metadata: { labels: { app: "web" } }, spec };
const bodies: Record<string, Raw> = {
  Pod: { metadata: { labels: { app: "web" } }, spec },
  CronJob: { spec: { jobTemplate: { spec: { template } } } },
};

test.each([...workloads, ...patches])("the pod of a %s", (type) => {
  const kind = type.replace(/.*:/, "").replace(/List$|Patch$/, "");
  const body = bodies[kind] ?? { spec: { template } };
  const isList = type.endsWith("List");
  const resource = workload(
    type,
    isList ? { items: [{ ...body, metadata: { name: "a", labels: { app: "web" } } }] } : body,
  );
  const [[name, pod] = [], ...others] = pods(resource);
  if (!pod || pod instanceof Unknown) throw new Error("The pod is known.");
  expect(others).toEqual([]);
  expect(name).toBe(isList ? "item a" : "");
  expect(pod).toMatchObject({ kind, partial: type.endsWith("Patch"), labels: { app: "web" } });
  expect(names(resource)).toEqual([isList ? "item a, container api" : "container api"]);
});

test("containers by what they are", () => {
  const resource = workload("kubernetes:core/v1:Pod", {
    spec: {
      containers: [{ name: "api" }, {}],
      initContainers: [{ name: "migrate" }, { name: "proxy", restartPolicy: "Always" }],
      ephemeralContainers: [{ name: "debug" }],
    },
  });
  expect(names(resource)).toEqual([
    "container api",
    "container 2",
    "init container migrate",
    "sidecar proxy",
    "ephemeral container debug",
  ]);
});

test("an unknown container hides no other", () => {
  const resource = workload("kubernetes:apps/v1:Deployment", {
    spec: {
      template: {
        spec: { containers: [unknown, { name: unknown }, { name: "api" }], initContainers: unknown },
      },
    },
  });
  expect(names(resource)).toEqual([
    "container 1: spec.template.spec.containers[0]",
    "container 2",
    "container api",
    "init containers: spec.template.spec.initContainers",
  ]);
});

test("an unknown template, spec or item", () => {
  const deployment = (inputs: Raw) => names(workload("kubernetes:apps/v1:Deployment", inputs));
  expect(deployment({ spec: unknown })).toEqual([": spec"]);
  expect(deployment({ spec: { template: unknown } })).toEqual([": spec.template"]);
  expect(names(workload("kubernetes:core/v1:PodList", { items: [unknown, { spec }] }))).toEqual([
    "item 1: items[0]",
    "item 2, container api",
  ]);
});

test.each([
  {},
  { spec: null },
  { spec: [] },
  { spec: { template: 1 } },
  { spec: { template: { spec: { containers: "api" } } } },
])("nothing in %j", (inputs) => expect(names(workload("kubernetes:apps/v1:Deployment", inputs))).toEqual([]));

test("the namespace is the workload's, else its provider's", () => {
  const namespace = (inputs: Raw, provider?: Raw) => {
    const [[, pod] = []] = pods(workload("kubernetes:core/v1:Pod", inputs, provider && { provider }));
    return pod instanceof Unknown ? pod : pod?.place.namespace;
  };
  expect(namespace({ metadata: { namespace: "shop" } }, { namespace: "other" })).toBe("shop");
  expect(namespace({}, { namespace: "other" })).toBe("other");
  expect(namespace({ metadata: { namespace: "" } })).toBe("default");
  expect(namespace({ metadata: { namespace: unknown } })).toBeInstanceOf(Unknown);
});

test("pods for Windows", () => {
  expect(runsOnWindows({ containers: [], os: { name: "windows" } })).toBe(true);
  expect(runsOnWindows({ containers: [], nodeSelector: { "kubernetes.io/os": "windows" } })).toBe(true);
  expect(runsOnWindows({ containers: [], nodeSelector: { "kubernetes.io/os": "linux" } })).toBe(false);
  expect(runsOnWindows({ containers: [] })).toBe(false);
});
