import { type NotApplicable, notApplicable, type Verdict } from "../rule";
import type { Resource, Stack } from "../stack";
import { items, peek, text, Unknown } from "../value";
import { type dockerContainers, dockerServices } from "./docker";
import { dockerImages, type pulledImages } from "./dockerImage";
import { image } from "./image";
import { moreVariables } from "./running";
import { type Container, containers, type Workload } from "./workload";

const servers = [
  "redis",
  "valkey",
  "keydb",
  "redis-stack",
  "redis-stack-server",
  "redis-cluster",
  "valkey-cluster",
];

/** Whether an image holds a Redis server, be it of Bitnami, Redis Stack or a fork. Exporters and front ends do not. */
export const isRedisImage = (reference: unknown): boolean => servers.includes(image(reference)?.name ?? "");

/** Whether what something is called lets one expect Redis, where its image is not known. */
export const soundsLikeRedis = (...names: unknown[]): boolean =>
  names.some(
    (name) =>
      /redis|valkey|keydb/i.test(text(name) ?? "") && !/exporter|insight|commander/i.test(String(name)),
  );

type Word = string | Unknown;

/** A Redis server as its container starts it: by arguments, and by the variables that some images read. */
export interface RedisServer {
  settings: ReadonlyMap<string, readonly Word[]>;
  env: ReadonlyMap<string, Word>;
  /** It reads a file, which may set what the arguments do not. */
  readsFile: boolean;
  /** A part of its arguments is not known, and may set anything. */
  open: Unknown | undefined;
  /** Why it may have more variables than can be seen. */
  moreEnv: Unknown | undefined;
  /** Bitnami's images write the append-only file unless told otherwise. */
  isBitnami: boolean;
}

/** The server that a container starts; nothing where it runs another program of the image, such as `redis-cli`. */
export function redisServer(
  reference: string,
  command: readonly Word[],
  env: ReadonlyMap<string, Word>,
  moreEnv?: Unknown,
): RedisServer | undefined {
  const more = extraFlags.flatMap((name): Word[] => {
    const flags = env.get(name);
    return flags === undefined ? [] : [flags];
  });
  const words = [...command, ...more].flatMap((word): Word[] =>
    word instanceof Unknown ? [word] : shellWords(word),
  );
  const program = words.find(
    (word) => typeof word === "string" && /(?:^|\/)(?:redis|valkey|keydb)-\w+$/.test(word),
  );
  if (typeof program === "string" && !program.endsWith("-server")) return;
  if (words.includes("--sentinel")) return;

  const settings = new Map<string, Word[]>();
  let values: Word[] | undefined;
  let open: Unknown | undefined;
  let readsFile = false;
  for (const word of words) {
    const [, name, , value] = /^--([\w-]+)(=(.*))?$/.exec(typeof word === "string" ? word : "") ?? [];
    if (name !== undefined) {
      values = value === undefined ? [] : [value];
      settings.set(name.toLowerCase(), values);
    } else if (values && (values.length === 0 || typeof word === "string")) values.push(word);
    else if (word instanceof Unknown) open ??= word;
    else if (/\.conf\b|\$\w*CONF/i.test(word)) readsFile = true;
  }
  const isBitnami = /(?:^|\/)bitnami(?:legacy|secure)?\//.test(reference);
  return { settings, env, readsFile, open, moreEnv, isBitnami };
}

const extraFlags = ["REDIS_ARGS", "REDIS_EXTRA_FLAGS", "VALKEY_EXTRA_FLAGS"];

/** The words of an argument, as a shell would split it. An empty one stays, as it switches a setting off. */
const shellWords = (argument: string): string[] =>
  argument === ""
    ? [""]
    : [...argument.slice(0, 10_000).matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(
        (m) => m[1] ?? m[2] ?? m[0],
      );

const given = (word: Word | undefined) => word instanceof Unknown || (word !== undefined && word !== "");

/** Whether a server asks for a password. */
export function asksForPassword(server: RedisServer): Verdict {
  const { settings, env } = server;
  if (["requirepass", "aclfile", "user"].some((name) => given(settings.get(name)?.[0]))) return;
  const variables = ["REDIS_PASSWORD", "REDIS_PASSWORD_FILE", "VALKEY_PASSWORD", "VALKEY_PASSWORD_FILE"];
  if (server.isBitnami && variables.some((name) => given(env.get(name)))) return;
  if (server.isBitnami && server.moreEnv) throw server.moreEnv;
  return elsewhere(server) ?? "lets everybody in who reaches it";
}

/** Whether a server keeps its data over a restart. */
export function persists(server: RedisServer): Verdict {
  const { settings, env } = server;
  const [append] = settings.get("appendonly") ?? [];
  if (append instanceof Unknown) throw append;
  if (append?.toLowerCase() === "yes") return;
  if (append === undefined && server.isBitnami) {
    const written = env.get("REDIS_AOF_ENABLED") ?? env.get("VALKEY_AOF_ENABLED");
    if (written instanceof Unknown) throw written;
    if (written?.toLowerCase() !== "no") return;
  }
  if (given(settings.get("save")?.[0])) return;
  return elsewhere(server) ?? "does not say that it keeps its data over a restart";
}

/** The most memory that a server uses for its data, in bytes, and why that cannot be said. */
export function maxMemory(server: RedisServer): number | NotApplicable | undefined {
  const [word] = server.settings.get("maxmemory") ?? [];
  if (word instanceof Unknown) throw word;
  const [, amount, unit = ""] = /^(\d{1,18})(b|kb?|mb?|gb?)?$/i.exec(word ?? "") ?? [];
  const bytes = Number(amount ?? 0) * (units[unit.toLowerCase()] ?? 1);
  // Filled in at start: it is set, to what cannot be seen.
  if (bytes === 0 && word !== undefined && /[$%]/.test(word))
    return notApplicable("is given its memory at start");
  return bytes > 0 ? bytes : elsewhere(server);
}

const units: Record<string, number> = { k: 1e3, kb: 2 ** 10, m: 1e6, mb: 2 ** 20, g: 1e9, gb: 2 ** 30 };

function elsewhere({ readsFile, open }: RedisServer): NotApplicable | undefined {
  if (open) throw open;
  return readsFile ? notApplicable("takes its settings from a file") : undefined;
}

/** The Redis servers of a workload, by container. One whose image is not known is one where its name says so. */
export function* redisContainers(
  resource: Resource<Workload>,
): Iterable<readonly [name: string, part: { server: RedisServer; container: Container } | Unknown]> {
  for (const [name, container] of containers(resource)) {
    if (container instanceof Unknown || container.role === "ephemeral container") continue;
    const { spec } = container;
    const reference = peek(spec, "image");
    if (reference instanceof Unknown) {
      if (soundsLikeRedis(peek(spec, "name"))) yield [name, reference];
      continue;
    }
    if (!isRedisImage(reference)) continue;
    const [command, args, env] = [peek(spec, "command"), peek(spec, "args"), peek(spec, "env")];
    const server = redisServer(
      text(reference) ?? "",
      [...wordsOf(command), ...wordsOf(args)],
      variables(env),
      moreVariables(env, peek(spec, "envFrom")),
    );
    if (server) yield [name, { server, container }];
  }
}

/** The Redis server that a container of Docker, or a service's containers, run; nothing where they run none. */
export function dockerRedis(
  resource: Resource<typeof dockerContainers | typeof dockerServices>,
  stack: Stack<typeof pulledImages>,
): RedisServer | undefined {
  const reference = dockerImages(resource, stack, soundsLikeRedis).find(isRedisImage);
  if (reference === undefined) return;
  if (resource.type === dockerServices) {
    const spec = resource.props.taskSpec?.containerSpec;
    const words = [...wordsOf(spec?.commands), ...wordsOf(spec?.args)];
    const env = spec && peek(spec, "env");
    if (env instanceof Unknown) return redisServer(reference, words, new Map(), env);
    return redisServer(reference, words, new Map(Object.entries(variablesOf(env))));
  }
  const { entrypoints, command, envs } = resource.props;
  const open = items(envs).find((variable) => variable instanceof Unknown);
  const env = items(envs).flatMap((variable): [string, string][] => {
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(text(variable) ?? "") ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return redisServer(reference, [...wordsOf(entrypoints), ...wordsOf(command)], new Map(env), open);
}

function wordsOf(list: readonly string[] | undefined | Unknown): Word[] {
  if (list instanceof Unknown) return [list];
  return items(list).flatMap((word) => (word instanceof Unknown || typeof word === "string" ? [word] : []));
}

function variables(
  env: readonly { name?: string; value?: string; valueFrom?: object }[] | undefined | Unknown,
) {
  const found = new Map<string, Word>();
  if (env instanceof Unknown) return found;
  for (const variable of items(env)) {
    if (variable instanceof Unknown || typeof variable !== "object" || variable === null) continue;
    const name = text(peek(variable, "name"));
    const value = peek(variable, "value");
    if (name === undefined) continue;
    // What a variable takes from a Secret is there, and is not to be seen.
    found.set(
      name,
      value instanceof Unknown ? value : (text(value) ?? (variable.valueFrom ? "(given)" : "")),
    );
  }
  return found;
}

function variablesOf(env: Record<string, string> | undefined): Record<string, Word> {
  if (typeof env !== "object" || env === null) return {};
  return Object.fromEntries(
    Object.keys(env).flatMap((name): [string, Word][] => {
      const value = peek(env, name);
      return value instanceof Unknown || typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

/** Whether what Redis may fill is there for certain. */
export function fits(most: number, limit: number): Verdict {
  if (!(limit > 0) || !Number.isFinite(limit))
    return `may fill ${megabytes(most)}, which no memory limit keeps for it`;
  if (most <= limit) return;
  return `may fill ${megabytes(most)}, but has a memory limit of ${megabytes(limit)}`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
