import { inherited } from "../../policies/reading/securityContext";
import { containers, type Workload } from "../../policies/reading/workload";
import { type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

function user(ofContainer: unknown, ofPod?: unknown) {
  const type = "kubernetes:core/v1:Pod";
  const container = { name: "api", securityContext: ofContainer };
  const inputs: Raw = { spec: { containers: [container], securityContext: ofPod } };
  const stack = new Stack([{ urn: urnOf(type, "api"), type, name: "api", inputs }]);
  const [[, part] = []] = containers(stack.all(type)[0] as unknown as Resource<Workload>);
  if (!part || part instanceof Unknown) throw new Error("The container is known.");
  return inherited(part, "runAsUser");
}

test("a container's own user, else its pod's", () => {
  expect(user({ runAsUser: 1000 }, { runAsUser: 0 })).toBe(1000);
  expect(user({ runAsUser: 0 }, { runAsUser: 1000 })).toBe(0);
  expect(user({ runAsUser: null }, { runAsUser: 1000 })).toBe(1000);
  expect(user(undefined, { runAsUser: 1000 })).toBe(1000);
  expect(user(null)).toBeUndefined();
});

test("an unknown context of the pod is not asked where the container says it", () => {
  expect(user({ runAsUser: 1000 }, unknown)).toBe(1000);
  expect(() => user({}, unknown)).toThrow("spec.securityContext");
});
