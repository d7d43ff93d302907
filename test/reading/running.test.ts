import { authenticates, isMongoImage } from "../../policies/reading/mongo";
import { isPooler, poolingIn } from "../../policies/reading/pool";
import { type Running, runners, running } from "../../policies/reading/running";
import { engineIn, selfHosted } from "../../policies/reading/selfHosted";
import { type Registration, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const stackOf = (...resources: [type: string, name: string, inputs: Raw][]) =>
  new Stack(
    resources.map(([type, name, inputs]): Registration => ({ urn: urnOf(type, name), type, name, inputs })),
  );
const all = (stack: Stack) =>
  stack.all(...runners).flatMap((runner) => [...running(runner, stack, (...names) => names.includes("db"))]);
const container = "docker:index/container:Container";
const deployment = "kubernetes:apps/v1:Deployment";
const task = "aws:ecs/taskDefinition:TaskDefinition";
const pod = (...containers: object[]) => ({ spec: { template: { spec: { containers } } } });

describe("what a resource runs", () => {
  const expected = { words: ["sh", "-c", "serve --port=80", "now"], once: false };

  test("is read alike on every platform", () => {
    const words = ["sh", "-c", '"serve --port=80" now'];
    const stack = stackOf(
      [container, "a", { image: "api:1", command: words, envs: ["SIZE=5", "EMPTY="] }],
      [
        deployment,
        "b",
        pod({
          name: "api",
          image: "api:1",
          command: words,
          env: [{ name: "SIZE", value: "5" }, { name: "EMPTY" }],
        }),
      ],
      [
        task,
        "c",
        {
          containerDefinitions: JSON.stringify([
            {
              name: "api",
              image: "api:1",
              command: words,
              environment: [
                { name: "SIZE", value: "5" },
                { name: "EMPTY", value: "" },
              ],
            },
          ]),
        },
      ],
      [
        "docker:index/service:Service",
        "d",
        {
          taskSpec: {
            containerSpec: { image: "api:1", commands: words, env: { SIZE: "5", EMPTY: "" } },
          },
        },
      ],
    );
    const found = all(stack);
    expect(found).toHaveLength(4);
    for (const [, part] of found) {
      expect(part).toMatchObject({ image: "api:1", ...expected });
      const env = part instanceof Unknown ? undefined : part.env;
      expect([env?.get("SIZE"), env?.get("EMPTY"), env?.get("OTHER")]).toEqual(["5", "", undefined]);
    }
  });

  test("is open where an image is not known and the name may be one of those asked for", () => {
    const stack = stackOf(
      [deployment, "app", pod({ name: "db", image: unknown }, { name: "api", image: unknown })],
      [container, "db", { image: unknown }],
      [container, "api", { image: unknown }],
    );
    const found = all(stack);
    const [open, others] = [true, false].map((is) => found.filter(([, p]) => p instanceof Unknown === is));
    expect(open).toHaveLength(2);
    // What else is known of the others still counts.
    expect(others?.map(([, part]) => (part as Running).image)).toEqual(["", ""]);
  });

  test("leaves out init containers, and knows what runs once", () => {
    const stack = stackOf(
      [
        "kubernetes:batch/v1:Job",
        "seed",
        {
          spec: {
            template: {
              spec: { initContainers: [{ name: "wait", image: "a:1" }], containers: [{ image: "b:1" }] },
            },
          },
        },
      ],
      [container, "migrate", { image: "c:1", mustRun: false }],
    );
    expect(all(stack).map(([, part]) => part)).toMatchObject([
      { image: "b:1", once: true },
      { image: "c:1", once: true },
    ]);
  });
});

describe("MongoDB", () => {
  const server = (more: Partial<Running>): Running => ({
    image: "mongo:7",
    words: [],
    env: new Map(),
    moreEnv: undefined,
    once: false,
    ...more,
  });
  const open = "lets everybody in who reaches it";

  test("is told by the image's name alone", () => {
    for (const name of ["mongo", "mongo:7", "docker.io/library/mongo@sha256:ab", "bitnami/mongodb:7"])
      expect(isMongoImage(name)).toBe(true);
    for (const name of ["mongo-express", "percona/mongodb_exporter", "example/mongo-backup", "mongooseim", 7])
      expect(isMongoImage(name)).toBe(false);
  });
  test("asks nobody by default, nor when it is told not to", () => {
    expect(authenticates(server({}))).toBe(open);
    expect(authenticates(server({ words: ["mongod", "--bind_ip_all"] }))).toBe(open);
    expect(authenticates(server({ words: ["--noauth", "--keyFile", "/k"] }))).toBe(open);
    expect(authenticates(server({ words: ["--authorise"] }))).toBe(open);
  });
  test("asks with a flag, a key file or a first user", () => {
    for (const words of [["--auth"], ["mongod", "--keyFile=/k"], ["--clusterAuthMode", "x509"]])
      expect(authenticates(server({ words }))).toBeUndefined();
    expect(
      authenticates(server({ env: new Map([["MONGO_INITDB_ROOT_USERNAME_FILE", "/u"]]) })),
    ).toBeUndefined();
  });
  test("is open where arguments or variables are", () => {
    const hidden = new Unknown("x");
    expect(() => authenticates(server({ words: [hidden] }))).toThrow(Unknown);
    expect(() => authenticates(server({ moreEnv: hidden }))).toThrow(Unknown);
    expect(authenticates(server({ words: [hidden, "--auth"] }))).toBeUndefined();
  });
});

describe("engines that a stack runs itself", () => {
  test("are told by the image's name alone", () => {
    const engines = [
      "postgres:17",
      "pgvector/pgvector:pg17",
      "mariadb",
      "bitnami/mongodb",
      "valkey/valkey:8",
    ];
    expect(engines.map(engineIn)).toEqual(["PostgreSQL", "PostgreSQL", "MySQL", "MongoDB", "Redis"]);
    for (const name of ["postgrest/postgrest", "redis/redisinsight", "mysqld-exporter", "pgadmin4"])
      expect(engineIn(name)).toBeUndefined();
  });
  test("are no clients, and nothing that runs once", () => {
    const stack = stackOf(
      [container, "dump", { image: "postgres:17", command: ["pg_dump", "orders"] }],
      [container, "seed", { image: "postgres:17", mustRun: false }],
      [container, "data", { image: "postgres:17", command: ["postgres", "-c", "max_connections=50"] }],
    );
    const found = stack.all(...runners).flatMap((runner) => [...selfHosted(runner, stack)]);
    expect(found).toEqual([["", "PostgreSQL"]]);
  });
});

describe("pools of connections", () => {
  const pool = { variables: ["DB_POOL_SIZE"], minimum: 5, maximum: 50 };
  const withSize = (value: unknown) =>
    poolingIn(
      stackOf([deployment, "api", pod({ image: "api:1", env: [{ name: "DB_POOL_SIZE", value }] })]),
      pool,
    );

  test("are images, but not their exporters", () => {
    for (const name of [
      "edoburu/pgbouncer:1",
      "pgbouncer",
      "cloudnative-pgbouncer",
      "ghcr.io/postgresml/pgcat",
    ])
      expect(isPooler(name)).toBe(true);
    for (const name of ["pgbouncer-exporter", "postgres"]) expect(isPooler(name)).toBe(false);
  });
  test("have a size that fits", () => {
    for (const value of ["5", " 50 ", 20]) expect(withSize(value).found).toBe(true);
    for (const value of ["4", "51"])
      expect(withSize(value)).toMatchObject({ found: false, unfit: `DB_POOL_SIZE=${value}` });
    for (const value of ["", "many", null])
      expect(withSize(value)).toMatchObject({ found: false, unfit: undefined });
    expect(withSize(unknown).open).toBeInstanceOf(Unknown);
  });
});
