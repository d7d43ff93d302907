import { z } from "zod";
import { ref } from "../../example";
import { instances, machines, namedTypes } from "../../reading/ec2";
import { nodeGroups } from "../../reading/node-group";
import { rule } from "../../rule";
import { isSet, peek, text, Unknown } from "../../value";

const databases = [
  "aws:rds/instance:Instance",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:docdb/clusterInstance:ClusterInstance",
] as const;
const caches = [
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
] as const;
const ami = "ami-0123456789abcdef0";
const names = (text: string) => text.split(" ");

export default rule({
  id: "aws-ec2-current-generation",
  title: "Machines are of a current generation.",
  severity: "low",
  why: "A previous generation costs more for less, and one day AWS has none left to replace a machine with.",
  fix: "Choose the same size of a current family, such as m7i for m4 or t3 for t1.",
  links: ["https://aws.amazon.com/ec2/previous-generation/"],
  checklists: ["api-assistant", "foundational"],

  on: [...machines, ...databases, ...caches],
  config: z.strictObject({
    ec2: z
      .array(z.string())
      .default(names("a1 c1 c3 c4 cc1 cc2 cg1 cr1 d2 g2 g3 g3s hi1 hs1 i2 m1 m2 m3 m4 p2 r3 r4 t1"))
      .describe("Families of EC2 that are of a previous generation."),
    rds: z
      .array(z.string())
      .default(names("m1 m2 m3 m4 r3 r4 t1 t2"))
      .describe("Families of RDS and DocumentDB, without `db.`."),
    cache: z
      .array(z.string())
      .default(names("c1 m1 m2 m3 r3 t1"))
      .describe("Families of ElastiCache, without `cache.`."),
  }),

  *each(_, { resource }): Iterable<readonly [string, Named]> {
    switch (resource.type) {
      case "aws:rds/instance:Instance":
      case "aws:rds/clusterInstance:ClusterInstance":
      case "aws:docdb/clusterInstance:ClusterInstance":
        yield ["", { kind: "rds", type: peek(resource.props, "instanceClass") }];
        break;
      case "aws:elasticache/cluster:Cluster":
      case "aws:elasticache/replicationGroup:ReplicationGroup":
        if (isSet(resource.props, "nodeType"))
          yield ["", { kind: "cache", type: peek(resource.props, "nodeType") }];
        break;
      default: {
        const types = namedTypes(resource);
        for (const type of types)
          yield [
            types.length > 1 && !(type instanceof Unknown) ? `instance type ${type}` : "",
            { kind: "ec2", type },
          ] as const;
      }
    }
  },
  check({ kind, type }, { config }) {
    if (type instanceof Unknown) throw type;
    const family =
      (text(type) ?? "")
        .toLowerCase()
        .replace(/^(db|cache)\./, "")
        .split(".")[0] ?? "";
    if (config[kind].includes(family)) return `is of type ${type}, a previous generation`;
  },

  examples: {
    good: [
      {
        title: "Current families",
        resources: [
          { type: instances, name: "app", props: { ami, instanceType: "m7i.large" } },
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.t4g.medium" } },
          {
            type: "aws:elasticache/replicationGroup:ReplicationGroup",
            name: "cache",
            props: { description: "cache", nodeType: "cache.t3.small" },
          },
        ],
      },
      {
        title: "A family of one's own choice",
        config: { ec2: [] },
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "m4.large" } }],
      },
    ],
    bad: [
      {
        title: "An old instance",
        resources: [{ type: instances, name: "app", props: { ami, instanceType: "m4.large" } }],
      },
      {
        title: "An old database and an old cache",
        resources: [
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.m3.large" } },
          { type: "aws:elasticache/cluster:Cluster", name: "cache", props: { nodeType: "cache.m3.medium" } },
        ],
      },
      {
        title: "One of the types of a node group",
        resources: [
          {
            type: nodeGroups,
            name: "nodes",
            props: {
              clusterName: "main",
              nodeRoleArn: "arn:aws:iam::123456789012:role/node",
              subnetIds: ["a"],
              scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
              instanceTypes: ["m7i.large", "r4.large"],
            },
          },
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

/** An instance type, and which service's it is. */
interface Named {
  kind: "ec2" | "rds" | "cache";
  type: unknown;
}
