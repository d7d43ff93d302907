import { z } from "zod";
import { ref } from "../../example";
import { cluster, group, memoryDb } from "../../examples/cache";
import { cacheClusters, memoryDbs, replicationGroups, standsBack, takesOver } from "../../reading/cache";
import { isFalse, isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { isSet, text } from "../../value";

export default rule({
  id: "aws-elasticache-encryption-in-transit",
  title: "Connections to Redis are encrypted.",
  severity: "high",
  why: "Passwords and data cross the network in plain text, between clients and nodes and from node to node.",
  fix: "Set `transitEncryptionEnabled: true` and leave `transitEncryptionMode` at `required`. Before Redis 7.0.5 an existing group is replaced.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html",
    "https://docs.aws.amazon.com/memorydb/latest/devguide/in-transit-encryption.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/elasticache/replicationgroup/",
  ],
  controls: {
    fsbp: ["ElastiCache.5"],
    controlTower: ["CT.ELASTICACHE.PR.5"],
    checkov: ["CKV_AWS_30", "CKV_AWS_202"],
    trivy: ["AWS-0051"],
  },
  checklists: ["api-assistant", "foundational"],

  // Serverless caches always speak TLS.
  on: [replicationGroups, cacheClusters, memoryDbs],
  config: z.strictObject({}),

  check(_, { resource }) {
    switch (resource.type) {
      case cacheClusters:
        return (
          standsBack(resource) ?? "is a Redis cluster without a replication group, which cannot speak TLS"
        );
      case memoryDbs:
        return isFalse(resource.props.tlsEnabled) ? "accepts connections in plain text" : undefined;
      case replicationGroups: {
        const other = takesOver(resource);
        if (other) return other;
        const { props } = resource;
        if (!isTrue(props.transitEncryptionEnabled)) return "accepts connections in plain text";
        const mode = isSet(props, "transitEncryptionMode") ? text(props.transitEncryptionMode) : undefined;
        return mode?.toLowerCase() === "preferred"
          ? 'still accepts connections in plain text (`transitEncryptionMode: "preferred"`)'
          : undefined;
      }
    }
  },

  examples: {
    good: [
      { title: "Encrypted", resources: [group("sessions", { transitEncryptionEnabled: true })] },
      {
        title: "Encrypted, and nothing else accepted",
        resources: [group("sessions", { transitEncryptionEnabled: true, transitEncryptionMode: "required" })],
      },
      { title: "MemoryDB speaks TLS unless told otherwise", resources: [memoryDb("ledger", {})] },
      {
        title: "Memcached, a node of a replication group, a member of a global datastore",
        resources: [
          cluster("pages", { engine: "memcached" }),
          cluster("reader", { replicationGroupId: "sessions" }),
          group("far", { globalReplicationGroupId: "ldgnf-sessions" }),
        ],
      },
    ],
    bad: [
      { title: "Not said", resources: [group("sessions", { engine: "valkey" })] },
      { title: "Switched off", resources: [group("sessions", { transitEncryptionEnabled: false })] },
      {
        title: "Plain text is still accepted",
        resources: [
          group("sessions", { transitEncryptionEnabled: true, transitEncryptionMode: "preferred" }),
        ],
      },
      { title: "A single node", resources: [cluster("sessions", { engine: "redis" })] },
      { title: "MemoryDB without TLS", resources: [memoryDb("ledger", { tlsEnabled: false })] },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [group("sessions", { transitEncryptionEnabled: ref<boolean>("elsewhere", "encrypted") })],
      },
    ],
  },
});
