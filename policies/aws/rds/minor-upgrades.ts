import { z } from "zod";
import { ref } from "../../example";
import { cluster, instance, member } from "../../examples/database";
import { isFalse } from "../../reading/flag";
import { rule } from "../../rule";

export default rule({
  id: "aws-rds-minor-upgrades",
  title: "Databases take minor versions by themselves.",
  severity: "medium",
  why: "Minor versions close security holes; without them a database runs with known ones until somebody remembers.",
  fix: "Remove `autoMinorVersionUpgrade: false`; the upgrade happens in the maintenance window.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html#USER_UpgradeDBInstance.Upgrading.AutoMinorVersionUpgrades",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#autominorversionupgrade_nodejs",
  ],
  controls: {
    fsbp: ["RDS.13", "RDS.35", "Neptune.8"],
    controlTower: ["CT.RDS.PR.5"],
    config: ["RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED"],
    checkov: ["CKV_AWS_226"],
  },
  checklists: ["api-assistant", "textai-studio"],

  // DocumentDB ignores the argument.
  on: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:neptune/clusterInstance:ClusterInstance",
  ],
  config: z.strictObject({}),

  check({ autoMinorVersionUpgrade }) {
    // The default is true.
    return isFalse(autoMinorVersionUpgrade) ? "does not take minor versions by itself" : undefined;
  },
  remediate: () => ({ autoMinorVersionUpgrade: true }),

  examples: {
    good: [
      {
        title: "On, or nothing said: on by default",
        resources: [
          instance("db", { autoMinorVersionUpgrade: true }),
          instance("other"),
          cluster("orders"),
          member("one", ref("orders")),
        ],
      },
    ],
    bad: [
      { title: "Switched off", resources: [instance("db", { autoMinorVersionUpgrade: false })] },
      {
        title: "Switched off for a cluster and its instance",
        resources: [
          cluster("orders", { autoMinorVersionUpgrade: false }),
          member("one", ref("orders"), { autoMinorVersionUpgrade: false }),
        ],
      },
    ],
    undetermined: [
      {
        title: "By the output of another stack",
        resources: [instance("db", { autoMinorVersionUpgrade: ref<boolean>("elsewhere") })],
      },
    ],
  },
});
