import { z } from "zod";
import { ref } from "../../example";
import { cluster, group, memoryDb } from "../../examples/cache";
import { cacheClusters, memoryDbs, replicationGroups, takesOver } from "../../reading/cache";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSet, list } from "../../value";

export default rule({
  id: "aws-elasticache-failover",
  title: "In Redis, a replica takes over when a node fails.",
  severity: "medium",
  why: "Without a replica that takes over by itself, a failed node is an outage until somebody replaces it.",
  fix: "Set `automaticFailoverEnabled: true` and have a replica in every shard: `numCacheClusters: 2`, or `replicasPerNodeGroup: 1`.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/elasticache/replicationgroup/",
  ],
  controls: {
    fsbp: ["ElastiCache.3"],
    controlTower: ["CT.ELASTICACHE.PR.3"],
    checkov: ["CKV2_AWS_50"],
  },
  checklists: ["api-assistant"],

  on: [replicationGroups, memoryDbs],
  sees: [cacheClusters],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (resource.type === memoryDbs) {
      const { props } = resource;
      const replicas = isSet(props, "numReplicasPerShard") ? Number(props.numReplicasPerShard) : 1;
      return replicas > 0 ? undefined : "has no replica that could take over";
    }
    const other = takesOver(resource);
    if (other) return other;
    if (!isTrue(resource.props.automaticFailoverEnabled)) return "does not fail over by itself";
    return hasReplicas(resource, stack) ? undefined : "has a shard without a replica that could take over";
  },

  examples: {
    good: [
      {
        title: "A primary and a replica",
        resources: [group("sessions", { automaticFailoverEnabled: true, numCacheClusters: 2 })],
      },
      {
        title: "Shards with a replica each",
        resources: [
          group("sessions", { automaticFailoverEnabled: true, numNodeGroups: 3, replicasPerNodeGroup: 1 }),
          group("carts", {
            automaticFailoverEnabled: true,
            nodeGroupConfigurations: [{ replicaCount: 1 }, { replicaAvailabilityZones: ["eu-west-3a"] }],
          }),
        ],
      },
      {
        title: "The replica is a resource of its own",
        resources: [
          group("sessions", { automaticFailoverEnabled: true, numCacheClusters: 1 }),
          cluster("reader", { replicationGroupId: ref("sessions") }),
        ],
      },
      { title: "MemoryDB has one replica unless told otherwise", resources: [memoryDb("ledger", {})] },
      {
        title: "A member of a global datastore",
        resources: [group("far", { globalReplicationGroupId: "ldgnf-sessions" })],
      },
    ],
    bad: [
      { title: "Not said", resources: [group("sessions", { numCacheClusters: 2 })] },
      { title: "Nobody to take over", resources: [group("sessions", { automaticFailoverEnabled: true })] },
      {
        title: "One shard has no replica",
        resources: [
          group("sessions", {
            automaticFailoverEnabled: true,
            nodeGroupConfigurations: [{ replicaCount: 1 }, { replicaCount: 0 }],
          }),
        ],
      },
      {
        title: "Shards without replicas",
        resources: [
          group("sessions", { automaticFailoverEnabled: true, numNodeGroups: 2, replicasPerNodeGroup: 0 }),
        ],
      },
      { title: "MemoryDB without a replica", resources: [memoryDb("ledger", { numReplicasPerShard: 0 })] },
    ],
    undetermined: [
      {
        title: "A number from outside the stack",
        resources: [
          group("sessions", {
            automaticFailoverEnabled: true,
            numCacheClusters: ref<number>("elsewhere", "nodes"),
          }),
        ],
      },
    ],
  },
});

/** Whether every shard has a replica. Providers write out the counts of the forms that were not used, too. */
function hasReplicas(group: Resource<typeof replicationGroups>, stack: Stack<typeof cacheClusters>): boolean {
  const { props } = group;
  const shards = isSet(props, "nodeGroupConfigurations") ? list(props.nodeGroupConfigurations) : [];
  if (shards.length > 0) {
    return shards.every(
      (shard) => Number(shard?.replicaCount) > 0 || list(shard?.replicaAvailabilityZones).length > 0,
    );
  }
  if (isSet(props, "replicasPerNodeGroup") && Number(props.replicasPerNodeGroup) > 0) return true;
  const isSharded = isSet(props, "numNodeGroups") && Number(props.numNodeGroups) > 1;
  if (!isSharded && isSet(props, "numCacheClusters") && Number(props.numCacheClusters) > 1) return true;
  return !isSharded && stack.pointingAt(group, cacheClusters, "replicationGroupId").length > 0;
}
