import { z } from "zod";
import { ref } from "../../example";
import { launchTemplates } from "../../reading/launch-template";
import { accelerated, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import { items, some, text } from "../../value";

const group = { clusterName: "main", nodeRoleArn: "arn:aws:iam::123456789012:role/node", subnetIds: ["a"] };
const gpu = {
  ...group,
  scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 1 },
  instanceTypes: ["g5.xlarge"],
  amiType: "AL2023_x86_64_NVIDIA",
};

export default rule({
  id: "aws-eks-gpu-taint",
  title: "GPU node groups keep other pods away.",
  severity: "medium",
  why: "Without a taint, ordinary pods fill the most expensive nodes of the cluster, and the pods that need a GPU find no room.",
  fix: "Add the taint `nvidia.com/gpu` with effect `NO_SCHEDULE`, and tolerate it in the pods that ask for a GPU.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html"],
  checklists: ["lexia"],

  on: [nodeGroups],
  sees: [launchTemplates],
  config: z.strictObject({
    keys: z
      .array(z.string().min(1))
      .default(["nvidia.com/gpu"])
      .describe("Taint keys of which one must be there."),
  }),

  check(props, { resource, stack, config }) {
    if (!accelerated(resource, stack, ["nvidia"])) return notApplicable("has no NVIDIA GPU");
    const taints = items(props.taints);
    if (some(taints, (taint) => config.keys.includes(taint?.key) && keepsAway(taint.effect))) return;
    const named = config.keys.join(" or ");
    return some(taints, (taint) => config.keys.includes(taint?.key))
      ? `has GPUs, and its taint ${named} does not keep other pods away`
      : `has GPUs, and no taint ${named} that keeps other pods away`;
  },

  examples: {
    good: [
      {
        title: "The taint that NVIDIA's own charts tolerate",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...gpu, taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }] },
          },
        ],
      },
      {
        title: "A stronger taint, beside another",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...gpu,
              taints: [
                { key: "team", value: ref("elsewhere"), effect: "PREFER_NO_SCHEDULE" },
                { key: "nvidia.com/gpu", effect: "NO_EXECUTE" },
              ],
            },
          },
          {
            type: nodeGroups,
            name: "other",
            props: { ...gpu, taints: [{ key: "nvidia.com/gpu", effect: "NO_EXECUTE" }] },
          },
        ],
      },
      {
        title: "Nodes without a GPU",
        resources: [{ type: nodeGroups, name: "main", props: { ...gpu, instanceTypes: ["m7i.large"] } }],
      },
      {
        title: "A key of one's own",
        config: { keys: ["dedicated"] },
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...gpu, taints: [{ key: "dedicated", value: "gpu", effect: "NO_SCHEDULE" }] },
          },
        ],
      },
    ],
    bad: [
      { title: "No taint", resources: [{ type: nodeGroups, name: "gpu", props: gpu }] },
      {
        title: "A taint that only asks",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...gpu, taints: [{ key: "nvidia.com/gpu", effect: "PREFER_NO_SCHEDULE" }] },
          },
        ],
      },
      {
        title: "The GPU comes with the launch template",
        resources: [
          { type: launchTemplates, name: "gpu-nodes", props: { instanceType: "p5.48xlarge" } },
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...gpu,
              instanceTypes: [],
              launchTemplate: { id: ref("gpu-nodes"), version: "1" },
              taints: [{ key: "spot", effect: "NO_SCHEDULE" }],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Taints that are not known yet",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...gpu, taints: [{ key: ref("elsewhere"), effect: "NO_SCHEDULE" }] },
          },
        ],
      },
    ],
  },
});

const keepsAway = (effect: unknown) =>
  ["NOSCHEDULE", "NOEXECUTE"].includes(text(effect)?.replaceAll("_", "").toUpperCase() ?? "");
