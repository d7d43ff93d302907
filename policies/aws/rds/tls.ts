import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { cluster, documents, instance } from "../../examples/database";
import { docdbClusters, engineOf, instances, isMember, isReplica, rdsClusters } from "../../reading/database";
import { notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSet, items, text, Unknown } from "../../value";

const databases = [instances, rdsClusters, docdbClusters] as const;
const groups = [
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
] as const;
type Group = (typeof groups)[number];

const groupOf = {
  [instances]: ["parameterGroupName", groups[0]],
  [rdsClusters]: ["dbClusterParameterGroupName", groups[1]],
  [docdbClusters]: ["dbClusterParameterGroupName", groups[2]],
} as const;

/** A parameter group of an example. */
const parameters = (type: Group, family: string, values: Record<string, string> = {}): ExampleResource => ({
  type,
  name: "parameters",
  props: { family, parameters: Object.entries(values).map(([name, value]) => ({ name, value })) },
});
const own = { parameterGroupName: ref("parameters", "name") };
const ofCluster = { dbClusterParameterGroupName: ref("parameters", "name") };

export default rule({
  id: "aws-rds-tls",
  title: "Databases refuse connections without TLS.",
  severity: "high",
  why: "A database that takes both kinds of connections takes the one a careless client opens: passwords and data in plain text.",
  fix: "Give the database a parameter group with `rds.force_ssl` = 1 (PostgreSQL, SQL Server) or `require_secure_transport` = 1 (MySQL, MariaDB; `ON` for Aurora MySQL); for DocumentDB remove `tls` = `disabled`.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html",
  ],
  controls: {
    fsbp: ["RDS.38", "RDS.39", "DocumentDB.6"],
    controlTower: ["CT.RDS.PR.27", "CT.RDS.PR.28"],
    checkov: ["CKV2_AWS_69", "CKV_AWS_90"],
  },
  checklists: ["api-assistant", "foundational"],

  on: [...databases, ...groups],
  sees: [...databases, ...groups],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    switch (resource.type) {
      case "aws:rds/parameterGroup:ParameterGroup":
      case "aws:rds/clusterParameterGroup:ClusterParameterGroup":
      case "aws:docdb/clusterParameterGroup:ClusterParameterGroup": {
        const users = databases.filter((type) => groupOf[type][1] === resource.type);
        const isUsed = users.some((type) => stack.pointingAt(resource, type, groupOf[type][0]).length > 0);
        if (isUsed) return notApplicable("is judged with the databases that use it");
        const engine = resource.type.startsWith("aws:docdb") ? "docdb" : text(resource.props.family);
        const parameter = parameterOf(engine?.toLowerCase() ?? "");
        if (parameter && stateOf(resource, parameter) === "off")
          return `lets clients in without TLS (${parameter})`;
        return;
      }
      default:
        return wrongWith(resource, stack);
    }
  },

  examples: {
    good: [
      {
        title: "PostgreSQL told to insist",
        resources: [
          instance("db", { engineVersion: "14.12", ...own }),
          parameters(groups[0], "postgres14", { "rds.force_ssl": "1" }),
        ],
      },
      {
        title: "Aurora MySQL told to insist",
        resources: [
          cluster("orders", { engine: "aurora-mysql", ...ofCluster }),
          parameters(groups[1], "aurora-mysql8.0", { require_secure_transport: "ON" }),
        ],
      },
      {
        title: "New versions of PostgreSQL, and DocumentDB, insist by default",
        resources: [
          instance("db", { engineVersion: "16.3" }),
          cluster("orders", { engineVersion: "17.4" }),
          documents("documents"),
          documents("others", ofCluster),
          parameters(groups[2], "docdb5.0", { tls: "tls1.2+" }),
        ],
      },
      {
        title: "Oracle is not judged, and a replica has the parameters of its source",
        resources: [
          instance("ledger", { engine: "oracle-ee" }),
          instance("replica", { replicateSourceDb: "orders" }),
        ],
      },
    ],
    bad: [
      {
        title: "MySQL, MariaDB and old PostgreSQL without a parameter group",
        resources: [
          instance("db", { engine: "mysql", engineVersion: "8.0" }),
          instance("wiki", { engine: "mariadb", engineVersion: "10.11" }),
          instance("old", { engineVersion: "14.12" }),
          cluster("orders", { engineVersion: "16.4" }),
        ],
      },
      {
        title: "A parameter group that says nothing of it",
        resources: [
          instance("db", { engine: "mysql", engineVersion: "8.0", ...own }),
          parameters(groups[0], "mysql8.0", { max_connections: "200" }),
        ],
      },
      {
        title: "Switched off where it is on by default",
        resources: [
          instance("db", { engineVersion: "16.3", ...own }),
          parameters(groups[0], "postgres16", { "rds.force_ssl": "0" }),
        ],
      },
      {
        title: "DocumentDB with TLS disabled",
        resources: [
          documents("documents", ofCluster),
          parameters(groups[2], "docdb5.0", { tls: "disabled" }),
        ],
      },
      {
        title: "A group that only other stacks use",
        resources: [parameters(groups[0], "postgres16", { "rds.force_ssl": "0" })],
      },
    ],
    undetermined: [
      {
        title: "A parameter group of another stack",
        resources: [
          instance("db", { engineVersion: "16.3", parameterGroupName: "shared" }),
          instance("other", { engineVersion: "16.3", parameterGroupName: ref("elsewhere") }),
        ],
      },
      { title: "A version that AWS chooses", resources: [instance("db")] },
    ],
  },
});

type Database = Resource<(typeof databases)[number]>;

function wrongWith(
  database: Database,
  stack: Stack<Group>,
): string | undefined | ReturnType<typeof notApplicable> {
  if (database.type === instances && isMember(database)) return notApplicable("is told by its cluster");
  const [input, type] = groupOf[database.type];
  const isNamed = isSet(database.props as Record<string, unknown>, input);
  if (!isNamed && isReplica(database)) return notApplicable("has the parameters of its source");
  const engine = database.type === docdbClusters ? "docdb" : engineOf(database);
  if (engine === "") throw new Unknown("engine (as what it is restored from)");
  const parameter = parameterOf(engine);
  if (!parameter) return notApplicable("has no parameter for it");
  const wrong = `lets clients in without TLS (${parameter})`;

  if (isNamed) {
    const [group] = stack.targets(database, input, type);
    if (group) {
      const state = stateOf(group, parameter);
      if (state) return state === "on" ? undefined : wrong;
      const family = text((group.props as { family?: unknown }).family) ?? "";
      return insists(family.toLowerCase()) ? undefined : wrong;
    }
    const name = text((database.props as Record<string, unknown>)[input]) ?? "";
    if (!name.startsWith("default.")) throw new Unknown(`${input} (a group of another stack)`);
    const family = name.slice("default.".length);
    if (/\d/.test(family)) return insists(family) ? undefined : wrong;
  }
  if (!since[engine]) return engine === "docdb" ? undefined : wrong;
  const version = text((database.props as { engineVersion?: unknown }).engineVersion);
  if (!version) throw new Unknown("engineVersion (as AWS chooses)");
  return insists(`${engine}${version}`) ? undefined : wrong;
}

/** The parameter by which an engine refuses plain text; nothing for one that has none. */
function parameterOf(engine: string): string | undefined {
  if (engine.startsWith("custom-")) return undefined;
  if (engine.startsWith("docdb")) return "tls";
  if (/postgres|sqlserver/.test(engine)) return "rds.force_ssl";
  return /mysql|mariadb|^aurora/.test(engine) ? "require_secure_transport" : undefined;
}

/** The first version of an engine that refuses plain text by default. */
const since: Record<string, number> = { postgres: 15, "aurora-postgresql": 17, mariadb: 11.8 };

/** Whether an engine of a version, such as `postgres16`, refuses plain text unless it is told otherwise. */
function insists(family: string): boolean {
  if (family.startsWith("docdb")) return true;
  const [, engine = "", version] = /^([a-z-]+?)-?(\d+(?:\.\d+)?)/.exec(family) ?? [];
  return Object.hasOwn(since, engine) && Number(version) >= (since[engine] ?? Number.POSITIVE_INFINITY);
}

/** What a parameter group says of a parameter, if anything. */
function stateOf({ props }: Resource<Group>, parameter: string): "on" | "off" | undefined {
  let open: Unknown | undefined;
  for (const written of items(props.parameters as readonly { name?: unknown; value?: unknown }[])) {
    if (written instanceof Unknown) open ??= written;
    else if (text(written?.name)?.toLowerCase() === parameter) {
      const value = `${written.value}`.toLowerCase();
      const off = parameter === "tls" ? value === "disabled" : !["1", "on", "true"].includes(value);
      return off ? "off" : "on";
    }
  }
  if (open) throw open;
  return undefined;
}
