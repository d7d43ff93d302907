import { z } from "zod";
import { ref } from "../../example";
import { cluster, instance, member } from "../../examples/database";
import { engineOf, instances, rdsClusters } from "../../reading/database";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { isSet, some } from "../../value";

export default rule({
  id: "aws-rds-monitoring",
  title: "Databases can be looked into while they are slow.",
  severity: "medium",
  why: "The plain metrics say that a database is busy; only Enhanced Monitoring and Performance Insights say with what.",
  fix: "Set `performanceInsightsEnabled: true`, or `monitoringInterval` to 60 or less with a `monitoringRoleArn`.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#monitoringinterval_nodejs",
  ],
  controls: {
    fsbp: ["RDS.6"],
    controlTower: ["CT.RDS.PR.2"],
    config: ["RDS_ENHANCED_MONITORING_ENABLED"],
    checkov: ["CKV_AWS_118", "CKV_AWS_353"],
    trivy: ["AWS-0133"],
  },
  checklists: ["praviel"],

  on: [instances, "aws:rds/clusterInstance:ClusterInstance", rdsClusters],
  sees: [rdsClusters],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const isMonitored = ({ monitoringInterval, performanceInsightsEnabled }: Monitored) =>
      some([() => Number(monitoringInterval()) > 0, () => isTrue(performanceInsightsEnabled())], (way) =>
        way(),
      );
    if (resource.type === rdsClusters) {
      const isAurora = engineOf(resource).startsWith("aurora");
      const own = !isAurora && isSet(resource.props, "dbClusterInstanceClass");
      if (!own) return notApplicable("is monitored by its instances");
    }
    const ways = [
      () => isMonitored(reader(resource)),
      () =>
        resource.type === "aws:rds/clusterInstance:ClusterInstance" &&
        some(stack.targets(resource, "clusterIdentifier", rdsClusters), (of) => isMonitored(reader(of))),
    ];
    if (some(ways, (way) => way())) return;
    return "has neither Enhanced Monitoring nor Performance Insights";
  },

  examples: {
    good: [
      {
        title: "Enhanced Monitoring, or Performance Insights",
        resources: [
          instance("db", { monitoringInterval: 60, monitoringRoleArn: ref("elsewhere") }),
          instance("other", { performanceInsightsEnabled: true }),
        ],
      },
      {
        title: "Insights of the cluster count for its instances",
        resources: [cluster("orders", { performanceInsightsEnabled: true }), member("one", ref("orders"))],
      },
    ],
    bad: [
      {
        title: "Nothing said: neither is on by default",
        resources: [instance("db"), cluster("orders"), member("one", ref("orders"))],
      },
      {
        title: "Switched off",
        resources: [instance("db", { monitoringInterval: 0, performanceInsightsEnabled: false })],
      },
      {
        title: "A Multi-AZ DB cluster, which has the settings itself",
        resources: [cluster("books", { engine: "postgres", dbClusterInstanceClass: "db.m6gd.large" })],
      },
    ],
    undetermined: [
      {
        title: "An instance of a cluster of another stack",
        resources: [member("one", ref("elsewhere"))],
      },
      {
        title: "By the output of another stack",
        resources: [instance("db", { performanceInsightsEnabled: ref<boolean>("elsewhere") })],
      },
    ],
  },
});

interface Monitored {
  monitoringInterval(): unknown;
  performanceInsightsEnabled(): unknown;
}

const reader = ({ props }: { props: object }): Monitored => {
  const of = props as Record<keyof Monitored, unknown>;
  return {
    monitoringInterval: () => of.monitoringInterval,
    performanceInsightsEnabled: () => of.performanceInsightsEnabled,
  };
};
