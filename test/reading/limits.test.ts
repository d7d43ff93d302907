import { isLimited } from "../../policies/reading/limits";
import { containers, type Workload } from "../../policies/reading/workload";
import { type Resource, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

function memoryLimited(own: unknown, ofPod?: unknown): boolean {
  const type = "kubernetes:core/v1:Pod";
  const limits = (memory: unknown) => ({ resources: { limits: { memory } } });
  const spec = { containers: [{ name: "api", ...limits(own) }], ...(ofPod !== undefined && limits(ofPod)) };
  const stack = new Stack([{ urn: urnOf(type, "api"), type, name: "api", inputs: { spec } }]);
  const [[, container] = []] = containers(stack.all(type)[0] as unknown as Resource<Workload>);
  if (!container || container instanceof Unknown) throw new Error("The container is known.");
  return isLimited(container, "memory");
}

test("a container's own limit, else its pod's", () => {
  expect(memoryLimited("1Gi")).toBe(true);
  expect(memoryLimited("0")).toBe(false);
  expect(memoryLimited("much")).toBe(false);
  expect(memoryLimited(undefined, "1Gi")).toBe(true);
  expect(memoryLimited(undefined, "0")).toBe(false);
});

test("an unknown limit decides only where the other is none", () => {
  expect(memoryLimited(unknown, "1Gi")).toBe(true);
  expect(memoryLimited("1Gi", unknown)).toBe(true);
  expect(() => memoryLimited(unknown)).toThrow(Unknown);
});
