import {
  asksForPassword,
  isRedisImage,
  maxMemory,
  persists,
  redisServer,
} from "../../policies/reading/redis";
import { NotApplicable } from "../../policies/rule";
import { Unknown } from "../../policies/value";

const open = new Unknown("command[1]");
const server = (
  command: (string | Unknown)[],
  env: Record<string, string | Unknown> = {},
  image = "redis:7.2",
) => {
  const it = redisServer(image, command, new Map(Object.entries(env)));
  if (!it) throw new Error("no server");
  return it;
};

test.each([
  ["redis", true],
  ["redis:7.2-alpine", true],
  ["docker.io/bitnami/redis:7.2", true],
  ["valkey/valkey:8", true],
  ["redis/redis-stack-server:7.4.0-v0", true],
  ["eqalpha/keydb", true],
  ["oliver006/redis_exporter", false],
  ["rediscommander/redis-commander", false],
  ["redis/redisinsight", false],
  ["postgres:17", false],
  [undefined, false],
])("%s: %p", (image, expected) => expect(isRedisImage(image)).toBe(expected));

test.each([
  [["redis-cli", "ping"]],
  [["redis-sentinel", "/etc/sentinel.conf"]],
  [["redis-server", "/etc/sentinel.conf", "--sentinel"]],
  [["sh", "-c", "redis-cli -h redis flushall"]],
])("%p is no server", (command) => expect(redisServer("redis", command, new Map())).toBeUndefined());

describe("a password", () => {
  test.each<[(string | Unknown)[], Record<string, string | Unknown>?, string?]>([
    [["redis-server", "--requirepass", "$(REDIS_PASSWORD)"]],
    [["--requirepass", open]],
    [["sh", "-c", 'exec redis-server --appendonly yes --requirepass "$REDIS_PASSWORD"']],
    [["redis-server --requirepass hunter2"]],
    [["redis-server", "--REQUIREPASS", "hunter2"]],
    [["redis-server", "--aclfile", "/etc/users.acl"]],
    [[], { REDIS_PASSWORD: "hunter2" }, "bitnami/redis:7.2"],
    [[], { REDIS_PASSWORD_FILE: "/run/secrets/redis" }, "bitnami/redis:7.2"],
    [[], { REDIS_ARGS: "--requirepass hunter2" }, "redis/redis-stack-server"],
  ])("%p is asked for", (...[command, env, image]) =>
    expect(asksForPassword(server(command, env, image))).toBeUndefined(),
  );

  test.each<[string[], Record<string, string>?, string?]>([
    [[]],
    [["redis-server"]],
    [["redis-server", "--requirepass", ""]],
    [["redis-server", "--requirepass", "--appendonly", "yes"]],
    [["sh", "-c", "redis-server --requirepass ''"]],
    [[], { REDIS_PASSWORD: "ignored by this image" }],
    [[], { ALLOW_EMPTY_PASSWORD: "yes" }, "bitnami/redis:7.2"],
  ])("%p is not asked for", (...[command, env, image]) =>
    expect(asksForPassword(server(command, env, image))).toMatch(/everybody/),
  );

  test("a file may ask for it, an unknown argument, too", () => {
    expect(asksForPassword(server(["redis-server", "/etc/redis/redis.conf"]))).toBeInstanceOf(NotApplicable);
    expect(() => asksForPassword(server(["sh", "-c", open]))).toThrow(Unknown);
  });
});

test.each<[string[], boolean, string?]>([
  [["redis-server", "--appendonly", "yes"], true],
  [["redis-server", "--save", "60", "1"], true],
  [["redis-server", "--save", "60 1"], true],
  [["redis-server --save 900 1"], true],
  [["redis-server"], false],
  [["redis-server", "--appendonly", "no"], false],
  [["redis-server", "--save", ""], false],
  [["sh", "-c", 'redis-server --save "" --appendonly no'], false],
  [[], true, "bitnami/redis:7.2"],
])("%p persists: %p", (...[command, expected, image]) => {
  expect(persists(server(command, {}, image)) === undefined).toBe(expected);
});

test("Bitnami's append-only file can be switched off", () => {
  expect(persists(server([], { REDIS_AOF_ENABLED: "no" }, "bitnami/redis"))).toMatch(/restart/);
});

test.each<[string[], number | undefined]>([
  [["redis-server", "--maxmemory", "256mb"], 2 ** 28],
  [["redis-server", "--maxmemory", "1gb"], 2 ** 30],
  [["redis-server", "--maxmemory", "1G"], 1e9],
  [["redis-server", "--maxmemory", "100000000"], 1e8],
  [["redis-server --maxmemory 100k --maxmemory-policy allkeys-lru"], 1e5],
  [["redis-server", "--maxmemory", "0"], undefined],
  [["redis-server", "--maxmemory-policy", "allkeys-lru"], undefined],
  [["redis-server", "--maxmemory", "much"], undefined],
])("%p is %p bytes", (command, expected) => expect(maxMemory(server(command))).toBe(expected));
