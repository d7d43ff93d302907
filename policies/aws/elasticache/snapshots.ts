import { z } from "zod";
import { ref } from "../../example";
import { cluster, group, serverless } from "../../examples/cache";
import {
  cacheClusters,
  isMemcached,
  replicationGroups,
  serverlessCaches,
  standsBack,
  takesOver,
} from "../../reading/cache";
import { notApplicable, rule } from "../../rule";
import { isSet, text } from "../../value";

export default rule({
  id: "aws-elasticache-snapshots",
  title: "Redis keeps daily snapshots.",
  severity: "high",
  why: "A failed node or a wrong command takes the only copy: queues, sessions and counters are gone.",
  fix: "Set `snapshotRetentionLimit` to the number of days that snapshots are to be kept.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/elasticache/replicationgroup/",
  ],
  controls: {
    fsbp: ["ElastiCache.1"],
    controlTower: ["CT.ELASTICACHE.PR.1"],
    checkov: ["CKV_AWS_134"],
    trivy: ["AWS-0050"],
  },
  checklists: ["lexia", "praviel"],

  // MemoryDB keeps every write in a log of its own. Append-only files end with Redis 2.8.22 in ElastiCache.
  on: [replicationGroups, cacheClusters, serverlessCaches],
  config: z.strictObject({
    minDays: z.int().positive().default(1).describe("How many days snapshots are kept at least."),
  }),

  check(_, { resource, config: { minDays } }) {
    const other =
      isExempt(resource.props) ?? (resource.type === cacheClusters ? standsBack(resource) : undefined);
    if (other) return other;
    if (resource.type === replicationGroups) {
      const follows = takesOver(resource);
      if (follows) return follows;
    }
    const { props } = resource;
    const days = isSet(props, "snapshotRetentionLimit") ? Number(props.snapshotRetentionLimit) : 0;
    if (days >= minDays) return;
    return days > 0 ? `keeps snapshots for ${days} days; ${minDays} are required` : "takes no snapshots";
  },
  remediate: (_, { config: { minDays } }) => ({ snapshotRetentionLimit: minDays }),

  examples: {
    good: [
      { title: "A week of snapshots", resources: [group("sessions", { snapshotRetentionLimit: 7 })] },
      {
        title: "A single node and a serverless cache",
        resources: [
          cluster("sessions", { engine: "redis", snapshotRetentionLimit: 1 }),
          serverless("jobs", { engine: "valkey", snapshotRetentionLimit: 1 }),
        ],
      },
      {
        title: "Memcached, t1.micro, a node of a replication group, a member of a global datastore",
        resources: [
          cluster("pages", { engine: "memcached" }),
          cluster("old", { engine: "redis", nodeType: "cache.t1.micro" }),
          cluster("reader", { replicationGroupId: "sessions" }),
          serverless("fragments", { engine: "memcached" }),
          group("far", { globalReplicationGroupId: "ldgnf-sessions" }),
        ],
      },
    ],
    bad: [
      { title: "Not said", resources: [group("sessions", {})] },
      { title: "Switched off", resources: [group("sessions", { snapshotRetentionLimit: 0 })] },
      {
        title: "A single node",
        resources: [cluster("sessions", { engine: "redis", nodeType: "cache.t4g.small" })],
      },
      { title: "A serverless cache", resources: [serverless("jobs", { engine: "redis" })] },
      {
        title: "Not for long enough",
        config: { minDays: 7 },
        resources: [group("sessions", { snapshotRetentionLimit: 1 })],
      },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [group("sessions", { snapshotRetentionLimit: ref<number>("elsewhere", "days") })],
      },
    ],
  },
});

function isExempt(props: { engine?: string; nodeType?: string }) {
  if (isSet(props, "nodeType") && text(props.nodeType) === "cache.t1.micro")
    return notApplicable("is a cache.t1.micro, which can take no snapshots");
  return isSet(props, "engine") && isMemcached(props) ? notApplicable("is memcached") : undefined;
}
