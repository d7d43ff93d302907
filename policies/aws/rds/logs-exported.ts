import { z } from "zod";
import { ref } from "../../example";
import { cluster, documents, instance } from "../../examples/database";
import { clusters, engineOf, instances, isMember } from "../../reading/database";
import { notApplicable, rule } from "../../rule";
import { isSet, list } from "../../value";

export default rule({
  id: "aws-rds-logs-exported",
  title: "Databases send their logs to CloudWatch.",
  severity: "medium",
  why: "Logs that stay on the database are gone within days, and nobody can search them or be alarmed by them.",
  fix: 'Set `enabledCloudwatchLogsExports` to the log types of the engine, such as `["postgresql", "upgrade"]` or `["audit", "profiler"]`.',
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/instance/#enabledcloudwatchlogsexports_nodejs",
  ],
  controls: {
    fsbp: ["RDS.9", "RDS.36", "RDS.37", "DocumentDB.4", "Neptune.2"],
    controlTower: ["CT.RDS.PR.14", "CT.RDS.PR.25"],
    config: ["RDS_LOGGING_ENABLED"],
    checkov: ["CKV_AWS_129", "CKV_AWS_324", "CKV_AWS_85", "CKV_AWS_101"],
    trivy: ["AWS-0020"],
  },
  checklists: ["api-assistant", "praviel"],

  on: [instances, ...clusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    const props = resource.props as Record<string, unknown>;
    const key =
      resource.type === "aws:neptune/cluster:Cluster"
        ? "enableCloudwatchLogsExports"
        : "enabledCloudwatchLogsExports";
    // Without the argument, nothing is exported.
    if (isSet(props, key) && list(props[key] as readonly unknown[]).length > 0) return;
    if (resource.type === instances) {
      if (isMember(resource)) return notApplicable("sends its logs as its cluster says");
      if (engineOf(resource).startsWith("custom-")) return notApplicable("runs on a host of your own");
    }
    if (resource.type === "aws:rds/cluster:Cluster" && resource.props.engineMode === "serverless")
      return notApplicable("sends its logs by itself");
    return "sends no logs to CloudWatch";
  },

  examples: {
    good: [
      {
        title: "Logs exported",
        resources: [
          instance("db", { enabledCloudwatchLogsExports: ["postgresql", "upgrade"] }),
          cluster("orders", { enabledCloudwatchLogsExports: ["postgresql"] }),
          documents("documents", { enabledCloudwatchLogsExports: ["audit", "profiler"] }),
        ],
      },
      {
        title: "Aurora Serverless v1 sends its logs by itself, an instance of a cluster as that says",
        resources: [
          cluster("orders", { engineMode: "serverless" }),
          instance("member", { engine: "aurora-mysql" }),
        ],
      },
    ],
    bad: [
      {
        title: "Nothing said: no logs are exported",
        resources: [instance("db"), cluster("orders"), documents("documents")],
      },
      { title: "An empty list", resources: [instance("db", { enabledCloudwatchLogsExports: [] })] },
    ],
    undetermined: [
      {
        title: "A list from another stack",
        resources: [instance("db", { enabledCloudwatchLogsExports: ref<string[]>("elsewhere") })],
      },
    ],
  },
});
