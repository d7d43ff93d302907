import { z } from "zod";
import { ref } from "../../example";
import { cluster, documents, instance, warehouse } from "../../examples/database";
import { clusters, instances, isMember, isReplica, redshiftClusters } from "../../reading/database";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

export default rule({
  id: "aws-rds-final-snapshot",
  title: "Databases leave a snapshot behind when they are deleted.",
  severity: "medium",
  why: "The final snapshot is the only way back once a database was deleted: its automatic backups go with it.",
  fix: "Leave out `skipFinalSnapshot` and set `finalSnapshotIdentifier`.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.Snapshot",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#finalsnapshotidentifier_nodejs",
  ],
  checklists: ["api-assistant", "praviel"],

  on: [instances, ...clusters, redshiftClusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (isReplica(resource)) return notApplicable("can be made again from its source");
    const isSkipped = isTrue(resource.props.skipFinalSnapshot);
    if (!isSkipped && isSet(resource.props, "finalSnapshotIdentifier")) return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is part of its cluster's snapshots");
    if (isSkipped) return "is deleted without a final snapshot";
    return "cannot be destroyed: it names no final snapshot";
  },

  examples: {
    good: [
      {
        title: "A final snapshot",
        resources: [
          instance("db", { finalSnapshotIdentifier: "db-final" }),
          cluster("orders", { skipFinalSnapshot: false, finalSnapshotIdentifier: "orders-final" }),
          documents("documents", { finalSnapshotIdentifier: "documents-final" }),
          warehouse("reports", { finalSnapshotIdentifier: "reports-final" }),
        ],
      },
      {
        title: "A read replica must not have one",
        resources: [instance("replica", { replicateSourceDb: "orders", skipFinalSnapshot: true })],
      },
    ],
    bad: [
      {
        title: "Skipped",
        resources: [
          instance("db", { skipFinalSnapshot: true }),
          cluster("orders", { skipFinalSnapshot: true }),
          documents("documents", { skipFinalSnapshot: true }),
        ],
      },
      {
        title: "Nothing said: a snapshot is wanted, but has no name",
        resources: [instance("db"), documents("documents", { skipFinalSnapshot: false })],
      },
    ],
    undetermined: [
      {
        title: "Skipped or not by the output of another stack",
        resources: [
          instance("db", {
            skipFinalSnapshot: ref<boolean>("elsewhere"),
            finalSnapshotIdentifier: "db-final",
          }),
        ],
      },
    ],
  },
});
