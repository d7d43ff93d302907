import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { alarms, alarmsOn, compositeAlarms, notifies } from "../../reading/alarm";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { isSet, some } from "../../value";

const clusters = "aws:elasticache/cluster:Cluster";
const groups = "aws:elasticache/replicationGroup:ReplicationGroup";
const memoryDb = "aws:memorydb/cluster:Cluster";

const anyOf = (...names: string[]) => z.array(z.string().min(1)).default(names);

/** An alarm of an example. */
const alarm = (
  name: string,
  metricName: string,
  dimensions: Record<string, string>,
  namespace = "AWS/ElastiCache",
): ExampleResource => ({
  type: alarms,
  name,
  props: {
    namespace,
    metricName,
    dimensions,
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 3,
    period: 60,
    statistic: "Average",
    threshold: 80,
    alarmActions: ["arn:aws:sns:eu-west-3:123456789012:on-call"],
  },
});

const group = (props: object = {}): ExampleResource => ({
  type: groups,
  name: "sessions",
  props: { description: "Sessions", ...props },
});

export default rule({
  id: "aws-elasticache-alarms",
  title: "Every cache has alarms on its CPU and on its memory.",
  severity: "medium",
  why: "A full cache evicts sessions and queues without a word, and a busy one slows every request; an alarm says so before users do.",
  fix: "Add `MetricAlarm`s with `alarmActions`, one on CPU and one on memory or evictions, their dimension naming this cache or a node of it.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html",
    "https://docs.aws.amazon.com/memorydb/latest/devguide/metrics.whichshouldimonitor.html",
  ],
  controls: { config: ["CLOUDWATCH_ALARM_RESOURCE_CHECK"] },
  checklists: ["foundational", "praviel"],

  on: [clusters, groups, memoryDb],
  sees: [alarms, compositeAlarms, clusters],
  config: z.strictObject({
    cpu: anyOf("CPUUtilization", "EngineCPUUtilization").describe("Metrics of which one must be watched."),
    memory: anyOf(
      "DatabaseMemoryUsagePercentage",
      "DatabaseMemoryUsageCountedForEvictPercentage",
      "DatabaseCapacityUsagePercentage",
      "FreeableMemory",
      "BytesUsedForCache",
      "BytesUsedForCacheItems",
      "BytesUsedForMemoryDB",
      "Evictions",
    ).describe("Metrics of which one must be watched."),
  }),

  each: (_, { config }) => [
    ["CPU", config.cpu],
    ["memory", config.memory],
  ],
  check(names, { resource, stack }) {
    if (resource.type === clusters && isSet(resource.props, "replicationGroupId"))
      return notApplicable("is watched with its replication group");
    const isWatched = (cache: Resource, dimension: string) =>
      some(names, (name) => {
        const namespace = cache.type === memoryDb ? "AWS/MemoryDB" : "AWS/ElastiCache";
        return some(alarmsOn(cache, { namespace, name, dimension }, stack), (a) => notifies(a, stack));
      });
    const ways = dimensions[resource.type].map((dimension) => () => isWatched(resource, dimension));
    const ofMembers = () =>
      stack.somePointingAt(resource, clusters, "replicationGroupId", (member) =>
        isWatched(member, "CacheClusterId"),
      );
    if (some(resource.type === groups ? [...ways, ofMembers] : ways, (way) => way())) return;
    return "has no alarm on it that notifies anybody";
  },

  examples: {
    good: [
      {
        title: "Alarms on the first node of a replication group",
        resources: [
          group(),
          alarm("cpu", "EngineCPUUtilization", { CacheClusterId: `${ref("sessions")}-001` }),
          alarm("memory", "DatabaseMemoryUsagePercentage", { CacheClusterId: `${ref("sessions")}-001` }),
        ],
      },
      {
        title: "Nodes by their literal names, in a group with shards",
        resources: [
          group({ replicationGroupId: "sessions" }),
          alarm("cpu", "CPUUtilization", { CacheClusterId: "sessions-0001-001" }),
          alarm("memory", "Evictions", { CacheClusterId: "sessions-0001-001" }),
        ],
      },
      {
        title: "A single cache, and one of MemoryDB",
        resources: [
          { type: clusters, name: "pages", props: { engine: "memcached" } },
          alarm("cpu", "CPUUtilization", { CacheClusterId: ref("pages", "clusterId") }),
          alarm("memory", "Evictions", { CacheClusterId: ref("pages", "clusterId") }),
          { type: memoryDb, name: "carts", props: { aclName: "carts", nodeType: "db.r7g.large" } },
          alarm("carts-cpu", "CPUUtilization", { ClusterName: ref("carts", "name") }, "AWS/MemoryDB"),
          alarm(
            "carts-memory",
            "DatabaseMemoryUsagePercentage",
            { ClusterName: ref("carts", "name") },
            "AWS/MemoryDB",
          ),
        ],
      },
      {
        title: "A member is watched with its group",
        config: { memory: ["Evictions"] },
        resources: [{ type: clusters, name: "replica", props: { replicationGroupId: "elsewhere" } }],
      },
    ],
    bad: [
      { title: "No alarm at all", resources: [group()] },
      {
        title: "CPU is watched, memory is not",
        resources: [
          { type: clusters, name: "pages", props: { engine: "memcached" } },
          alarm("cpu", "CPUUtilization", { CacheClusterId: ref("pages", "clusterId") }),
        ],
      },
      {
        title: "The alarms of another group",
        resources: [
          group({ replicationGroupId: "sessions" }),
          alarm("cpu", "CPUUtilization", { CacheClusterId: "pages-001" }),
          alarm("memory", "Evictions", { CacheClusterId: "pages-001" }),
        ],
      },
    ],
    undetermined: [
      {
        title: "Alarms on a cache of another stack, perhaps this one",
        resources: [
          group(),
          alarm("cpu", "CPUUtilization", { CacheClusterId: ref("elsewhere") }),
          alarm("memory", "Evictions", { CacheClusterId: ref("elsewhere") }),
        ],
      },
    ],
  },
});

const dimensions = {
  [clusters]: ["CacheClusterId"],
  [groups]: ["CacheClusterId", "ReplicationGroupId"],
  [memoryDb]: ["ClusterName"],
};
