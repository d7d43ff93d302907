import { z } from "zod";
import { ref } from "../../example";
import { cluster, group, memoryDb, serverless } from "../../examples/cache";
import { cacheClusters, memoryDbs, replicationGroups, serverlessCaches } from "../../reading/cache";
import { notApplicable, rule } from "../../rule";
import { isSet, list, peek, text, Unknown } from "../../value";

export default rule({
  id: "aws-elasticache-subnet-group",
  title: "Caches stand in subnets that were chosen for them.",
  severity: "high",
  why: "Without a subnet group a cache lands in the default VPC, whose subnets all have a way to the Internet.",
  fix: "Make a subnet group of private subnets and set `subnetGroupName` (for a serverless cache, `subnetIds`).",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html",
    "https://docs.aws.amazon.com/memorydb/latest/devguide/subnetgroups.html",
  ],
  controls: {
    fsbp: ["ElastiCache.7"],
    controlTower: ["CT.ELASTICACHE.PR.6"],
    checkov: ["CKV_AWS_323"],
  },
  checklists: ["lexia", "praviel"],

  on: [replicationGroups, cacheClusters, serverlessCaches, memoryDbs],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === serverlessCaches) {
      const { props } = resource;
      const chosen = isSet(props, "subnetIds") && list(props.subnetIds).length > 0;
      return chosen ? undefined : "has no subnets: it stands in the default VPC";
    }
    if (resource.type === cacheClusters && isSet(resource.props, "replicationGroupId"))
      return notApplicable("follows its replication group");
    if (!isSet(resource.props, "subnetGroupName")) return "has no subnet group: it stands in the default VPC";
    const name = peek(resource.props, "subnetGroupName");
    // What another resource is called is not known yet, but it is not "default".
    if (name instanceof Unknown && resource.from("subnetGroupName").length > 0) return;
    if (name instanceof Unknown) throw name;
    return text(name)?.toLowerCase() === "default" ? "stands in the `default` subnet group" : undefined;
  },

  examples: {
    good: [
      {
        title: "A subnet group of the stack",
        resources: [
          {
            type: "aws:elasticache/subnetGroup:SubnetGroup",
            name: "private",
            props: { subnetIds: ["subnet-1"] },
          },
          group("sessions", { subnetGroupName: ref("private", "name") }),
        ],
      },
      {
        title: "One that is there already",
        resources: [
          cluster("pages", { engine: "memcached", subnetGroupName: "private" }),
          memoryDb("ledger", { subnetGroupName: "private" }),
        ],
      },
      {
        title: "A serverless cache has its subnets itself",
        resources: [serverless("jobs", { engine: "valkey", subnetIds: ["subnet-1", "subnet-2"] })],
      },
      {
        title: "A node of a replication group",
        resources: [cluster("reader", { replicationGroupId: "sessions" })],
      },
    ],
    bad: [
      { title: "None", resources: [group("sessions", {})] },
      { title: "The default one", resources: [group("sessions", { subnetGroupName: "default" })] },
      { title: "Memcached, too", resources: [cluster("pages", { engine: "memcached" })] },
      { title: "MemoryDB, too", resources: [memoryDb("ledger", {})] },
      { title: "A serverless cache without subnets", resources: [serverless("jobs", { engine: "valkey" })] },
    ],
    undetermined: [
      {
        title: "A name from outside the stack",
        resources: [group("sessions", { subnetGroupName: ref("elsewhere", "name") })],
      },
    ],
  },
});
