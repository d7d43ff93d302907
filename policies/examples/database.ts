import type { ExampleResource } from "../example";
import type { Props } from "../resources";

/** An RDS instance of an example. */
export const instance = (
  name: string,
  props: Partial<Props<"aws:rds/instance:Instance">> = {},
): ExampleResource => ({
  type: "aws:rds/instance:Instance",
  name,
  props: { instanceClass: "db.m7g.large", engine: "postgres", ...props },
});

/** An Aurora cluster of an example. */
export const cluster = (
  name: string,
  props: Partial<Props<"aws:rds/cluster:Cluster">> = {},
): ExampleResource => ({
  type: "aws:rds/cluster:Cluster",
  name,
  props: { engine: "aurora-postgresql", ...props },
});

/** An instance of an Aurora cluster. */
export const member = (
  name: string,
  clusterIdentifier: string,
  props: Partial<Props<"aws:rds/clusterInstance:ClusterInstance">> = {},
): ExampleResource => ({
  type: "aws:rds/clusterInstance:ClusterInstance",
  name,
  props: { clusterIdentifier, engine: "aurora-postgresql", instanceClass: "db.r7g.large", ...props },
});

/** A DocumentDB cluster of an example. */
export const documents = (
  name: string,
  props: Partial<Props<"aws:docdb/cluster:Cluster">> = {},
): ExampleResource => ({ type: "aws:docdb/cluster:Cluster", name, props });

/** A Redshift cluster of an example. */
export const warehouse = (
  name: string,
  props: Partial<Props<"aws:redshift/cluster:Cluster">> = {},
): ExampleResource => ({
  type: "aws:redshift/cluster:Cluster",
  name,
  props: { clusterIdentifier: name, nodeType: "ra3.large", ...props },
});
