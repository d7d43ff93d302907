import type { Stack } from "../stack";
import { text, Unknown } from "../value";
import { runsServer } from "./dataStore";
import type { pulledImages } from "./dockerImage";
import { image } from "./image";
import { type Runner, type Running, running } from "./running";

const databases = [
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:docdb/cluster:Cluster",
  "aws:lightsail/database:Database",
] as const;
const caches = [
  "aws:elasticache/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:memorydb/cluster:Cluster",
] as const;
/** Databases and caches that AWS runs. */
export const managed = [...databases, ...caches] as const;

const engines: readonly (readonly [engine: string, images: readonly string[]])[] = [
  [
    "PostgreSQL",
    ["postgres", "postgresql", "postgresql-repmgr", "postgis", "pgvector", "timescaledb", "timescaledb-ha"],
  ],
  ["MySQL", ["mysql", "mysql-server", "mariadb", "mariadb-galera", "percona", "percona-server"]],
  [
    "MongoDB",
    ["mongo", "mongodb", "mongodb-community-server", "mongodb-enterprise-server", "percona-server-mongodb"],
  ],
  [
    "Redis",
    ["redis", "redis-stack", "redis-stack-server", "redis-cluster", "valkey", "valkey-cluster", "keydb"],
  ],
];

/** The engine of a database or cache that an image holds; nothing for exporters, dumps and front ends. */
export const engineIn = (reference: string): string | undefined => {
  const name = image(reference)?.name;
  return engines.find(([, images]) => name !== undefined && images.includes(name))?.[0];
};

const soundsLikeEngine = (...names: unknown[]): boolean =>
  names.some(
    (name) =>
      /postgres|mysql|mariadb|mongo|redis|valkey/i.test(text(name) ?? "") &&
      !/exporter|backup|dump|client|migrat/i.test(String(name)),
  );

/** The databases and caches that a resource runs for itself, by container; nothing for what runs once. */
export function* selfHosted(
  runner: Runner,
  stack: Stack<typeof pulledImages>,
): Iterable<readonly [name: string, engine: string | Unknown]> {
  for (const [name, container] of running(runner, stack, soundsLikeEngine)) {
    if (container instanceof Unknown) yield [name, container];
    else {
      const engine = serverIn(container);
      if (engine) yield [name, engine];
    }
  }
}

const serverIn = ({ image, words, once }: Running): string | undefined =>
  !once && runsServer(words) ? engineIn(image) : undefined;

/** What speaks against running an engine oneself: nothing where AWS runs a database of the stack. */
export function judgeSelfHosted(engine: string, stack: Stack<(typeof managed)[number]>): string | undefined {
  if (stack.all(...databases).length > 0) return;
  if (engine === "Redis" && stack.all(...caches).length > 0) return;
  return `runs ${engine} itself, in a stack without a managed one`;
}
