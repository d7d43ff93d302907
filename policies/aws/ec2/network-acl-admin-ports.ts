import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { hasPorts, type Ingress, isTheWorld, portsOf } from "../../reading/ingress";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { items, peek, some, text, Unknown } from "../../value";

const acls = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"] as const;
const aclRules = "aws:ec2/networkAclRule:NetworkAclRule";

export default rule({
  id: "aws-ec2-network-acl-admin-ports",
  title: "Network ACLs do not let SSH and RDP in from the internet.",
  severity: "medium",
  why: "The ACL is the net below the security groups: where it lets everybody at port 22 or 3389, one wrong group is enough.",
  fix: "Narrow the entry to the ports and addresses that are needed, or deny ports 22 and 3389 with a lower rule number.",
  links: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
  ],
  controls: { fsbp: ["EC2.21"], config: ["NACL_NO_UNRESTRICTED_SSH_RDP"], trivy: ["AWS-0105"] },
  checklists: ["api-assistant", "textai-studio"],

  on: acls,
  sees: [aclRules],
  config: z.strictObject({
    ports: z
      .array(z.number().int().min(0).max(65535))
      .default([22, 3389])
      .describe("Ports by which machines are administered."),
    allowReturnTraffic: z
      .boolean()
      .default(true)
      .describe("Let ranges from 1024 or above to 60999 or above pass: the answers to outgoing requests."),
  }),

  *each(_, { config }) {
    for (const port of config.ports) yield [`port ${port}`, port];
  },
  check(port, { resource, stack, config }) {
    const entries = entriesOf(resource, stack).sort((a, b) => a.number() - b.number());
    const isOpen = (isV6: boolean) => {
      const isOfFamily = (address: string) => address.includes(":") === isV6;
      for (const { ingress, isAllow } of entries) {
        if (!hasPorts(ingress)) continue;
        const { from, to } = portsOf(ingress);
        if (port < from || port > to) continue;
        if (!isAllow()) {
          if (some(ingress.addresses, (a) => isOfFamily(a) && a.endsWith("/0"))) return false;
        } else if (!(config.allowReturnTraffic && from >= 1024 && to >= 60999)) {
          if (some(ingress.addresses, (a) => isOfFamily(a) && isTheWorld(a))) return true;
        }
      }
      return false;
    };
    if (some([false, true], isOpen)) return "is let in from the internet";
  },

  examples: {
    good: [
      {
        title: "HTTPS and the answers to outgoing requests",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: {
              vpcId: "vpc-0123456789abcdef0",
              ingress: [entry(100, "allow", 443, 443), entry(200, "allow", 1024, 65535)],
            },
          },
        ],
      },
      {
        title: "A lower number denies what a later one allows",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: { vpcId: "vpc-0123456789abcdef0" },
          },
          own("all", 300, "allow", 0, 65535),
          own("ssh", 100, "deny", 22, 22),
          own("rdp", 200, "deny", 3389, 3389),
        ],
      },
      {
        title: "What goes out is not judged",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: { vpcId: "vpc-0123456789abcdef0" },
          },
          {
            type: "aws:ec2/networkAclRule:NetworkAclRule",
            name: "out",
            props: {
              networkAclId: ref("public"),
              egress: true,
              ruleNumber: 100,
              ruleAction: "allow",
              protocol: "-1",
              cidrBlock: "0.0.0.0/0",
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Everything from everywhere",
        resources: [
          {
            type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
            name: "default",
            props: {
              defaultNetworkAclId: "acl-0123456789abcdef0",
              ingress: [
                {
                  ruleNo: 100,
                  action: "allow",
                  protocol: "-1",
                  fromPort: 0,
                  toPort: 0,
                  cidrBlock: "0.0.0.0/0",
                },
              ],
            },
          },
        ],
      },
      {
        title: "The deny comes too late, or for a few addresses only",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: {
              vpcId: "vpc-0123456789abcdef0",
              ingress: [
                { ...entry(50, "deny", 22, 22), cidrBlock: "198.51.100.0/24" },
                entry(200, "deny", 22, 22),
                entry(100, "allow", 22, 22),
              ],
            },
          },
        ],
      },
      {
        title: "By an entry of its own",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: { vpcId: "vpc-0123456789abcdef0" },
          },
          own("rdp", 100, "allow", 3389, 3389),
        ],
      },
    ],
    undetermined: [
      {
        title: "The addresses come from another stack",
        resources: [
          {
            type: "aws:ec2/networkAcl:NetworkAcl",
            name: "public",
            props: {
              vpcId: "vpc-0123456789abcdef0",
              ingress: [{ ...entry(100, "allow", 22, 22), cidrBlock: ref("elsewhere", "office") }],
            },
          },
        ],
      },
    ],
  },
});

function entry(ruleNo: number, action: "allow" | "deny", fromPort: number, toPort: number) {
  return { ruleNo, action, protocol: "tcp", fromPort, toPort, cidrBlock: "0.0.0.0/0" };
}

function own(
  name: string,
  ruleNumber: number,
  ruleAction: "allow" | "deny",
  fromPort: number,
  toPort: number,
) {
  const range = { protocol: "tcp", fromPort, toPort, cidrBlock: "0.0.0.0/0" };
  const props = { networkAclId: ref("public"), ruleNumber, ruleAction, ...range };
  return { type: aclRules, name, props } as const;
}

/** An entry as the ACL or a resource of its own writes it. */
type Written = Ingress["written"] & {
  egress?: boolean;
  ruleNo?: number;
  ruleNumber?: number;
  action?: string;
  ruleAction?: string;
  cidrBlock?: string;
  ipv6CidrBlock?: string;
};

interface Entry {
  number(): number;
  isAllow(): boolean;
  ingress: Ingress;
}

/** The ingress entries of an ACL, wherever they are written. One that is not known may open or close anything. */
function entriesOf(acl: Resource<(typeof acls)[number]>, stack: Stack<typeof aclRules>): Entry[] {
  const within = items<Written>(acl.props.ingress as readonly Written[] | undefined);
  const { certain, possible } = stack.pointersAt(acl, aclRules, "networkAclId");
  if (possible[0]) throw possible[0].reason;
  const others = certain.map((one): Written => one.props);
  return [...within, ...others.filter((one) => !isTrue(one.egress))].flatMap((one) => {
    if (one instanceof Unknown) throw one;
    return typeof one === "object" && one !== null ? [read(one)] : [];
  });
}

function read(written: Written): Entry {
  const addresses = [peek(written, "cidrBlock"), peek(written, "ipv6CidrBlock")].flatMap((a) =>
    a instanceof Unknown || typeof a === "string" ? [a] : [],
  );
  return {
    number: () => Number(written.ruleNo ?? written.ruleNumber),
    isAllow: () => text(written.action ?? written.ruleAction)?.toLowerCase() === "allow",
    ingress: { written, addresses },
  };
}
