import { z } from "zod";
import { ref } from "../../example";
import { alarms, alarmsOn, compositeAlarms, notifies } from "../../reading/alarm";
import { rule } from "../../rule";
import type { Resource } from "../../stack";
import { isSet, peek, some, text } from "../../value";

const members = [
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:docdb/clusterInstance:ClusterInstance",
] as const;
const metrics = (...names: string[]) => z.array(z.string().min(1)).default(names);

export default rule({
  id: "aws-rds-alarms",
  title: "Every database has alarms that reach somebody.",
  severity: "medium",
  why: "A database that runs out of CPU, disk or connections takes everything down; an alarm says so before users do.",
  fix: "Add a `MetricAlarm` with `alarmActions` for each of the metrics, its dimension naming this database.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
  ],
  controls: { config: ["CLOUDWATCH_ALARM_RESOURCE_CHECK"] },
  checklists: ["foundational", "praviel"],

  on: ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster"],
  sees: [alarms, compositeAlarms, ...members],
  // Aurora and DocumentDB have no FreeStorageSpace: their storage grows by itself.
  config: z.strictObject({
    instance: metrics("CPUUtilization", "FreeStorageSpace", "DatabaseConnections").describe(
      "Metrics of an RDS instance, and of a Multi-AZ DB cluster.",
    ),
    replica: metrics("ReplicaLag").describe("Metrics that a read replica is asked for as well."),
    aurora: metrics("CPUUtilization", "DatabaseConnections").describe("Metrics of an Aurora cluster."),
    documentDb: metrics("CPUUtilization", "DatabaseConnections").describe("Metrics of a DocumentDB cluster."),
  }),

  *each(_, { resource, config }) {
    for (const name of metricsOf(resource, config)) yield [name, name];
  },
  check(name, { resource, stack }) {
    const namespace = resource.type.startsWith("aws:docdb") ? "AWS/DocDB" : "AWS/RDS";
    const isWatched = (database: Resource, dimension: string) =>
      some(alarmsOn(database, { namespace, name, dimension }, stack), (alarm) => {
        // The id of an instance is another value than its identifier: an alarm on it watches nothing.
        const value = peek(alarm.props.dimensions ?? {}, dimension);
        const identifier = peek(database.props as { identifier?: string }, "identifier");
        const misses = text(value) && text(identifier) && value !== identifier && value === database.id;
        return !misses && notifies(alarm, stack);
      });

    if (resource.type === "aws:rds/instance:Instance") {
      if (isWatched(resource, "DBInstanceIdentifier")) return;
      return "has no alarm on it that notifies anybody";
    }
    if (isWatched(resource, "DBClusterIdentifier")) return;
    const of = stack.pointingAt(resource, members, "clusterIdentifier");
    if (of.length > 0 && of.every((member) => isWatched(member, "DBInstanceIdentifier"))) return;
    return "has no alarm on it that notifies anybody, neither on the cluster nor on each of its instances";
  },

  examples: {
    good: [],
    bad: [],
  },
});

type Database = Resource<
  "aws:rds/instance:Instance" | "aws:rds/cluster:Cluster" | "aws:docdb/cluster:Cluster"
>;
type Metrics = Record<"instance" | "replica" | "aurora" | "documentDb", string[]>;

function metricsOf(database: Database, config: Metrics): string[] {
  switch (database.type) {
    case "aws:docdb/cluster:Cluster":
      return config.documentDb;
    case "aws:rds/cluster:Cluster":
      return text(database.props.engine)?.startsWith("aurora") ? config.aurora : config.instance;
    default:
      return isSet(database.props, "replicateSourceDb")
        ? [...config.instance, ...config.replica]
        : config.instance;
  }
}
