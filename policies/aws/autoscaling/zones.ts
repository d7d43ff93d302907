import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { items, peek, Unknown } from "../../value";

const groups = "aws:autoscaling/group:Group";
const subnets = "aws:ec2/subnet:Subnet";
const sizes = { minSize: 2, maxSize: 6 };
const subnet = (name: string, availabilityZone: string) =>
  ({
    type: subnets,
    name,
    props: { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone },
  }) as const;

export default rule({
  id: "aws-autoscaling-zones",
  title: "Auto scaling groups span at least two availability zones.",
  severity: "medium",
  why: "A group in one zone is gone with that zone, however many instances it has.",
  fix: "Give `vpcZoneIdentifiers` a subnet in each of two or more zones.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html"],
  controls: { fsbp: ["AutoScaling.2"], controlTower: ["CT.AUTOSCALING.PR.1"] },
  checklists: ["api-assistant"],

  on: [groups],
  sees: [subnets],
  config: z.strictObject({
    minimum: z.number().int().positive().default(2).describe("The least number of availability zones."),
  }),

  check(props, { resource, stack, config }) {
    const named = items(props.availabilityZones);
    const given = named.length > 0 ? named : zonesOf(resource, stack);
    // Two that are not known yet are taken for two different ones.
    const zones = new Set(given).size;
    if (zones < config.minimum)
      return `spans ${zones === 1 ? "one availability zone" : `${zones || "no"} availability zones`}; ${config.minimum} are required`;
  },

  examples: {
    good: [
      {
        title: "Subnets of two zones",
        resources: [
          subnet("a", "eu-west-3a"),
          subnet("b", "eu-west-3b"),
          { type: groups, name: "api", props: { ...sizes, vpcZoneIdentifiers: [ref("a"), ref("b")] } },
        ],
      },
      {
        title: "Zones by name, and subnets of which nothing is known",
        resources: [
          { type: groups, name: "api", props: { ...sizes, availabilityZones: ["eu-west-3a", "eu-west-3b"] } },
          { type: groups, name: "web", props: { ...sizes, vpcZoneIdentifiers: ["subnet-1", "subnet-2"] } },
        ],
      },
    ],
    bad: [
      {
        title: "One subnet",
        resources: [{ type: groups, name: "api", props: { ...sizes, vpcZoneIdentifiers: ["subnet-1"] } }],
      },
      {
        title: "Two subnets of one zone",
        resources: [
          subnet("a", "eu-west-3a"),
          subnet("b", "eu-west-3a"),
          { type: groups, name: "api", props: { ...sizes, vpcZoneIdentifiers: [ref("a"), ref("b")] } },
        ],
      },
      {
        title: "One zone by name",
        resources: [{ type: groups, name: "api", props: { ...sizes, availabilityZones: ["eu-west-3a"] } }],
      },
    ],
    undetermined: [
      {
        title: "Subnets that are not known yet",
        resources: [
          { type: groups, name: "api", props: { ...sizes, vpcZoneIdentifiers: ref<never>("elsewhere") } },
        ],
      },
    ],
  },
});

/** The zones of a group's subnets; a subnet itself where its zone cannot be told. */
function zonesOf(group: Resource<typeof groups>, stack: Stack<typeof subnets>): unknown[] {
  const ids = [...new Set(items(group.props.vpcZoneIdentifiers))];
  try {
    const found = stack.targets(group, "vpcZoneIdentifiers", subnets);
    if (found.length < ids.length) return ids;
    return found.map(
      ({ props }) => peek(props, "availabilityZone") ?? peek(props, "availabilityZoneId") ?? {},
    );
  } catch (error) {
    if (error instanceof Unknown) return ids;
    throw error;
  }
}
