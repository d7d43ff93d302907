import { z } from "zod";
import { ref } from "../../example";
import { instances, launchConfigurations, machines } from "../../reading/ec2";
import { launchTemplates } from "../../reading/launch-template";
import { nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { list, text } from "../../value";

const base = { ami: "ami-0123456789abcdef0", instanceType: "t3.medium" };
const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a"],
  scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
};

export default rule({
  id: "aws-ec2-root-volume",
  title: "Instances have room on their root volume.",
  severity: "low",
  why: "Images, logs and updates fill a small root volume, and a full one stops everything on the machine.",
  fix: "Set the size of the root volume (`rootBlockDevice.volumeSize`, `diskSize` of a node group) to 10 GB or more.",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/RootDeviceStorage.html"],
  checklists: ["textai-studio"],

  on: machines,
  config: z.strictObject({
    minimum: z.number().nonnegative().default(10).describe("The least size of the root volume, in GB."),
  }),

  check(_, { resource, config }) {
    const size = rootVolume(resource);
    if (size === undefined) return notApplicable("leaves the size of its root volume to its image");
    if (Number(size) < config.minimum)
      return `has a root volume of ${Number(size)} GB; ${config.minimum} are required`;
  },

  examples: {
    good: [
      {
        title: "20 GB",
        resources: [
          { type: instances, name: "app", props: { ...base, rootBlockDevice: { volumeSize: 20 } } },
        ],
      },
      { title: "As large as its image says", resources: [{ type: instances, name: "app", props: base }] },
      {
        title: "A small volume that is not the root",
        resources: [
          {
            type: launchTemplates,
            name: "nodes",
            props: {
              blockDeviceMappings: [
                { deviceName: "/dev/xvda", ebs: { volumeSize: 30 } },
                { deviceName: "/dev/sdf", ebs: { volumeSize: 5 } },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "8 GB",
        resources: [{ type: instances, name: "app", props: { ...base, rootBlockDevice: { volumeSize: 8 } } }],
      },
      {
        title: "In a launch template, a launch configuration and a node group",
        resources: [
          {
            type: launchTemplates,
            name: "template",
            props: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 8 } }] },
          },
          {
            type: launchConfigurations,
            name: "old",
            props: { imageId: base.ami, instanceType: base.instanceType, rootBlockDevice: { volumeSize: 8 } },
          },
          { type: nodeGroups, name: "nodes", props: { ...group, diskSize: 5 } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A size that is not known yet",
        resources: [
          {
            type: instances,
            name: "app",
            props: { ...base, rootBlockDevice: { volumeSize: ref<never>("elsewhere") } },
          },
        ],
      },
    ],
  },
});

/** The size of the root volume, where it is written; nothing where the image decides it. */
function rootVolume(machine: Resource<(typeof machines)[number]>): unknown {
  switch (machine.type) {
    case nodeGroups:
      return machine.props.diskSize || undefined;
    case launchTemplates:
      return list(machine.props.blockDeviceMappings).find(isRoot)?.ebs?.volumeSize || undefined;
    default:
      return machine.props.rootBlockDevice?.volumeSize || undefined;
  }
}

const isRoot = (mapping: { deviceName?: string } | null) =>
  ["/dev/xvda", "/dev/sda1"].includes(text(mapping?.deviceName) ?? "");
