import type { Props } from "../resources";
import type { Resource, Stack } from "../stack";
import { list, peek, some, text, Unknown } from "../value";

export const alarms = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarms = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

type Alarm = Resource<typeof alarms>;
type Alarms = Stack<typeof alarms | typeof compositeAlarms>;

/** The alarms that watch a metric of a resource, found by the dimension that names it. */
export function alarmsOn(
  resource: Resource,
  metric: { namespace: string; name: string; dimension: string },
  stack: Alarms,
): Alarm[] {
  const { namespace, name, dimension } = metric;
  const within = ["", "metricQueries.metric."].map((path) => `${path}dimensions.${dimension}`);
  return stack
    .pointingAt(resource, alarms, within)
    .filter((alarm) =>
      metricsOf(alarm.props).some((m) => m.namespace === namespace && m.metricName === name),
    );
}

interface Metric {
  namespace?: string;
  metricName?: string;
  dimensions?: Record<string, string>;
}

/** The metrics that an alarm looks at, alone or in an expression. */
export function metricsOf(alarm: Props<typeof alarms>): Metric[] {
  const queried = list(alarm.metricQueries).flatMap((query) => query?.metric ?? []);
  return [alarm, ...queried];
}

/** Whether an alarm reaches anybody: by an action of its own, or through a composite alarm that has one. */
export function notifies(alarm: Alarm, stack: Alarms): boolean {
  if (hasAction(alarm.props)) return true;
  const names = [peek(alarm.props, "name"), alarm.id].filter((n) => typeof n === "string" && n !== "");
  return some(stack.all(compositeAlarms), (composite) => {
    if (!hasAction(composite.props)) return false;
    if (composite.from("alarmRule").includes(alarm)) return true;
    const rule = peek(composite.props, "alarmRule");
    return !(rule instanceof Unknown) && names.some((n) => text(rule)?.includes(String(n)));
  });
}

const hasAction = (alarm: { actionsEnabled?: boolean; alarmActions?: readonly unknown[] }) =>
  alarm.actionsEnabled !== false && list(alarm.alarmActions).length > 0;
