import { z } from "zod";
import { ref } from "../../example";
import { launchTemplates } from "../../reading/launch-template";
import { accelerated, clusterOf, clusters, isAutoMode, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { items, peek, some, text, Unknown } from "../../value";

const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a", "b"],
};
const sized = (minSize: number, maxSize: number) => ({
  ...group,
  scalingConfig: { minSize, maxSize, desiredSize: minSize },
});

export default rule({
  id: "aws-eks-node-minimum",
  title: "An EKS cluster keeps two nodes for its system pods.",
  severity: "medium",
  why: "DNS and the controllers of a cluster run on its ordinary nodes: with one node, they are all down when it is.",
  fix: "Set `scalingConfig.minSize` to 2 or more on the node group that system pods run on.",
  links: ["https://docs.aws.amazon.com/eks/latest/best-practices/reliability.html"],
  checklists: ["api-assistant"],

  on: [nodeGroups],
  sees: [nodeGroups, clusters, launchTemplates],
  config: z.strictObject({
    minimum: z.number().int().positive().default(2).describe("The least number of nodes."),
  }),

  check({ scalingConfig }, { resource, stack, config }) {
    const minimum = Number(scalingConfig?.minSize);
    if (minimum >= config.minimum) return;
    if (!takesSystemPods(resource, stack)) return notApplicable("keeps ordinary pods away");
    if (isAutoMode(clusterOf(resource, stack))) return notApplicable("is in a cluster of EKS Auto Mode");
    const enough = (other: Group) => Number(other.props.scalingConfig?.minSize) >= config.minimum;
    if (some(others(resource, stack), (other) => enough(other) && takesSystemPods(other, stack)))
      return notApplicable("is not the only node group for system pods");
    return `keeps ${minimum === 1 ? "one node" : `${minimum || "no"} nodes`} for system pods; ${config.minimum} are required`;
  },

  examples: {
    good: [
      { title: "Two nodes or more", resources: [{ type: nodeGroups, name: "main", props: sized(2, 6) }] },
      {
        title: "Another group of the cluster has them",
        resources: [
          { type: nodeGroups, name: "system", props: sized(3, 6) },
          { type: nodeGroups, name: "burst", props: sized(0, 20) },
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...sized(0, 4), taints: [{ key: "nvidia.com/gpu", effect: "NO_SCHEDULE" }] },
          },
        ],
      },
      {
        title: "Another group of a cluster from elsewhere",
        resources: [
          { type: nodeGroups, name: "system", props: { ...sized(2, 6), clusterName: ref("elsewhere") } },
          { type: nodeGroups, name: "burst", props: { ...sized(0, 20), clusterName: ref("elsewhere") } },
        ],
      },
      {
        title: "A pool of GPUs",
        resources: [
          { type: nodeGroups, name: "gpu", props: { ...sized(0, 4), instanceTypes: ["g5.xlarge"] } },
        ],
      },
    ],
    bad: [
      { title: "One node", resources: [{ type: nodeGroups, name: "main", props: sized(1, 6) }] },
      {
        title: "Only another cluster has them",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { roleArn: "arn:aws:iam::123456789012:role/eks", vpcConfig: { subnetIds: ["a", "b"] } },
          },
          { type: nodeGroups, name: "nodes", props: { ...sized(0, 6), clusterName: ref("main", "name") } },
          { type: nodeGroups, name: "foreign", props: { ...sized(2, 6), clusterName: "other" } },
        ],
      },
    ],
  },
});

type Group = Resource<typeof nodeGroups>;

function takesSystemPods(group: Group, stack: Stack<typeof launchTemplates>): boolean {
  if (accelerated(group, stack, ["nvidia", "amd", "neuron", "gaudi", "qualcomm"])) return false;
  return !some(items(group.props.taints), (taint) =>
    ["NO_SCHEDULE", "NO_EXECUTE"].includes(text(taint?.effect) ?? ""),
  );
}

/** The other node groups of the same cluster, or of what may be the same one. */
function others(group: Group, stack: Stack<typeof nodeGroups | typeof clusters>): Group[] {
  const cluster = clusterOf(group, stack);
  const name = peek(group.props, "clusterName");
  const same = cluster
    ? stack.pointingAt(cluster, nodeGroups, "clusterName")
    : stack.all(nodeGroups).filter((other) => isAlike(peek(other.props, "clusterName"), name));
  return same.filter((other) => other !== group);
}

/** Two names that come from elsewhere are taken for one: a stack rarely has nodes of two foreign clusters. */
const isAlike = (a: unknown, b: unknown): boolean =>
  (a instanceof Unknown && b instanceof Unknown) || a === b;
