import { z } from "zod";
import { ref, secret } from "../../example";
import { cluster, group, memoryDb, serverless } from "../../examples/cache";
import {
  cacheClusters,
  isMemcached,
  memoryDbs,
  replicationGroups,
  serverlessCaches,
  standsBack,
  takesOver,
} from "../../reading/cache";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { isSet, list, peek, text, Unknown } from "../../value";

export default rule({
  id: "aws-elasticache-auth",
  title: "Redis asks for a password or knows its users.",
  severity: "high",
  why: "Without it, whatever reaches the network of the cache reads, changes and deletes all that it holds.",
  fix: "Set `authToken` (with `transitEncryptionEnabled`), or give the cache a user group: `userGroupIds`, `userGroupId`, in MemoryDB an `aclName` other than `open-access`.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
    "https://docs.aws.amazon.com/memorydb/latest/devguide/clusters.acls.html",
  ],
  controls: {
    fsbp: ["ElastiCache.6"],
    controlTower: ["CT.ELASTICACHE.PR.7", "CT.ELASTICACHE.PR.8"],
    checkov: ["CKV_AWS_31"],
  },
  checklists: ["lexia", "praviel"],

  on: [replicationGroups, cacheClusters, serverlessCaches, memoryDbs],
  config: z.strictObject({}),

  check(_, { resource }) {
    switch (resource.type) {
      case cacheClusters:
        return (
          standsBack(resource) ??
          "is a Redis cluster without a replication group, which can ask for no password"
        );
      case serverlessCaches:
        if (isMemcached(resource.props)) return notApplicable("is memcached");
        return isSet(resource.props, "userGroupId") ? undefined : "has no user group";
      case memoryDbs: {
        const acl = peek(resource.props, "aclName");
        // What another resource is called is not known yet, but it is not "open-access".
        if (acl instanceof Unknown && resource.from("aclName").length > 0) return;
        if (acl instanceof Unknown) throw acl;
        return text(acl) === "open-access" ? "lets everybody in (`open-access`)" : undefined;
      }
      case replicationGroups: {
        const { props } = resource;
        const other = takesOver(resource);
        if (other) return other;
        // A write-only token leaves nothing but its version in the state.
        const asks = (["authToken", "authTokenWo", "authTokenWoVersion"] as const).some((key) =>
          isSet(props, key),
        );
        if (!asks && !(isSet(props, "userGroupIds") && list(props.userGroupIds).length > 0))
          return "has neither a password (`authToken`) nor a user group";
        // ElastiCache takes passwords and users only over TLS.
        return isTrue(props.transitEncryptionEnabled)
          ? undefined
          : "has a password or users, but no encryption in transit, without which they do not work";
      }
    }
  },

  examples: {
    good: [
      {
        title: "A password",
        resources: [group("sessions", { transitEncryptionEnabled: true, authToken: secret("redisToken") })],
      },
      {
        title: "Users",
        resources: [
          {
            type: "aws:elasticache/userGroup:UserGroup",
            name: "app",
            props: { engine: "valkey", userGroupId: "app" },
          },
          group("sessions", { transitEncryptionEnabled: true, userGroupIds: [ref("app", "userGroupId")] }),
          serverless("jobs", { engine: "valkey", userGroupId: ref("app", "userGroupId") }),
        ],
      },
      {
        title: "A password that the state never sees",
        resources: [
          group("sessions", {
            transitEncryptionEnabled: true,
            authTokenWo: secret("redisToken"),
            authTokenWoVersion: 1,
          }),
        ],
      },
      {
        title: "Memcached, a node of a replication group, a member of a global datastore",
        resources: [
          cluster("pages", { engine: "memcached" }),
          cluster("reader", { replicationGroupId: "sessions" }),
          group("far", { globalReplicationGroupId: "ldgnf-sessions" }),
          serverless("fragments", { engine: "memcached" }),
        ],
      },
      { title: "MemoryDB with users", resources: [memoryDb("ledger", { aclName: "ledger" })] },
    ],
    bad: [
      { title: "Neither", resources: [group("sessions", { transitEncryptionEnabled: true })] },
      { title: "Users without TLS", resources: [group("sessions", { userGroupIds: ["app"] })] },
      {
        title: "An empty password",
        resources: [group("sessions", { transitEncryptionEnabled: true, authToken: "" })],
      },
      {
        title: "A single node",
        resources: [cluster("sessions", { engine: "redis", nodeType: "cache.t4g.small" })],
      },
      { title: "A serverless cache for everybody", resources: [serverless("jobs", { engine: "redis" })] },
      { title: "MemoryDB for everybody", resources: [memoryDb("ledger", { aclName: "open-access" })] },
    ],
    undetermined: [
      {
        title: "Encryption decided outside the stack",
        resources: [
          group("sessions", {
            authToken: secret("redisToken"),
            transitEncryptionEnabled: ref<boolean>("elsewhere", "encrypted"),
          }),
        ],
      },
    ],
  },
});
