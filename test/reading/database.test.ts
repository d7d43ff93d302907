import {
  backupDays,
  clusters,
  instances,
  isMember,
  isReplica,
  isRestored,
  membersOf,
  redshiftClusters,
} from "../../policies/reading/database";
import { Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const of = <T extends (typeof clusters)[number] | typeof instances | typeof redshiftClusters>(
  type: T,
  inputs: Raw,
) => {
  const [resource] = new Stack([{ urn: urnOf(type, "db"), type, name: "db", inputs }]).all(type);
  if (!resource) throw new Error("no resource");
  return resource;
};
const [rds, docdb, neptune] = clusters;

test("a replica names its source; providers write an empty text where there is none", () => {
  expect(isReplica(of(instances, { replicateSourceDb: unknown }))).toBe(true);
  expect(isReplica(of(instances, { replicateSourceDb: "" }))).toBe(false);
  for (const type of [rds, neptune])
    expect(isReplica(of(type, { replicationSourceIdentifier: "arn" }))).toBe(true);
  expect(isReplica(of(docdb, { replicationSourceIdentifier: "arn" }))).toBe(false);
});

test("a restored database names a snapshot or a time", () => {
  for (const inputs of [{ snapshotIdentifier: "s" }, { restoreToPointInTime: {} }, { snapshotArn: unknown }])
    expect(isRestored(of(instances, inputs))).toBe(true);
  expect(isRestored(of(instances, { snapshotIdentifier: "", restoreToPointInTime: null }))).toBe(false);
});

test("an instance with a cluster's engine is a member of one", () => {
  expect(isMember(of(instances, { engine: "Aurora-PostgreSQL" }))).toBe(true);
  for (const engine of ["postgres", undefined, 7, {}])
    expect(isMember(of(instances, { engine }))).toBe(false);
  expect(() => isMember(of(instances, { engine: unknown }))).toThrow(Unknown);
});

test("backups are kept for no day by default, those of clusters for one", () => {
  expect(backupDays(of(instances, {}))).toBe(0);
  for (const type of [...clusters, redshiftClusters] as const) expect(backupDays(of(type, {}))).toBe(1);
  expect(backupDays(of(docdb, { backupRetentionPeriod: "14" }))).toBe(14);
  expect(backupDays(of(redshiftClusters, { automatedSnapshotRetentionPeriod: 0 }))).toBe(0);
  expect(() => backupDays(of(instances, { snapshotIdentifier: "s" }))).toThrow(Unknown);
  expect(backupDays(of(instances, { snapshotIdentifier: "s", backupRetentionPeriod: 7 }))).toBe(7);
});

test("the members of a cluster are instances of its own service", () => {
  const member = (service: string, name: string) => {
    const type = `aws:${service}/clusterInstance:ClusterInstance`;
    return { urn: urnOf(type, name), type, name, inputs: { clusterIdentifier: "orders" } };
  };
  const stack = new Stack([
    { urn: urnOf(rds, "orders"), type: rds, name: "orders", inputs: { clusterIdentifier: "orders" } },
    member("rds", "one"),
    member("rds", "two"),
    member("docdb", "other"),
  ]);
  const found = stack.all(rds).flatMap((cluster) => membersOf(cluster, stack).map(({ name }) => name));
  expect(found).toEqual(["one", "two"]);
});
