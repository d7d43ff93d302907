import { volumes } from "../../policies/reading/volume";
import type { Workload } from "../../policies/reading/workload";
import { type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

function names(type: Workload, inputs: Raw): string[] {
  const [resource] = new Stack([{ urn: urnOf(type, "api"), type, name: "api", inputs }]).all(type);
  return [...volumes(resource as unknown as Resource<Workload>)].map(([name, volume]) =>
    volume instanceof Unknown ? `${name}: ${volume.path}` : name,
  );
}

test("volumes by their names, unknown ones beside them", () => {
  const spec = { volumes: [{ name: "data" }, {}, unknown] };
  expect(names("kubernetes:core/v1:Pod", { spec })).toEqual([
    "volume data",
    "volume 2",
    "volume 3: spec.volumes[2]",
  ]);
  expect(names("kubernetes:core/v1:PodList", { items: [{ spec: { volumes: [{ name: "data" }] } }] })).toEqual(
    ["item 1, volume data"],
  );
  expect(names("kubernetes:core/v1:Pod", { spec: { volumes: unknown } })).toEqual([": spec.volumes"]);
  expect(names("kubernetes:core/v1:Pod", {})).toEqual([]);
});
