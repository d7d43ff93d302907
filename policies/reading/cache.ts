import { type NotApplicable, notApplicable } from "../rule";
import type { Resource } from "../stack";
import { isSet, text } from "../value";

export const replicationGroups = "aws:elasticache/replicationGroup:ReplicationGroup";
export const cacheClusters = "aws:elasticache/cluster:Cluster";
export const serverlessCaches = "aws:elasticache/serverlessCache:ServerlessCache";
export const memoryDbs = "aws:memorydb/cluster:Cluster";

export const isMemcached = (cache: { engine?: string }): boolean =>
  text(cache.engine)?.toLowerCase() === "memcached";

/** Why a cluster is not judged for what only Redis can do, or its replication group is judged for. */
export function standsBack(cluster: Resource<typeof cacheClusters>): NotApplicable | undefined {
  if (isSet(cluster.props, "replicationGroupId")) return notApplicable("follows its replication group");
  if (isMemcached(cluster.props)) return notApplicable("is memcached");
  return;
}

/** A member of a global datastore takes over the settings of the first one. */
export const takesOver = (group: Resource<typeof replicationGroups>): NotApplicable | undefined =>
  isSet(group.props, "globalReplicationGroupId")
    ? notApplicable("takes over the settings of its global datastore")
    : undefined;
