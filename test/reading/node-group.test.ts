import type { ExampleResource } from "../../policies/example";
import { ref } from "../../policies/example";
import { accelerated, instanceTypesOf, nodeGroups } from "../../policies/reading/node-group";
import { Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { asPreview } from "../support/examples";

function group(props: object, ...others: ExampleResource[]) {
  const base = {
    clusterName: "main",
    nodeRoleArn: "role",
    subnetIds: ["a"],
    scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 1 },
  };
  const resources = [...others, { type: nodeGroups, name: "nodes", props: { ...base, ...props } } as const];
  const stack = new Stack(asPreview({ title: "", resources }));
  const [found] = stack.all(nodeGroups);
  if (!found) throw new Error("no node group");
  return [found, stack] as const;
}
const template = (props: object): ExampleResource => ({
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "template",
  props,
});
const launchTemplate = { id: ref("template"), version: "1" };

test("instance types stand in the group, in its launch template, or are EKS's default", () => {
  expect(instanceTypesOf(...group({}))).toEqual(["t3.medium"]);
  expect(instanceTypesOf(...group({ instanceTypes: ["g5.xlarge"], launchTemplate }))).toEqual(["g5.xlarge"]);
  expect(instanceTypesOf(...group({ launchTemplate }, template({ instanceType: "p5.48xlarge" })))).toEqual([
    "p5.48xlarge",
  ]);
  expect(instanceTypesOf(...group({ launchTemplate }, template({})))).toEqual(["t3.medium"]);
  expect(instanceTypesOf(...group({ launchTemplate: { id: "lt-1", version: "1" } }))).toEqual([
    expect.any(Unknown),
  ]);
});

test("a known accelerator decides whatever else is unknown; an unknown type leaves it open", () => {
  expect(accelerated(...group({ instanceTypes: [ref("elsewhere"), "g6.xlarge"] }), ["nvidia"])).toBe(
    "g6.xlarge",
  );
  expect(accelerated(...group({ instanceTypes: ["g4ad.xlarge", "m7i.large"] }), ["nvidia"])).toBeUndefined();
  const open = group({ instanceTypes: [ref("elsewhere"), "m7i.large"] });
  expect(() => accelerated(...open, ["nvidia"])).toThrow("instanceTypes");
});
