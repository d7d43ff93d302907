import { z } from "zod";
import { ref } from "../../example";
import { instanceFamily } from "../../reading/instance-types";
import { launchTemplateOf, launchTemplates } from "../../reading/launch-template";
import { accelerated, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import { isSet, text, Unknown } from "../../value";

const group = { clusterName: "main", nodeRoleArn: "arn:aws:iam::123456789012:role/node", subnetIds: ["a"] };
const scalingConfig = { minSize: 0, maxSize: 4, desiredSize: 1 };

export default rule({
  id: "aws-eks-gpu-image",
  title: "EKS nodes with an accelerator run an image with its driver.",
  severity: "high",
  why: "On an image without the driver the accelerator does not exist: pods that ask for it stay pending on nodes that are paid for.",
  fix: "Set `amiType` to the NVIDIA or Neuron image of the nodes' architecture, or bring an image in the launch template.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html"],
  checklists: ["lexia"],

  on: [nodeGroups],
  sees: [launchTemplates],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    const type = accelerated(resource, stack, ["nvidia", "neuron"]);
    const family = instanceFamily(type);
    if (!family) return notApplicable("has no accelerator that EKS has an image for");

    const amiType = text(props.amiType)?.toUpperCase() || undefined;
    if (amiType && drives(amiType, family)) return;
    const template = launchTemplateOf(resource, stack);
    if (template && isSet(template.props, "imageId")) return;

    const driver = family.accelerator === "neuron" ? "Neuron" : "NVIDIA";
    if (amiType && amiType !== "CUSTOM") {
      return `runs ${type} on ${props.amiType}, an image without the ${driver} driver for it`;
    }
    if (isSet(props, "launchTemplate") && !template) {
      if (amiType === "CUSTOM") return;
      throw new Unknown("launchTemplate");
    }
    if (amiType === "CUSTOM") return `runs ${type} on an image of its own, and names none`;
    return `runs ${type} on EKS's standard image, which has no ${driver} driver`;
  },

  examples: {
    good: [
      {
        title: "The NVIDIA image of the architecture",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["gr6.4xlarge"],
              amiType: "AL2023_x86_64_NVIDIA",
            },
          },
          {
            type: nodeGroups,
            name: "arm",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["g5g.xlarge"],
              amiType: "BOTTLEROCKET_ARM_64_NVIDIA_FIPS",
            },
          },
        ],
      },
      {
        title: "Inferentia and Trainium on an image with the Neuron driver",
        resources: [
          {
            type: nodeGroups,
            name: "inference",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["inf2.xlarge"],
              amiType: "AL2023_x86_64_NEURON",
            },
          },
          {
            type: nodeGroups,
            name: "training",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["trn1.32xlarge"],
              amiType: "BOTTLEROCKET_x86_64",
            },
          },
        ],
      },
      {
        title: "An image of one's own in the launch template, with and without CUSTOM",
        resources: [
          {
            type: launchTemplates,
            name: "gpu-nodes",
            props: { imageId: ref("elsewhere"), instanceType: "p5.48xlarge" },
          },
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...group,
              scalingConfig,
              launchTemplate: { id: ref("gpu-nodes"), version: "$Latest" },
            },
          },
          {
            type: nodeGroups,
            name: "more",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["g6.xlarge"],
              amiType: "CUSTOM",
              launchTemplate: { id: ref("gpu-nodes"), version: "1" },
            },
          },
        ],
      },
      {
        title: "A launch template by its literal name",
        resources: [
          {
            type: launchTemplates,
            name: "gpu-nodes",
            props: { name: "gpu-nodes", imageId: "ami-0123456789abcdef0", instanceType: "g5.xlarge" },
          },
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...group, scalingConfig, launchTemplate: { name: "gpu-nodes", version: "1" } },
          },
        ],
      },
      {
        title: "Nodes without an accelerator, and with one of AMD, for which EKS has no image",
        resources: [
          { type: nodeGroups, name: "default", props: { ...group, scalingConfig } },
          {
            type: nodeGroups,
            name: "desktops",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["g4ad.xlarge"],
              amiType: "AL2023_x86_64_STANDARD",
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "The standard image, by default",
        resources: [
          { type: nodeGroups, name: "gpu", props: { ...group, scalingConfig, instanceTypes: ["g5.xlarge"] } },
        ],
      },
      {
        title: "The standard image, by name, among other instance types",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["m7i.large", "p4d.24xlarge"],
              amiType: "AL2023_x86_64_STANDARD",
            },
          },
        ],
      },
      {
        title: "The NVIDIA driver does not drive Inferentia",
        resources: [
          {
            type: nodeGroups,
            name: "inference",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["inf2.xlarge"],
              amiType: "AL2023_x86_64_NVIDIA",
            },
          },
        ],
      },
      {
        title: "An image for another architecture",
        resources: [
          {
            type: nodeGroups,
            name: "arm",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["g5g.xlarge"],
              amiType: "AL2023_x86_64_NVIDIA",
            },
          },
        ],
      },
      {
        title: "The launch template brings the instance type and no image",
        resources: [
          { type: launchTemplates, name: "gpu-nodes", props: { instanceType: "g6e.xlarge" } },
          {
            type: nodeGroups,
            name: "gpu",
            props: { ...group, scalingConfig, launchTemplate: { id: ref("gpu-nodes"), version: "1" } },
          },
          {
            type: nodeGroups,
            name: "custom",
            props: {
              ...group,
              scalingConfig,
              amiType: "CUSTOM",
              launchTemplate: { id: ref("gpu-nodes"), version: "1" },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A launch template from another stack",
        resources: [
          {
            type: nodeGroups,
            name: "gpu",
            props: {
              ...group,
              scalingConfig,
              instanceTypes: ["g5.xlarge"],
              launchTemplate: { id: ref("elsewhere"), version: "1" },
            },
          },
        ],
      },
    ],
  },
});

/** Whether an image that EKS publishes drives the accelerator of a family. The AMI types say so in their names. */
function drives(
  amiType: string,
  { accelerator, architecture }: { accelerator: string; architecture: string },
) {
  if (architecture !== (amiType.includes("ARM_64") ? "arm" : "x86") || amiType.startsWith("WINDOWS"))
    return false;
  if (amiType === "AL2_X86_64_GPU") return true;
  if (accelerator === "nvidia") return amiType.includes("NVIDIA");
  // Bottlerocket's ordinary image carries the Neuron driver.
  return amiType.includes("NEURON") || (amiType.startsWith("BOTTLEROCKET") && !amiType.includes("NVIDIA"));
}
