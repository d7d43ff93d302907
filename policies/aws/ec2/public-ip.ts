import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import type { Resource } from "../../stack";
import { items, peek, some, Unknown } from "../../value";

const machines = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/launchTemplate:LaunchTemplate",
] as const;

export default rule({
  id: "aws-ec2-public-ip",
  title: "Machines have no public address of their own.",
  severity: "medium",
  why: "A machine with a public address can be reached past the load balancer, its TLS and its firewall; one wrong security group is enough.",
  fix: "Leave out `associatePublicIpAddress`, put the machine into a private subnet, and let traffic in through a load balancer.",
  links: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-9",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html",
  ],
  controls: {
    fsbp: ["EC2.9", "EC2.25"],
    controlTower: ["CT.EC2.PR.8", "CT.EC2.PR.9", "CT.EC2.PR.11"],
    checkov: ["CKV_AWS_88"],
    trivy: ["AWS-0009"],
  },
  checklists: ["lexia", "api-assistant"],

  on: machines,
  config: z.strictObject({}),

  check(_, { resource }) {
    if (some(wishes(resource), (wish) => wish === true || wish === "true"))
      return "asks for a public address";
  },

  examples: {
    good: [
      {
        title: "Nothing said, or said no",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "app",
            props: { ami: "ami-0123456789abcdef0", instanceType: "m7g.large" },
          },
          {
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "nodes",
            props: { networkInterfaces: [{ associatePublicIpAddress: "false" }] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "An instance",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "app",
            props: {
              ami: "ami-0123456789abcdef0",
              instanceType: "m7g.large",
              associatePublicIpAddress: true,
            },
          },
        ],
      },
      {
        title: "One interface of a launch template",
        resources: [
          {
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "nodes",
            props: {
              networkInterfaces: [
                { deviceIndex: 1, associatePublicIpAddress: ref("elsewhere", "isPublic") },
                { deviceIndex: 0, associatePublicIpAddress: "true" },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Whether it is public comes from another stack",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "app",
            props: {
              ami: "ami-0123456789abcdef0",
              instanceType: "m7g.large",
              associatePublicIpAddress: ref<boolean>("elsewhere", "isPublic"),
            },
          },
        ],
      },
    ],
  },
});

/** Each place where a machine may ask for a public address. A launch template writes texts, in its interfaces. */
function* wishes(machine: Resource<(typeof machines)[number]>): Iterable<unknown> {
  if (machine.type !== "aws:ec2/launchTemplate:LaunchTemplate") {
    yield peek(machine.props, "associatePublicIpAddress");
    return;
  }
  const interfaces = peek(machine.props, "networkInterfaces");
  if (interfaces instanceof Unknown) yield interfaces;
  else
    for (const one of items(interfaces))
      yield one instanceof Unknown || !one ? one : peek(one, "associatePublicIpAddress");
}
