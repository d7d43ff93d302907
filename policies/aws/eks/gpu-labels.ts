import { z } from "zod";
import { ref } from "../../example";
import { launchTemplates } from "../../reading/launch-template";
import { accelerated, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";

const gpu = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a"],
  scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 1 },
  instanceTypes: ["g5.xlarge"],
  amiType: "AL2023_x86_64_NVIDIA",
};

export default rule({
  id: "aws-eks-gpu-labels",
  title: "GPU node groups carry a label that pods can select.",
  severity: "low",
  why: "A label says which GPU a node has: without one, a pod cannot choose the pool that its model fits into.",
  fix: 'Add `labels`, such as `{ "nvidia.com/gpu.present": "true", accelerator: "a10g" }`.',
  links: ["https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html"],
  checklists: ["lexia"],

  on: [nodeGroups],
  sees: [launchTemplates],
  config: z.strictObject({}),

  check({ labels }, { resource, stack }) {
    if (!accelerated(resource, stack, ["nvidia"])) return notApplicable("has no NVIDIA GPU");
    if (Object.keys(labels ?? {}).length === 0) return "has GPUs, and no label by which pods can select it";
  },

  examples: {
    good: [
      {
        title: "A label",
        resources: [{ type: nodeGroups, name: "gpu", props: { ...gpu, labels: { accelerator: "a10g" } } }],
      },
      {
        title: "A label whose value is not known yet",
        resources: [
          { type: nodeGroups, name: "gpu", props: { ...gpu, labels: { pool: ref("elsewhere") } } },
          { type: nodeGroups, name: "other", props: { ...gpu, labels: { pool: "gpu" } } },
        ],
      },
      {
        title: "Nodes without a GPU",
        resources: [{ type: nodeGroups, name: "main", props: { ...gpu, instanceTypes: ["inf2.xlarge"] } }],
      },
    ],
    bad: [
      { title: "No label", resources: [{ type: nodeGroups, name: "gpu", props: gpu }] },
      {
        title: "Labels, but none in them",
        resources: [{ type: nodeGroups, name: "gpu", props: { ...gpu, labels: {} } }],
      },
    ],
  },
});
