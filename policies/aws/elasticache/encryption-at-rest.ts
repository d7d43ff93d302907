import { z } from "zod";
import { ref } from "../../example";
import { cluster, group } from "../../examples/cache";
import { cacheClusters, replicationGroups, standsBack, takesOver } from "../../reading/cache";
import { isFalse, isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { isSet, text } from "../../value";

export default rule({
  id: "aws-elasticache-encryption-at-rest",
  title: "Redis is encrypted at rest.",
  severity: "high",
  why: "Snapshots and swap hold what the cache holds: sessions, tokens, personal data.",
  fix: "Set `atRestEncryptionEnabled: true`. It is settled when the group is made: an existing one is replaced, so move its data by a snapshot.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/elasticache/replicationgroup/",
  ],
  controls: {
    fsbp: ["ElastiCache.4"],
    controlTower: ["CT.ELASTICACHE.PR.4"],
    checkov: ["CKV_AWS_29"],
    trivy: ["AWS-0045"],
  },
  checklists: ["api-assistant", "foundational"],

  // MemoryDB and serverless caches are always encrypted.
  on: [replicationGroups, cacheClusters],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === cacheClusters)
      return (
        standsBack(resource) ??
        "is a Redis cluster without a replication group, which cannot be encrypted at rest"
      );
    const other = takesOver(resource);
    if (other) return other;
    const { props } = resource;
    if (isTrue(props.atRestEncryptionEnabled)) return;
    if (isFalse(props.atRestEncryptionEnabled)) return "is not encrypted at rest";
    // The default is false for Redis and true for Valkey.
    if (isSet(props, "engine") && text(props.engine)?.toLowerCase() === "valkey") return;
    return "is not encrypted at rest";
  },

  examples: {
    good: [
      { title: "Encrypted", resources: [group("sessions", { atRestEncryptionEnabled: true })] },
      { title: "Valkey is, unless it is switched off", resources: [group("sessions", { engine: "valkey" })] },
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
      { title: "Not said, for Redis", resources: [group("sessions", { engine: "redis" })] },
      { title: "No engine said: Redis", resources: [group("sessions", {})] },
      {
        title: "Switched off for Valkey",
        resources: [group("sessions", { engine: "valkey", atRestEncryptionEnabled: false })],
      },
      { title: "A single node", resources: [cluster("sessions", { engine: "redis" })] },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [group("sessions", { atRestEncryptionEnabled: ref<boolean>("elsewhere", "encrypted") })],
      },
    ],
  },
});
