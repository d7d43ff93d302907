import { z } from "zod";
import { ref } from "../../example";
import { instances, machines, namedTypes } from "../../reading/ec2";
import { instanceSize } from "../../reading/instance-types";
import { nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import { Unknown } from "../../value";

const ami = "ami-0123456789abcdef0";
const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a"],
  scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
};

export default rule({
  id: "aws-ec2-minimum-size",
  title: "Instances have the vCPUs and the memory that the application needs.",
  severity: "low",
  why: "The checklist asks for 2 vCPU and 4 GB: below that the application is killed or crawls under its first real load.",
  fix: "Choose a larger instance type, such as t3.medium.",
  links: ["https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html"],
  checklists: ["textai-studio"],

  on: machines,
  config: z.strictObject({
    vcpus: z.number().nonnegative().default(2).describe("The least number of vCPUs."),
    memory: z.number().nonnegative().default(4).describe("The least memory, in GiB."),
  }),

  *each(_, { resource }) {
    const types = namedTypes(resource);
    for (const type of types)
      yield [types.length > 1 && !(type instanceof Unknown) ? `instance type ${type}` : "", type] as const;
  },
  check(type, { config }) {
    const size = instanceSize(type);
    if (!size) return notApplicable("has an instance type that is not in the table");
    if (size.vcpus < config.vcpus || size.memory < config.memory)
      return `is of type ${type}, with ${size.vcpus} vCPU and ${size.memory} GiB; ${config.vcpus} and ${config.memory} are required`;
  },

  examples: {
    good: [
      {
        title: "2 vCPU and 4 GiB",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "t3.medium" } }],
      },
      {
        title: "Less, where less is needed",
        config: { vcpus: 1, memory: 1 },
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "t3.micro" } }],
      },
      {
        title: "A type that is newer than the table",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "t99.nano" } }],
      },
    ],
    bad: [
      {
        title: "Too little memory",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "t3.small" } }],
      },
      {
        title: "A medium with a single vCPU",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "m6g.medium" } }],
      },
      {
        title: "One of the types of a node group",
        resources: [
          { type: nodeGroups, name: "nodes", props: { ...group, instanceTypes: ["m7i.large", "t3.micro"] } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A type that is not known yet",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: ref("elsewhere") } }],
      },
    ],
  },
});
