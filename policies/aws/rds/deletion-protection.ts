import { z } from "zod";
import { ref } from "../../example";
import { cluster, documents, instance } from "../../examples/database";
import { clusters, instances, isMember, isReplica } from "../../reading/database";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-rds-deletion-protection",
  title: "Databases cannot be deleted by mistake.",
  severity: "high",
  why: "Without deletion protection one `pulumi destroy`, or one replaced resource, is enough to lose the database.",
  fix: "Set `deletionProtection: true`.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html#USER_DeleteInstance.DeletionProtection",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-delete.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#deletionprotection_nodejs",
  ],
  controls: {
    fsbp: ["RDS.7", "RDS.8", "DocumentDB.5", "Neptune.4"],
    controlTower: ["CT.RDS.PR.3", "CT.RDS.PR.13"],
    config: ["RDS_INSTANCE_DELETION_PROTECTION_ENABLED", "RDS_CLUSTER_DELETION_PROTECTION_ENABLED"],
    checkov: ["CKV_AWS_293", "CKV_AWS_139"],
    trivy: ["AWS-0177", "AWS-0343"],
  },
  checklists: ["api-assistant", "praviel"],

  on: [instances, ...clusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (isReplica(resource)) return notApplicable("can be made again from its source");
    const { deletionProtection } = resource.props;
    // The default is false.
    if (isTrue(deletionProtection)) return;
    if (resource.type === instances && isMember(resource))
      return notApplicable("is protected with its cluster");
    return "is not protected against deletion";
  },
  remediate: () => ({ deletionProtection: true }),

  examples: {
    good: [
      {
        title: "Protected",
        resources: [
          instance("db", { deletionProtection: true }),
          cluster("orders", { deletionProtection: true }),
          documents("documents", { deletionProtection: true }),
        ],
      },
      {
        title: "A read replica can be made again from its source",
        resources: [instance("replica", { replicateSourceDb: "orders" })],
      },
      {
        title: "An instance of an Aurora cluster is protected with its cluster",
        resources: [instance("member", { engine: "aurora-mysql" })],
      },
    ],
    bad: [
      { title: "Nothing said: not protected by default", resources: [instance("db"), cluster("orders")] },
      {
        title: "Switched off",
        resources: [
          instance("db", { deletionProtection: false }),
          documents("documents", { deletionProtection: false }),
        ],
      },
    ],
    undetermined: [
      {
        title: "Protected or not by the output of another stack",
        resources: [instance("db", { deletionProtection: ref<boolean>("elsewhere") })],
      },
    ],
  },
});
