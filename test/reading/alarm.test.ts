import { rules } from "../../policies";
import { alarms, compositeAlarms, notifies } from "../../policies/reading/alarm";
import { type Registration, Stack } from "../../policies/stack";
import type { Raw } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const registration = (type: string, name: string, inputs: Raw, more: Partial<Registration> = {}) => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  ...more,
});
const sns = "arn:aws:sns:eu-west-3:123456789012:on-call";

describe("an alarm on an instance whose id is not its identifier", () => {
  const rule = rules.find((r) => r.id === "aws-rds-alarms");
  const judged = (dimension: string) => {
    const stack = new Stack([
      registration("aws:rds/instance:Instance", "db", { identifier: "orders" }, { id: "db-ABCDEFGH" }),
      registration(alarms, "cpu", {
        namespace: "AWS/RDS",
        metricName: "CPUUtilization",
        dimensions: { DBInstanceIdentifier: dimension },
        alarmActions: [sns],
      }),
    ]);
    const judge = rule?.judge({ instance: ["CPUUtilization"] });
    return stack.all("aws:rds/instance:Instance").flatMap((r) => judge?.(r, stack).map((x) => x.outcome));
  };

  test("watches nothing when it names the id", () => expect(judged("db-ABCDEFGH")).toEqual(["violation"]));
  test("watches it when it names the identifier", () => expect(judged("orders")).toEqual(["pass"]));
});

describe("who an alarm reaches", () => {
  const reaches = (alarm: Raw, composites: Raw[] = [], more: Partial<Registration> = {}) => {
    const stack = new Stack([
      registration(alarms, "cpu", { name: "cpu", ...alarm }, more),
      ...composites.map((inputs, i) => registration(compositeAlarms, `composite-${i}`, inputs)),
    ]);
    const [resource] = stack.all(alarms);
    return resource && notifies(resource, stack);
  };

  test("somebody, by an action of its own", () => expect(reaches({ alarmActions: [sns] })).toBe(true));
  test("somebody, by a topic to come", () => expect(reaches({ alarmActions: [unknown] })).toBe(true));
  test("nobody without actions", () => {
    expect(reaches({})).toBe(false);
    expect(reaches({ okActions: [sns], alarmActions: [] })).toBe(false);
    expect(reaches({ alarmActions: [sns], actionsEnabled: false })).toBe(false);
  });
  test("nobody by scaling or rebooting alone", () => {
    expect(reaches({ alarmActions: ["arn:aws:automate:eu-west-3:ec2:reboot"] })).toBe(false);
    expect(reaches({ alarmActions: ["arn:aws:autoscaling:eu-west-3:1:scalingPolicy:x"] })).toBe(false);
  });
  test("nobody by a scaling policy of the stack", () => {
    const type = "aws:appautoscaling/policy:Policy";
    const stack = new Stack([
      registration(type, "out", {}),
      registration(
        alarms,
        "cpu",
        { alarmActions: [unknown] },
        { propertyDependencies: { alarmActions: [urnOf(type, "out")] } },
      ),
    ]);
    const [resource] = stack.all(alarms);
    expect(resource && notifies(resource, stack)).toBe(false);
  });
  test("somebody through a composite alarm, and through one of that", () => {
    const direct = { alarmName: "all", alarmRule: 'ALARM("cpu") OR ALARM(disk)', alarmActions: [sns] };
    expect(reaches({}, [direct])).toBe(true);
    expect(
      reaches({}, [
        { ...direct, alarmActions: [] },
        { alarmName: "top", alarmRule: "ALARM(all)", alarmActions: [sns] },
      ]),
    ).toBe(true);
  });
  test("nobody through a composite alarm of a longer name, or one in a circle", () => {
    expect(reaches({}, [{ alarmName: "a", alarmRule: "ALARM(cpu-high)", alarmActions: [sns] }])).toBe(false);
    expect(reaches({}, [{ alarmName: "a", alarmRule: "ALARM(cpu) OR ALARM(a)" }])).toBe(false);
  });
});
