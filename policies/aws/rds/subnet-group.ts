import { z } from "zod";
import { ref } from "../../example";
import { cluster, documents, instance, warehouse } from "../../examples/database";
import { clusters, instances, isMember, isReplica, redshiftClusters } from "../../reading/database";
import { notApplicable, rule } from "../../rule";
import { isSet, peek, Unknown } from "../../value";

const inputs = {
  "aws:rds/instance:Instance": "dbSubnetGroupName",
  "aws:rds/cluster:Cluster": "dbSubnetGroupName",
  "aws:docdb/cluster:Cluster": "dbSubnetGroupName",
  "aws:neptune/cluster:Cluster": "neptuneSubnetGroupName",
  "aws:redshift/cluster:Cluster": "clusterSubnetGroupName",
} as const;

export default rule({
  id: "aws-rds-subnet-group",
  title: "Databases are put into subnets chosen for them.",
  severity: "high",
  why: "Without a subnet group a database lands in the default VPC, where every subnet is public.",
  fix: "Create a `SubnetGroup` of private subnets and name it in `dbSubnetGroupName` (Neptune: `neptuneSubnetGroupName`, Redshift: `clusterSubnetGroupName`). An existing database is moved by that, which can replace it: restore it from a snapshot instead.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Subnets",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#dbsubnetgroupname_nodejs",
  ],
  controls: {
    fsbp: ["RDS.18"],
    controlTower: ["CT.RDS.PR.11"],
    config: ["RDS_INSTANCE_SUBNET_IGW_CHECK"],
  },
  checklists: ["lexia", "api-assistant", "praviel"],

  on: [instances, ...clusters, redshiftClusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    const props = resource.props as Record<string, unknown>;
    const input = inputs[resource.type];
    if (!isSet(props, input)) {
      if (isReplica(resource)) return notApplicable("is put where its source is");
      if (resource.type === instances && isMember(resource))
        return notApplicable("is put where its cluster is");
      return "has no subnet group: it lands in the default VPC";
    }
    const group = peek(props, input);
    if (group instanceof Unknown) {
      // A group of this stack is none by default.
      if (resource.from(input).length > 0) return;
      throw group;
    }
    if (group !== "default") return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is put where its cluster is");
    return "is in the subnet group of the default VPC";
  },

  examples: {
    good: [
      {
        title: "A subnet group of one's own, in this stack or another",
        resources: [
          {
            type: "aws:rds/subnetGroup:SubnetGroup",
            name: "private",
            props: { subnetIds: ["subnet-1", "subnet-2"] },
          },
          instance("db", { dbSubnetGroupName: ref("private", "name") }),
          cluster("orders", { dbSubnetGroupName: "private" }),
          documents("documents", { dbSubnetGroupName: "private" }),
          warehouse("reports", { clusterSubnetGroupName: "private" }),
        ],
      },
      {
        title: "A read replica is put where its source is",
        resources: [instance("replica", { replicateSourceDb: "orders" })],
      },
    ],
    bad: [
      {
        title: "Nothing said: the default VPC",
        resources: [instance("db"), cluster("orders"), documents("documents")],
      },
      {
        title: "The default group by its name",
        resources: [
          instance("db", { dbSubnetGroupName: "default" }),
          instance("replica", { replicateSourceDb: "orders", dbSubnetGroupName: "default" }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A group of another stack, whose name is not known yet",
        resources: [instance("db", { dbSubnetGroupName: ref("elsewhere") })],
      },
    ],
  },
});
