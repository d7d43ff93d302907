import type { ExampleResource } from "../../policies/example";
import { ref } from "../../policies/example";
import { task } from "../../policies/examples/ecs";
import { taskDefinitions } from "../../policies/reading/ecs";
import {
  scalingPolicies,
  scalingPoliciesOf,
  scalingTargets,
  scalingTargetsOf,
  services,
  taskDefinitionOf,
} from "../../policies/reading/ecs-service";
import { type Registration, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { asPreview, asState } from "../support/examples";

const scaling = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };
const target = (name: string, resourceId: string): ExampleResource => ({
  type: scalingTargets,
  name,
  props: { ...scaling, resourceId, minCapacity: 2, maxCapacity: 4 },
});
const policy = (name: string, resourceId: string): ExampleResource => ({
  type: scalingPolicies,
  name,
  props: { ...scaling, resourceId },
});
const service = (name: string, props = {}): ExampleResource => ({ type: services, name, props });

/** What holds of each service, in a preview and once deployed. */
function eachForm<T>(resources: ExampleResource[], read: (stack: Stack, service: string) => T): T[] {
  const example = { title: "", resources };
  const forms = [asPreview(example), asState(example) ?? []].map((form) => new Stack(form));
  return forms.flatMap((stack) => stack.all(services).map((s) => read(stack, s.name)));
}
const named = (stack: Stack, name: string) => {
  const found = stack.all(services).find((s) => s.name === name);
  if (!found) throw new Error(name);
  return found;
};

test("a target is found by outputs and by literal names, a policy through its target", () => {
  const resources = [
    service("a", { cluster: "main" }),
    service("b", { cluster: "main", name: "b" }),
    target("ta", `service/main/${ref("a", "name")}`),
    target("tb", "service/main/b"),
    target("elsewhere", "service/other/b"),
    policy("pa", ref("ta", "resourceId")),
    policy("pb", "service/main/b"),
  ];
  const found = eachForm(resources, (stack, name) => [
    name,
    ...scalingTargetsOf(named(stack, name), stack).map((t) => t.name),
    ...scalingPoliciesOf(named(stack, name), stack).map((p) => p.name),
  ]);
  const expected = [
    ["a", "ta", "pa"],
    ["b", "tb", "pb"],
  ];
  expect(found).toEqual([...expected, ...expected]);
});

test("a target of an unknown service may be any of its cluster, and of none other", () => {
  const cluster: ExampleResource = { type: "aws:ecs/cluster:Cluster", name: "main", props: {} };
  const stack = new Stack(
    asPreview({
      title: "",
      resources: [
        cluster,
        service("a", { cluster: ref("main", "arn") }),
        service("b", { cluster: "other" }),
        target("t", `service/${ref("main", "name")}/literal`),
      ],
    }),
  );
  expect(() => scalingTargetsOf(named(stack, "a"), stack)).toThrow("resourceId");
  expect(scalingTargetsOf(named(stack, "b"), stack)).toEqual([]);
});

test("a target of something else than ECS may be no service", () => {
  const table = target("t", ref("table"));
  Object.assign(table.props, { serviceNamespace: "dynamodb" });
  const stack = new Stack(asPreview({ title: "", resources: [service("a"), table] }));
  expect(scalingTargetsOf(named(stack, "a"), stack)).toEqual([]);
});

test.each(["api", "api:3", "arn:aws:ecs:eu-west-3:123456789012:task-definition/api:3"])(
  "the task definition %s is found by its family",
  (taskDefinition) => {
    const stack = new Stack(
      asPreview({
        title: "",
        resources: [task("api", [{}]), task("other", [{}]), service("a", { taskDefinition })],
      }),
    );
    expect(taskDefinitionOf(named(stack, "a"), stack)?.name).toBe("api");
  },
);

describe("of several task definitions of one family", () => {
  const of = (taskDefinition: string, revisions: (number | undefined)[]) => {
    const tasks = revisions.map((revision, i): Registration => {
      const arn = `arn:aws:ecs:eu-west-3:123456789012:task-definition/api:${revision}`;
      const outputs = revision === undefined ? {} : { revision, arn };
      const name = `revision-${revision ?? i}`;
      return { urn: name, type: taskDefinitions, name, inputs: { family: "api", ...outputs } };
    });
    const stack = new Stack([...tasks, { urn: "a", type: services, name: "a", inputs: { taskDefinition } }]);
    return taskDefinitionOf(named(stack, "a"), stack)?.name;
  };

  test.each([
    ["api", "revision-10"],
    ["api:9", "revision-9"],
    ["arn:aws:ecs:eu-west-3:123456789012:task-definition/api:9", "revision-9"],
    ["arn:aws:ecs:eu-west-3:123456789012:task-definition/api", "revision-10"],
  ])("%s is %s, in whichever order they come", (named, expected) => {
    expect(of(named, [9, 10])).toBe(expected);
    expect(of(named, [10, 9])).toBe(expected);
  });

  test.each(["api", "api:9"])("before they are deployed, %s may be any of them", (named) => {
    expect(() => of(named, [undefined, undefined])).toThrow(Unknown);
  });

  test("a revision of none of them is none of them", () => {
    expect(() => of("api:3", [9, 10])).toThrow(Unknown);
  });
});
