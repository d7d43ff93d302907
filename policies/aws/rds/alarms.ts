import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { instance, member } from "../../examples/database";
import { alarms, alarmsOn, compositeAlarms, notifies } from "../../reading/alarm";
import { engineOf, isMember, isReplica, membersOf, memberTypes } from "../../reading/database";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { some } from "../../value";

const metrics = (...names: string[]) => z.array(z.string().min(1)).default(names);

type Alarm = Extract<ExampleResource, { type: typeof alarms }>;

/** An alarm of an example. */
const alarm = (name: string, props: Partial<Alarm["props"]>): Alarm => ({
  type: alarms,
  name,
  props: {
    namespace: "AWS/RDS",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    period: 60,
    statistic: "Average",
    threshold: 80,
    alarmActions: [ref("on-call", "arn")],
    ...props,
  },
});

const onCall: ExampleResource = { type: "aws:sns/topic:Topic", name: "on-call", props: {} };

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
  sees: [alarms, compositeAlarms, ...memberTypes],
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
      some(alarmsOn(database, { namespace, name, dimension }, stack), (alarm) => notifies(alarm, stack));

    if (resource.type === "aws:rds/instance:Instance") {
      if (isWatched(resource, "DBInstanceIdentifier")) return;
      if (isMember(resource)) return notApplicable("is watched with its cluster");
      return "has no alarm on it that notifies anybody";
    }
    const ways = [
      () => isWatched(resource, "DBClusterIdentifier"),
      () => {
        const of = membersOf(resource, stack);
        return of.length > 0 && !some(of, (member) => !isWatched(member, "DBInstanceIdentifier"));
      },
    ];
    if (some(ways, (way) => way())) return;
    return "has no alarm on it that notifies anybody, neither on the cluster nor on each of its instances";
  },

  examples: {
    good: [
      {
        title: "An alarm for each metric of an instance",
        resources: [
          onCall,
          instance("db"),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
          }),
          alarm("disk", {
            metricName: "FreeStorageSpace",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
          }),
          alarm("connections", {
            metricName: "DatabaseConnections",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
          }),
        ],
      },
      {
        title: "A literal identifier, a metric inside an expression, and a composite alarm that notifies",
        config: { instance: ["CPUUtilization", "FreeStorageSpace"] },
        resources: [
          onCall,
          instance("db", { identifier: "orders" }),
          alarm("cpu", {
            name: "orders-cpu",
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: "orders" },
            alarmActions: [],
          }),
          alarm("disk", {
            metricQueries: [
              {
                id: "free",
                metric: {
                  namespace: "AWS/RDS",
                  metricName: "FreeStorageSpace",
                  dimensions: { DBInstanceIdentifier: "orders" },
                  period: 60,
                  stat: "Minimum",
                },
              },
              { id: "share", expression: "free / 100000000000", returnData: true },
            ],
          }),
          {
            type: compositeAlarms,
            name: "orders",
            props: {
              alarmName: "orders",
              alarmRule: 'ALARM("orders-cpu") AND NOT ALARM("maintenance")',
              alarmActions: [ref("on-call", "arn")],
            },
          },
        ],
      },
      {
        title: "One alarm on the Aurora cluster, another on each of its instances",
        resources: [
          onCall,
          { type: "aws:rds/cluster:Cluster", name: "orders", props: { engine: "aurora-postgresql" } },
          member("one", ref("orders")),
          member("two", ref("orders")),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBClusterIdentifier: ref("orders", "clusterIdentifier") },
          }),
          ...["one", "two"].map((name) =>
            alarm(`connections-${name}`, {
              metricName: "DatabaseConnections",
              dimensions: { DBInstanceIdentifier: ref(name, "identifier") },
            }),
          ),
        ],
      },
      {
        title: "A DocumentDB cluster",
        resources: [
          onCall,
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: {} },
          ...["CPUUtilization", "DatabaseConnections"].map((metricName) =>
            alarm(metricName, {
              namespace: "AWS/DocDB",
              metricName,
              dimensions: { DBClusterIdentifier: ref("documents", "clusterIdentifier") },
            }),
          ),
        ],
      },
      {
        title: "One query over every instance",
        config: { instance: ["CPUUtilization"] },
        resources: [
          onCall,
          instance("db"),
          alarm("fleet", {
            metricQueries: [
              {
                id: "cpu",
                expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/RDS", DBInstanceIdentifier)',
                period: 60,
                returnData: true,
              },
            ],
          }),
        ],
      },
    ],
    bad: [
      { title: "No alarm at all", resources: [instance("db")] },
      {
        title: "Clusters without alarms",
        resources: [
          { type: "aws:rds/cluster:Cluster", name: "orders", props: { engine: "aurora-mysql" } },
          { type: "aws:docdb/cluster:Cluster", name: "documents", props: {} },
        ],
      },
      {
        title: "An alarm without actions, one switched off, one that only scales",
        resources: [
          instance("db"),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
            alarmActions: [],
          }),
          alarm("disk", {
            metricName: "FreeStorageSpace",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
            alarmActions: ["arn:aws:sns:eu-west-3:123456789012:on-call"],
            actionsEnabled: false,
          }),
          alarm("connections", {
            metricName: "DatabaseConnections",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
            alarmActions: [
              "arn:aws:autoscaling:eu-west-3:123456789012:scalingPolicy:6d8972f3:policyName/out",
            ],
          }),
        ],
      },
      {
        title: "The alarms of another database, and of another namespace",
        config: { instance: ["CPUUtilization"] },
        resources: [
          onCall,
          instance("db"),
          instance("other"),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("other", "identifier") },
          }),
          alarm("documents", {
            namespace: "AWS/DocDB",
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
          }),
        ],
      },
      {
        title: "An Aurora cluster with an alarm on one of its two instances",
        config: { aurora: ["CPUUtilization"] },
        resources: [
          onCall,
          { type: "aws:rds/cluster:Cluster", name: "orders", props: { engine: "aurora-postgresql" } },
          member("one", ref("orders")),
          member("two", ref("orders")),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("one", "identifier") },
          }),
        ],
      },
      {
        title: "A read replica whose lag nobody watches",
        config: { instance: [] },
        resources: [instance("replica", { replicateSourceDb: "orders" })],
      },
    ],
    undetermined: [
      {
        title: "A metric whose name is not known yet",
        config: { instance: ["CPUUtilization"] },
        resources: [
          onCall,
          instance("db"),
          alarm("cpu", {
            metricName: ref("elsewhere"),
            dimensions: { DBInstanceIdentifier: ref("db", "identifier") },
          }),
        ],
      },
      {
        title: "An alarm on a database of another stack, perhaps this one",
        config: { instance: ["CPUUtilization"] },
        resources: [
          onCall,
          instance("db"),
          alarm("cpu", {
            metricName: "CPUUtilization",
            dimensions: { DBInstanceIdentifier: ref("elsewhere") },
          }),
        ],
      },
    ],
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
      return engineOf(database).startsWith("aurora") ? config.aurora : config.instance;
    default:
      return isReplica(database) ? [...config.instance, ...config.replica] : config.instance;
  }
}
