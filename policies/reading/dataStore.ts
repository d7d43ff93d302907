import { image } from "./image";

/** Where the data of a database or cache lies in its image. Any of several paths will do. */
interface Store {
  paths: readonly string[];
  /** The variable that moves the data. */
  variable?: string;
}

const postgres = ["postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha"];
const elsewhere: Record<string, readonly string[]> = {
  mysql: ["/var/lib/mysql"],
  "mysql-server": ["/var/lib/mysql"],
  mariadb: ["/var/lib/mysql"],
  percona: ["/var/lib/mysql"],
  "percona-server": ["/var/lib/mysql"],
  mongo: ["/data/db"],
  "mongodb-community-server": ["/data/db"],
  redis: ["/data"],
  valkey: ["/data"],
  keydb: ["/data"],
  "redis-stack": ["/data"],
  "redis-stack-server": ["/data"],
  clickhouse: ["/var/lib/clickhouse"],
  "clickhouse-server": ["/var/lib/clickhouse"],
  cassandra: ["/var/lib/cassandra"],
  neo4j: ["/data"],
  influxdb: ["/var/lib/influxdb2", "/var/lib/influxdb"],
  elasticsearch: ["/usr/share/elasticsearch/data"],
  opensearch: ["/usr/share/opensearch/data"],
  rabbitmq: ["/var/lib/rabbitmq"],
  qdrant: ["/qdrant/storage"],
  weaviate: ["/var/lib/weaviate"],
  couchdb: ["/opt/couchdb/data"],
};

/** Where an image keeps its data; nothing for what is no database or cache that keeps any. */
export function dataStore(reference: unknown): Store | undefined {
  const named = image(reference);
  if (!named) return;
  const { name, repository, tag } = named;
  if (/(?:^|\/)bitnami(?:legacy|secure)?\//.test(repository)) {
    const known = [...postgres, ...Object.keys(elsewhere), "mongodb"].includes(name);
    return known ? { paths: ["/bitnami", `/bitnami/${name}`, `/bitnami/${name}/data`] } : undefined;
  }
  if (postgres.includes(name)) return { paths: postgresPaths(name, tag), variable: "PGDATA" };
  const paths = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
  return paths && { paths };
}

/** Since version 18 the volume of the image is one directory higher, and the data in a directory of the version. */
function postgresPaths(name: string, tag: string | undefined): string[] {
  if (name === "timescaledb-ha")
    return ["/home/postgres/pgdata", "/home/postgres/pgdata/data", "/var/lib/postgresql"];
  const [, version] = /pg(\d{1,2})/.exec(tag ?? "") ?? /^(\d{1,2})(?!\d)/.exec(tag ?? "") ?? [];
  if (version === undefined) return ["/var/lib/postgresql", "/var/lib/postgresql/data"];
  return Number(version) >= 18 ? ["/var/lib/postgresql"] : ["/var/lib/postgresql/data"];
}

/** Whether a name lets one expect a database or a cache, where its image is not known. */
export const soundsLikeStore = (...names: unknown[]): boolean =>
  names.some((name) =>
    typeof name === "string"
      ? /postgres|mysql|maria|mongo|redis|valkey|qdrant|elasticsearch|clickhouse/i.test(name) &&
        !/exporter|backup|client|migrat/i.test(name)
      : false,
  );

/** Whether what a container is told to run is the image's server, and not a client such as `pg_dump`. */
export function runsServer(words: readonly unknown[]): boolean {
  const known = words.filter((word): word is string => typeof word === "string");
  const [first] = known;
  if (first === undefined || first.startsWith("-")) return true;
  const all = known.join(" ");
  if (
    /(?:^|[\s/])(?:pg_dump|pg_dumpall|psql|pg_restore|pg_basebackup|mysqldump|mongodump|mongorestore|mongosh|redis-cli|redis-sentinel)\b/.test(
      all,
    )
  )
    return false;
  return (
    /(?:postgres|mysqld|mariadbd|mongod|redis-server|valkey-server|keydb-server|entrypoint|run\.sh|neo4j|rabbitmq|qdrant|clickhouse|cassandra)/.test(
      all,
    ) || /^(?:\/bin\/)?(?:ba)?sh$/.test(first)
  );
}

export const withoutSlash = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, "") : path);
