import { z } from "zod";
import { ref } from "../../example";
import { instances } from "../../reading/ec2";
import { instanceFamily, instanceSize } from "../../reading/instance-types";
import { launchTemplates } from "../../reading/launch-template";
import { instanceTypesOf, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import type { Stack } from "../../stack";
import { text, Unknown } from "../../value";

const quotas = "aws:servicequotas/serviceQuota:ServiceQuota";

/** The quotas of EC2 for accelerated instances: the first letters of their families, and how they are bought. */
const kinds: Record<string, { families: readonly string[]; spot: boolean }> = {
  "L-DB2E81BA": { families: ["g", "gr", "vt"], spot: false },
  "L-3819A6DF": { families: ["g", "gr", "vt"], spot: true },
  "L-417A185B": { families: ["p"], spot: false },
  "L-7212CCBC": { families: ["p"], spot: true },
  "L-1945791B": { families: ["inf"], spot: false },
  "L-2C3B7624": { families: ["trn"], spot: false },
};

const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a"],
  scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 1 },
};
const quota = (value: number, quotaCode = "L-DB2E81BA") =>
  ({ type: quotas, name: "gpus", props: { serviceCode: "ec2", quotaCode, value } }) as const;

export default rule({
  id: "aws-servicequotas-gpu-headroom",
  title: "The quota for accelerated instances has room for what the stack may run.",
  severity: "medium",
  why: "EC2 counts vCPUs: a node group that may grow beyond the account's quota stops growing just when it is needed.",
  fix: "Raise `value` to the vCPUs of every node group at its maximum.",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html"],
  checklists: ["lexia"],

  on: [quotas],
  sees: [nodeGroups, launchTemplates, instances],
  config: z.strictObject({}),

  check({ quotaCode, value }, { stack }) {
    const code = text(quotaCode) ?? "";
    const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined;
    if (!kind) return notApplicable("is not for accelerated instances");
    const needed = vcpus(kind, stack);
    if (Number(value) < needed) return `allows ${Number(value)} vCPUs; the stack may run ${needed}`;
  },

  examples: {
    good: [
      {
        title: "Room for the largest size of the node group",
        resources: [
          quota(16),
          { type: nodeGroups, name: "gpu", props: { ...group, instanceTypes: ["g5.xlarge"] } },
        ],
      },
      {
        title: "Instances of another quota",
        resources: [
          quota(0),
          { type: nodeGroups, name: "gpu", props: { ...group, instanceTypes: ["p5.48xlarge"] } },
          {
            type: nodeGroups,
            name: "spot",
            props: { ...group, instanceTypes: ["g5.xlarge"], capacityType: "SPOT" },
          },
        ],
      },
      { title: "A quota for something else", resources: [quota(5, "L-1216C47A")] },
    ],
    bad: [
      {
        title: "Room for one of four nodes",
        resources: [
          quota(4),
          { type: nodeGroups, name: "gpu", props: { ...group, instanceTypes: ["g5.xlarge"] } },
        ],
      },
      {
        title: "The larger of two types, and an instance",
        resources: [
          quota(192, "L-417A185B"),
          {
            type: nodeGroups,
            name: "training",
            props: {
              ...group,
              scalingConfig: { minSize: 0, maxSize: 1, desiredSize: 0 },
              instanceTypes: ["p4d.24xlarge", "p5.48xlarge"],
            },
          },
          {
            type: instances,
            name: "notebook",
            props: { ami: "ami-0123456789abcdef0", instanceType: "p3.2xlarge" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A type that is not known yet",
        resources: [
          quota(4),
          { type: nodeGroups, name: "gpu", props: { ...group, instanceTypes: [ref("elsewhere")] } },
        ],
      },
    ],
  },
});

/** The most vCPUs of one kind that the stack may run at once. */
function vcpus(
  { families, spot }: { families: readonly string[]; spot: boolean },
  stack: Stack<typeof nodeGroups | typeof launchTemplates | typeof instances>,
): number {
  const largest = (types: readonly unknown[]) =>
    Math.max(
      0,
      ...types.map((type) => (families.includes(kindOf(type)) ? (instanceSize(type)?.vcpus ?? 0) : 0)),
    );
  let sum = 0;
  for (const nodes of stack.all(nodeGroups)) {
    if ((text(nodes.props.capacityType) === "SPOT") !== spot) continue;
    sum += largest(known(instanceTypesOf(nodes, stack))) * Number(nodes.props.scalingConfig?.maxSize ?? 0);
  }
  if (!spot) for (const { props } of stack.all(instances)) sum += largest([props.instanceType]);
  return sum;
}

function known(types: readonly (string | Unknown)[]): string[] {
  for (const type of types) if (type instanceof Unknown) throw type;
  return types as string[];
}

const kindOf = (type: unknown): string =>
  instanceFamily(type) ? (/^[a-z]+/.exec(text(type)?.toLowerCase() ?? "")?.[0] ?? "") : "";
