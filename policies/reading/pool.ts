import type { Stack } from "../stack";
import { peek, text, Unknown } from "../value";
import type { pulledImages } from "./dockerImage";
import { taskDefinitions } from "./ecs";
import { image } from "./image";
import { type Running, runners, running } from "./running";

export const configMaps = "kubernetes:core/v1:ConfigMap";
type Seen = Stack<(typeof runners)[number] | typeof pulledImages | typeof configMaps>;

const poolers = /^(?:pgbouncer|pgcat|pgpool|pgpool-ii|odyssey|proxysql|maxscale|supavisor)$/;

/** Whether an image holds a connection pool for databases. Exporters do not. */
export function isPooler(reference: string): boolean {
  const name = image(reference)?.name.toLowerCase() ?? "";
  return poolers.test(name) || (/pgbouncer|proxysql/.test(name) && !/exporter/.test(name));
}

const soundsLikePooler = (...names: unknown[]): boolean =>
  names.some(
    (name) => /pgbouncer|pgcat|pgpool|proxysql/i.test(text(name) ?? "") && !/exporter/i.test(String(name)),
  );

export interface Pool {
  /** Variables by which a program sizes its own pool. */
  variables: readonly string[];
  minimum: number;
  maximum: number;
}

/** What a stack's programs say of a pool of connections. */
export interface Pooling {
  /** A container that pools, or a program with a pool of a fit size. */
  found: boolean;
  /** A size that does not fit, such as `DB_POOL_SIZE=500`. */
  unfit: string | undefined;
  /** A container or a size that is not known. */
  open: Unknown | undefined;
}

const known = new WeakMap<object, Map<string, Pooling>>();

/** The pools of connections that the programs of a stack keep, by an image that pools or by a variable. */
export function poolingIn(stack: Seen, pool: Pool): Pooling {
  const ofStack = known.get(stack) ?? new Map<string, Pooling>();
  known.set(stack, ofStack);
  const key = JSON.stringify(pool);
  const made = ofStack.get(key) ?? look(stack, pool);
  ofStack.set(key, made);
  return made;
}

function look(stack: Seen, pool: Pool): Pooling {
  const pooling: Pooling = { found: false, unfit: undefined, open: undefined };
  for (const runner of stack.all(...runners)) {
    for (const [, container] of running(runner, stack, soundsLikePooler)) {
      if (container instanceof Unknown) pooling.open ??= container;
      else weigh(container, pool, pooling);
    }
  }
  // The size may stand in a definition that is not known.
  for (const { props } of stack.all(taskDefinitions)) {
    const written = peek(props, "containerDefinitions");
    if (written instanceof Unknown) pooling.open ??= written;
  }
  for (const { props } of stack.all(configMaps)) {
    const data = peek(props, "data");
    if (typeof data !== "object" || data === null || data instanceof Unknown) continue;
    for (const name of pool.variables)
      if (Object.hasOwn(data, name)) size(name, peek(data, name), pool, pooling);
  }
  return pooling;
}

function weigh({ image, env }: Running, pool: Pool, pooling: Pooling): void {
  if (isPooler(image)) pooling.found = true;
  for (const name of pool.variables) if (env.has(name)) size(name, env.get(name), pool, pooling);
}

function size(name: string, value: unknown, { minimum, maximum }: Pool, pooling: Pooling): void {
  if (value instanceof Unknown) {
    pooling.open ??= value;
    return;
  }
  const written = text(value)?.trim() ?? "";
  // One from a Secret or a ConfigMap is there, and is not to be seen.
  if (!/^\d{1,6}$/.test(written)) pooling.found ||= written === "(given)";
  else if (Number(written) >= minimum && Number(written) <= maximum) pooling.found = true;
  else pooling.unfit ??= `${name}=${written}`;
}
