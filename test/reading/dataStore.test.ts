import { dataStore, runsServer, soundsLikeStore } from "../../policies/reading/dataStore";

test.each([
  ["postgres:17", ["/var/lib/postgresql/data"]],
  ["postgres:17.2-alpine3.20", ["/var/lib/postgresql/data"]],
  ["postgres:18", ["/var/lib/postgresql"]],
  ["postgres", ["/var/lib/postgresql", "/var/lib/postgresql/data"]],
  ["pgvector/pgvector:pg17", ["/var/lib/postgresql/data"]],
  ["pgvector/pgvector:0.8.0-pg18", ["/var/lib/postgresql"]],
  ["mysql:8.4", ["/var/lib/mysql"]],
  ["registry:5000/library/mongo:8", ["/data/db"]],
  ["redis@sha256:abc", ["/data"]],
  ["bitnami/postgresql:17", ["/bitnami", "/bitnami/postgresql", "/bitnami/postgresql/data"]],
])("%s keeps its data in %p", (reference, paths) => {
  expect(dataStore(reference)?.paths).toEqual(paths);
});

test.each([
  "nginx",
  "prom/mysqld-exporter",
  "mongo-express",
  "bitnami/nginx",
  "__proto__",
  "constructor",
  "",
  undefined,
  7,
])("%p keeps none", (reference) => expect(dataStore(reference)).toBeUndefined());

test.each([
  [[], true],
  [["-c", "max_connections=200"], true],
  [["postgres", "-c", "fsync=on"], true],
  [["docker-entrypoint.sh", "mysqld"], true],
  [["sh", "-c", "exec redis-server"], true],
  [["pg_dump", "-h", "db"], false],
  [["sh", "-c", "pg_dump app | gzip > /backup/app.gz"], false],
  [["sleep", "infinity"], false],
])("%p runs the server: %p", (words, expected) => expect(runsServer(words)).toBe(expected));

test("a name lets one expect a database", () => {
  expect(soundsLikeStore("my-postgres")).toBe(true);
  expect(soundsLikeStore("postgres-exporter", undefined, 7)).toBe(false);
});
