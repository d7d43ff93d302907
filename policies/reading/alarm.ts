import type { Props } from "../resources";
import { namesOf, type Resource, type Stack } from "../stack";
import { items, list, peek, some, text, Unknown } from "../value";
import { isFalse } from "./flag";

export const alarms = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarms = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

type Alarm = Resource<typeof alarms>;
type Composite = Resource<typeof compositeAlarms>;
type Alarms = Stack<typeof alarms | typeof compositeAlarms>;

interface Watched {
  namespace: string;
  name: string;
  /** The dimension that names the resource. */
  dimension: string;
}

/** The alarms on a metric of a resource; `Unknown` for one that may be, once its metric or its dimension is known. */
export function* alarmsOn(resource: Resource, watched: Watched, stack: Alarms): Iterable<Alarm | Unknown> {
  const names = namesOf(resource);
  const isIt = (value: string) =>
    names.length === 0 || (names.includes(value) && !isIdOfInstance(resource, value));
  const { byGroup, fleet } = indexed(stack);
  for (const alarm of fleet) if (asks(alarm, watched, names)) yield alarm;
  if (resource.type === "aws:elasticache/replicationGroup:ReplicationGroup") {
    const nodes = new Set(names.flatMap((name) => byGroup.get(name) ?? []));
    yield* those(nodes, watched, (value) => names.includes(groupOf(value) ?? ""));
  }
  const within = ["", "metricQueries.metric."].map((path) => `${path}dimensions.${watched.dimension}`);
  const { certain, possible } = stack.pointersAt(resource, alarms, within);
  yield* those(certain, watched, isIt);
  for (const { resource: alarm, reason } of possible)
    for (const _ of those([alarm], watched, () => true)) yield reason;
}

function* those(
  found: Iterable<Alarm>,
  { namespace, name, dimension }: Watched,
  isIt: (value: string) => boolean,
): Iterable<Alarm | Unknown> {
  for (const alarm of found) {
    try {
      const isOn = some(metricsOf(alarm.props), (metric) => {
        if (metric.namespace !== namespace || metric.metricName !== name) return false;
        const { dimensions } = metric;
        if (typeof dimensions !== "object" || dimensions === null) return false;
        const value = peek(dimensions, dimension);
        // An unknown one comes from the resource, or may, or the alarm would not have been found.
        return value instanceof Unknown || isIt(value);
      });
      if (isOn) yield alarm;
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      yield error;
    }
  }
}

/** The id of an RDS instance is another value than its identifier: an alarm on it watches nothing. */
function isIdOfInstance(resource: Resource, value: string): boolean {
  if (resource.type !== "aws:rds/instance:Instance" || value !== resource.id) return false;
  const identifier = peek(resource.props as { identifier?: unknown }, "identifier");
  return typeof identifier === "string" && identifier !== "" && identifier !== value;
}

interface Index {
  /** Alarms on the nodes of a replication group, whose names (`cache-001`) are made of its own. */
  byGroup: Map<string, Alarm[]>;
  /** Alarms on a whole fleet, by a query such as `SELECT MAX(CPUUtilization) FROM "AWS/RDS"`. */
  fleet: Alarm[];
}

const indexes = new WeakMap<object, Index>();

function indexed(stack: Alarms): Index {
  const known = indexes.get(stack);
  if (known) return known;
  const made: Index = { byGroup: new Map(), fleet: [] };
  for (const alarm of stack.all(alarms)) {
    const groups = metricsOf(alarm.props).flatMap((metric) => {
      const dimensions = metric instanceof Unknown ? undefined : peek(metric, "dimensions");
      if (typeof dimensions !== "object" || dimensions === null || dimensions instanceof Unknown) return [];
      return groupOf(peek(dimensions, "CacheClusterId")) ?? [];
    });
    for (const group of new Set(groups)) made.byGroup.set(group, [...(made.byGroup.get(group) ?? []), alarm]);
    if (queriesOf(alarm).length > 0) made.fleet.push(alarm);
  }
  indexes.set(stack, made);
  return made;
}

const groupOf = (node: unknown): string | undefined => /^(.+?)(-\d{4})?-\d{3}$/.exec(text(node) ?? "")?.[1];

const queriesOf = (alarm: Alarm): string[] => {
  const queries = peek(alarm.props, "metricQueries");
  return (queries instanceof Unknown ? [] : items(queries)).flatMap((query) => {
    if (query instanceof Unknown || typeof query !== "object" || query === null) return [];
    const expression = peek(query, "expression");
    return typeof expression === "string" && /^\s*select\b/i.test(expression) ? expression : [];
  });
};

/** Whether a query is on a metric of everything of its kind, or names the resource. */
const asks = (alarm: Alarm, { namespace, name }: Watched, names: readonly string[]) =>
  queriesOf(alarm).some((query) => {
    const [selected = "", condition] = query.split(/\bwhere\b/i);
    if (!selected.includes(`(${name})`) || !selected.includes(`"${namespace}"`)) return false;
    return condition === undefined || names.some((n) => condition.includes(`'${n}'`));
  });

interface Metric {
  namespace?: string;
  metricName?: string;
  dimensions?: Record<string, string>;
}

/** The metrics that an alarm looks at, alone or in an expression. */
function metricsOf(alarm: Props<typeof alarms>): (Metric | Unknown)[] {
  const queries = peek(alarm, "metricQueries");
  const queried =
    queries instanceof Unknown
      ? [queries]
      : items(queries).flatMap((query) => {
          if (query instanceof Unknown) return query;
          return typeof query === "object" && query !== null ? (peek(query, "metric") ?? []) : [];
        });
  return [alarm, ...queried];
}

/** Whether an alarm reaches anybody: by an action of its own, or through a composite alarm that has one. */
export function notifies(alarm: Alarm | Composite, stack: Alarms): boolean {
  return reaches(alarm, stack, new Set());
}

function reaches(alarm: Alarm | Composite, stack: Alarms, seen: Set<Resource>): boolean {
  if (seen.has(alarm)) return false;
  seen.add(alarm);
  const ways = [
    () => tellsSomebody(alarm),
    () => some(compositesOf(alarm, stack), (composite) => reaches(composite, stack, seen)),
  ];
  return some(ways, (way) => way());
}

const compositesOf = (alarm: Alarm | Composite, stack: Alarms): (Composite | Unknown)[] => {
  const names = namesOf(alarm);
  return stack.all(compositeAlarms).flatMap((composite) => {
    const sources = composite.from("alarmRule");
    if (sources.includes(alarm)) return composite;
    const rule = peek(composite.props, "alarmRule");
    if (rule instanceof Unknown) return sources.length === 0 ? rule : [];
    return mentioned(text(rule) ?? "").some((name) => names.includes(name)) ? composite : [];
  });
};

/** The alarms that the rule of a composite alarm asks about, such as `cpu` in `ALARM("cpu") OR ALARM(disk)`. */
const mentioned = (rule: string): string[] =>
  [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]*)/g)].map((m) => (m[1] ?? "").trim());

const scalingPolicies: readonly string[] = [
  "aws:appautoscaling/policy:Policy",
  "aws:autoscaling/policy:Policy",
];

/** Whether an alarm does more than to scale, stop or reboot something. */
function tellsSomebody(alarm: Alarm | Composite): boolean {
  const enabled = peek(alarm.props as { actionsEnabled?: boolean }, "actionsEnabled");
  if (isFalse(enabled)) return false;
  const { alarmActions } = alarm.props;
  if (list(alarmActions as readonly unknown[]).length === 0) return false;
  if (enabled instanceof Unknown) throw enabled;
  const sources = alarm.from("alarmActions");
  const onlyScales = sources.length > 0 && sources.every((s) => scalingPolicies.includes(s.type));
  return items(alarmActions as readonly unknown[]).some((action) => {
    if (action instanceof Unknown) return !onlyScales;
    const arn = text(action);
    return Boolean(arn) && !/^arn:[^:]*:(autoscaling|automate|swf):/.test(String(arn));
  });
}
