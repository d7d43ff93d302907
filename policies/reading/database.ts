import type { Resource, Stack } from "../stack";
import { isSet, text, Unknown } from "../value";

export const instances = "aws:rds/instance:Instance";
export const rdsClusters = "aws:rds/cluster:Cluster";
export const docdbClusters = "aws:docdb/cluster:Cluster";
const neptuneClusters = "aws:neptune/cluster:Cluster";
export const redshiftClusters = "aws:redshift/cluster:Cluster";
export const clusters = [rdsClusters, docdbClusters, neptuneClusters] as const;
/** Everything that holds a database of its own; the instances of a cluster do not. */
const databases = [instances, ...clusters] as const;

type Database = Resource<(typeof databases)[number] | typeof redshiftClusters>;

/** Whether a database follows another one, which then has the say. */
export function isReplica(database: Database): boolean {
  switch (database.type) {
    case instances:
      return isSet(database.props, "replicateSourceDb");
    case rdsClusters:
    case neptuneClusters:
      return isSet(database.props, "replicationSourceIdentifier");
    default:
      return false;
  }
}

/** Whether a database starts as a copy of another, with the settings of that one where it has none of its own. */
export function isRestored(database: Database): boolean {
  const inputs: object = database.props;
  return ["snapshotIdentifier", "snapshotArn", "restoreToPointInTime"].some((key) =>
    isSet(inputs, key as never),
  );
}

/** Whether an RDS instance belongs to a cluster, which then has the storage, the backups and the users. */
export const isMember = (instance: Resource<typeof instances>): boolean =>
  /^(aurora|docdb|neptune)/.test(engineOf(instance));

/** The engine in lower case, as AWS keeps it. */
export const engineOf = (database: { props: object }): string =>
  text((database.props as { engine?: unknown }).engine)?.toLowerCase() ?? "";

/** For how many days automatic backups are kept. Throws `Unknown` where that is up to what is restored. */
export function backupDays(database: Database): number {
  const key =
    database.type === redshiftClusters ? "automatedSnapshotRetentionPeriod" : "backupRetentionPeriod";
  const props = database.props as Record<string, unknown>;
  if (isSet(props, key)) return Number(props[key]);
  if (isRestored(database)) throw new Unknown(`${key} (as what it is restored from)`);
  // The provider's default is 0 days for an instance and 1 day for a cluster.
  return database.type === instances ? 0 : 1;
}

export const memberTypes = [
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:docdb/clusterInstance:ClusterInstance",
  "aws:neptune/clusterInstance:ClusterInstance",
] as const;
type Member = (typeof memberTypes)[number];

/** The instances of a cluster. Throws `Unknown` where fewer than asked for are for certain and more may be. */
export function membersOf(
  cluster: Resource<(typeof clusters)[number]>,
  stack: Stack<Member>,
  atLeast = 1,
): Resource<Member>[] {
  const types = memberTypes.filter((type) => type.split("/")[0] === cluster.type.split("/")[0]);
  const { certain, possible } = stack.pointersAt(cluster, types, "clusterIdentifier");
  if (certain.length < atLeast && possible[0]) throw possible[0].reason;
  return certain;
}
