import type { Resource, Stack } from "../stack";
import { attempt, items, peek, text, Unknown } from "../value";
import { dockerContainers, dockerServices, runsOnce } from "./docker";
import { dockerImages, type pulledImages } from "./dockerImage";
import { ecsContainers, taskDefinitions } from "./ecs";
import { containers, type Workload, workloads } from "./workload";

/** Everything that runs containers, on whichever platform. */
export const runners = [...workloads, dockerContainers, dockerServices, taskDefinitions] as const;
export type Runner = Resource<(typeof runners)[number]>;

export type Word = string | Unknown;

/** A container as any platform starts it. */
export interface Running {
  /** Nothing where it is not known, and nothing says that it may be one of those asked for. */
  image: string;
  /** Entry point, command and arguments, as far as the program gives them. */
  words: readonly Word[];
  env: ReadonlyMap<string, Word>;
  /** Why it may have more variables than can be seen. */
  moreEnv: Unknown | undefined;
  /** It runs once and ends, such as a migration. */
  once: boolean;
}

/**
 * What a resource runs, by container. One whose image is not known is there as `Unknown` where its name says that it
 * may be one of those asked for. Init containers and those of a debugger come and go: they are left out.
 */
export function* running(
  runner: Runner,
  stack: Stack<typeof pulledImages>,
  soundsRight: (...names: unknown[]) => boolean,
): Iterable<readonly [name: string, container: Running | Unknown]> {
  switch (runner.type) {
    case dockerContainers:
    case dockerServices: {
      const images = attempt(() => dockerImages(runner, stack, soundsRight));
      if (images instanceof Unknown) yield ["", images];
      else yield ["", { image: images[0] ?? "", ...docker(runner) }];
      return;
    }
    case taskDefinitions:
      for (const [name, container] of ecsContainers(runner.props)) {
        if (container instanceof Unknown) {
          if (soundsRight(runner.name, peek(runner.props, "family"))) yield [name, container];
          continue;
        }
        const image = text(container.image);
        if (image === undefined) continue;
        const env = pairs(container.environment);
        for (const secret of items(container.secrets)) {
          const key = secret instanceof Unknown ? undefined : text(secret?.name);
          if (key) env.set(key, given);
        }
        const moreEnv =
          items(container.environmentFiles).length > 0 ? new Unknown("environmentFiles") : undefined;
        const words = [...wordsOf(container.entryPoint), ...wordsOf(container.command)];
        yield [name, { image, words, env, moreEnv, once: false }];
      }
      return;
    default:
      yield* ofWorkload(runner, soundsRight);
  }
}

function* ofWorkload(
  runner: Resource<Workload>,
  soundsRight: (...names: unknown[]) => boolean,
): Iterable<readonly [name: string, container: Running | Unknown]> {
  for (const [name, container] of containers(runner)) {
    if (container instanceof Unknown) {
      if (soundsRight(runner.name)) yield [name, container];
      continue;
    }
    const { role, spec, pod } = container;
    if (role !== "container" && role !== "sidecar") continue;
    const image = peek(spec, "image");
    if (image instanceof Unknown && soundsRight(peek(spec, "name"))) {
      yield [name, image];
      continue;
    }
    const env = peek(spec, "env");
    const from = peek(spec, "envFrom");
    yield [
      name,
      {
        image: text(image) ?? "",
        words: [...wordsOf(peek(spec, "command")), ...wordsOf(peek(spec, "args"))],
        env: env instanceof Unknown ? new Map() : pairs(env),
        moreEnv: moreVariables(env, from),
        once: pod.kind === "Job" || pod.kind === "CronJob",
      },
    ];
  }
}

function docker(runner: Resource<typeof dockerContainers | typeof dockerServices>): Omit<Running, "image"> {
  if (runner.type === dockerServices) {
    const spec = attempt(() => runner.props.taskSpec?.containerSpec);
    if (spec instanceof Unknown) return { words: [spec], env: new Map(), moreEnv: spec, once: false };
    const env = spec ? peek(spec, "env") : undefined;
    const isMap = typeof env === "object" && env !== null && !(env instanceof Unknown);
    return {
      words: spec ? [...wordsOf(peek(spec, "commands")), ...wordsOf(peek(spec, "args"))] : [],
      env: new Map(isMap ? Object.keys(env).map((key) => [key, word(peek(env, key))]) : []),
      moreEnv: env instanceof Unknown ? env : undefined,
      once: false,
    };
  }
  const { props } = runner;
  const env = new Map<string, Word>();
  const envs = peek(props, "envs");
  let moreEnv = envs instanceof Unknown ? envs : undefined;
  for (const variable of envs instanceof Unknown ? [] : items(envs)) {
    if (variable instanceof Unknown) moreEnv ??= variable;
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(text(variable) ?? "") ?? [];
    if (name !== undefined && value !== undefined) env.set(name, value);
  }
  const once = attempt(() => runsOnce(props)) === true;
  return {
    words: [...wordsOf(peek(props, "entrypoints")), ...wordsOf(peek(props, "command"))],
    env,
    moreEnv,
    once,
  };
}

/** Why a container of Kubernetes may have more variables than can be seen. */
export function moreVariables(env: unknown, from: unknown): Unknown | undefined {
  if (env instanceof Unknown) return env;
  const unnamed = items(env as { name?: string }[] | undefined)
    .map((variable) => (typeof variable === "object" && variable !== null ? nameOf(variable) : undefined))
    .find((name) => name instanceof Unknown);
  if (unnamed) return unnamed;
  return from instanceof Unknown || items(from as object[] | undefined).length > 0
    ? new Unknown("envFrom")
    : undefined;
}

const nameOf = (variable: { name?: string } | Unknown): string | Unknown | undefined =>
  variable instanceof Unknown ? variable : peek(variable, "name");

/** Stands for a value that is there and is not to be seen, as one from a Kubernetes Secret. */
const given = "(given)";

function pairs(
  env: readonly { name?: string; value?: string; valueFrom?: object }[] | undefined,
): Map<string, Word> {
  const found = new Map<string, Word>();
  for (const variable of items(env)) {
    if (variable instanceof Unknown || typeof variable !== "object" || variable === null) continue;
    const name = text(peek(variable, "name"));
    if (name !== undefined)
      found.set(name, peek(variable, "valueFrom") ? given : word(peek(variable, "value")));
  }
  return found;
}

const word = (value: unknown): Word =>
  value instanceof Unknown || typeof value === "string" ? value : typeof value === "number" ? `${value}` : "";

function wordsOf(words: readonly string[] | undefined | Unknown): Word[] {
  if (words instanceof Unknown) return [words];
  return items(words).flatMap((w): Word[] => {
    if (w instanceof Unknown) return [w];
    return typeof w === "string" ? shellWords(w) : [];
  });
}

/** The words of an argument, as a shell would split it. */
const shellWords = (argument: string): string[] =>
  [...argument.slice(0, 10_000).matchAll(/"([^"]*)"|'([^']*)'|[^\s"';&|]+/g)].map(
    (m) => m[1] ?? m[2] ?? m[0],
  );
