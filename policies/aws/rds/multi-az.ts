import { z } from "zod";
import { ref } from "../../example";
import { cluster, documents, instance, member } from "../../examples/database";
import {
  clusters,
  engineOf,
  instances,
  isMember,
  isReplica,
  membersOf,
  memberTypes,
} from "../../reading/database";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { isSet, peek, text } from "../../value";

export default rule({
  id: "aws-rds-multi-az",
  title: "Databases survive the loss of an availability zone.",
  severity: "medium",
  why: "A database in one zone is down for as long as the zone is, and for the time of every maintenance.",
  fix: "Set `multiAz: true`; give a cluster a second instance in another zone.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#multiaz_nodejs",
  ],
  controls: {
    fsbp: ["RDS.5", "RDS.15", "Neptune.9"],
    controlTower: ["CT.RDS.PR.1"],
    config: ["RDS_MULTI_AZ_SUPPORT", "RDS_CLUSTER_MULTI_AZ_ENABLED"],
    checkov: ["CKV_AWS_157"],
  },
  checklists: ["api-assistant", "foundational"],

  on: [instances, ...clusters],
  sees: memberTypes,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (isReplica(resource)) return notApplicable("is a copy of another database");
    if (resource.type === instances) {
      if (isTrue(resource.props.multiAz)) return;
      if (isMember(resource)) return notApplicable("fails over to the others of its cluster");
      return "runs in one availability zone";
    }
    if (resource.type === "aws:rds/cluster:Cluster") {
      // A Multi-AZ DB cluster has two readable standbys in other zones.
      if (isSet(resource.props, "dbClusterInstanceClass") && !engineOf(resource).startsWith("aurora")) return;
      if (resource.props.engineMode === "serverless") return notApplicable("fails over by itself");
      if (resource.props.clusterScalabilityType === "limitless")
        return notApplicable("has shards instead of instances");
    }
    const members = membersOf(resource, stack, 2);
    const { clusterMembers } = resource.props as { clusterMembers?: unknown };
    // In a state, it lists the instances of other stacks, too.
    const count = Math.max(members.length, Array.isArray(clusterMembers) ? clusterMembers.length : 0);
    if (count === 0) return "has no instances, so none to fail over to";
    if (count === 1) return "has one instance, so none to fail over to";
    const zones = members.map((m) =>
      text(peek(m.props as { availabilityZone?: string }, "availabilityZone")),
    );
    if (count === members.length && zones.every((zone) => zone && zone === zones[0]))
      return `has all its instances in ${zones[0]}`;
  },

  examples: {
    good: [
      { title: "A standby in another zone", resources: [instance("db", { multiAz: true })] },
      {
        title: "Clusters with two instances",
        resources: [
          cluster("orders"),
          member("one", ref("orders")),
          member("two", ref("orders"), { availabilityZone: "eu-west-3b" }),
          documents("documents"),
          ...["three", "four"].map(
            (name) =>
              ({
                type: "aws:docdb/clusterInstance:ClusterInstance",
                name,
                props: { clusterIdentifier: ref("documents"), instanceClass: "db.r6g.large" },
              }) as const,
          ),
        ],
      },
      {
        title: "A Multi-AZ DB cluster, Aurora Serverless v1 and a replica",
        resources: [
          cluster("books", {
            engine: "postgres",
            dbClusterInstanceClass: "db.m6gd.large",
            allocatedStorage: 100,
            iops: 1000,
          }),
          cluster("pages", { engine: "aurora-mysql", engineMode: "serverless" }),
          instance("replica", { replicateSourceDb: "orders" }),
        ],
      },
    ],
    bad: [
      {
        title: "Nothing said: one zone",
        resources: [instance("db"), instance("other", { multiAz: false })],
      },
      {
        title: "Clusters with one instance or none",
        resources: [cluster("orders"), member("one", ref("orders")), documents("documents")],
      },
      {
        title: "Both instances in the same zone",
        resources: [
          cluster("orders", { clusterIdentifier: "orders" }),
          member("one", "orders", { availabilityZone: "eu-west-3a" }),
          member("two", "orders", { availabilityZone: "eu-west-3a" }),
        ],
      },
    ],
    undetermined: [
      {
        title: "By the output of another stack",
        resources: [instance("db", { multiAz: ref<boolean>("elsewhere") })],
      },
    ],
  },
});
