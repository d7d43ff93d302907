import type { ExampleResource } from "../example";
import type { Props } from "../resources";

/** A replication group with what its type requires. */
export const group = (
  name: string,
  props: Partial<Props<"aws:elasticache/replicationGroup:ReplicationGroup">>,
): ExampleResource => ({
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  name,
  props: { description: "Sessions", ...props },
});

export const cluster = (name: string, props: Props<"aws:elasticache/cluster:Cluster">): ExampleResource => ({
  type: "aws:elasticache/cluster:Cluster",
  name,
  props,
});

export const serverless = (
  name: string,
  props: Props<"aws:elasticache/serverlessCache:ServerlessCache">,
): ExampleResource => ({ type: "aws:elasticache/serverlessCache:ServerlessCache", name, props });

export const memoryDb = (
  name: string,
  props: Partial<Props<"aws:memorydb/cluster:Cluster">>,
): ExampleResource => ({
  type: "aws:memorydb/cluster:Cluster",
  name,
  props: { aclName: "sessions", nodeType: "db.t4g.small", ...props },
});
