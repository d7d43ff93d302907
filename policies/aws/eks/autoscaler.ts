import { z } from "zod";
import { installers, installs } from "../../reading/installed";
import { clusterOf, clusters, isAutoMode, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";

const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a", "b"],
  scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 2 },
};

export default rule({
  id: "aws-eks-autoscaler",
  title: "Something scales the node groups of an EKS cluster.",
  severity: "low",
  why: "EKS never changes the size of a node group by itself: without an autoscaler the room to grow stays unused.",
  fix: "Install the cluster autoscaler or Karpenter, or use EKS Auto Mode.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/autoscaling.html"],
  checklists: ["api-assistant"],

  on: [nodeGroups],
  sees: [clusters, ...installers],
  config: z.strictObject({}),

  check({ scalingConfig }, { resource, stack }) {
    const { minSize, maxSize } = scalingConfig ?? {};
    if (Number(minSize) >= Number(maxSize)) return notApplicable("has no room to grow");
    if (installs(stack, /cluster-?autoscaler|karpenter/i)) return;
    if (isAutoMode(clusterOf(resource, stack))) return;
    return "can grow, and nothing in the stack makes it: neither the cluster autoscaler nor Karpenter";
  },

  examples: {
    good: [
      {
        title: "Karpenter as a Helm release",
        resources: [
          { type: nodeGroups, name: "main", props: group },
          {
            type: "kubernetes:helm.sh/v3:Release",
            name: "nodes",
            props: { chart: "oci://public.ecr.aws/karpenter/karpenter" },
          },
        ],
      },
      {
        title: "The cluster autoscaler as a Deployment",
        resources: [
          { type: nodeGroups, name: "main", props: group },
          {
            type: "kubernetes:apps/v1:Deployment",
            name: "scaler",
            props: {
              spec: {
                selector: {},
                template: {
                  spec: {
                    containers: [
                      { name: "main", image: "registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.1" },
                    ],
                  },
                },
              },
            },
          },
        ],
      },
      {
        title: "EKS Auto Mode",
        resources: [
          {
            type: clusters,
            name: "main",
            props: {
              name: "main",
              roleArn: "arn:aws:iam::123456789012:role/eks",
              vpcConfig: { subnetIds: ["a", "b"] },
              computeConfig: { enabled: true },
            },
          },
          { type: nodeGroups, name: "extra", props: group },
        ],
      },
    ],
    bad: [
      { title: "Nothing", resources: [{ type: nodeGroups, name: "main", props: group }] },
      {
        title: "Other charts",
        resources: [
          { type: nodeGroups, name: "main", props: group },
          { type: "kubernetes:helm.sh/v3:Release", name: "ingress", props: { chart: "ingress-nginx" } },
        ],
      },
    ],
  },
});
