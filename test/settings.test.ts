import { rules } from "../policies";
import alarms from "../policies/aws/rds/alarms";
import lifecycle from "../policies/aws/s3/lifecycle";
import { settings } from "../policies/settings";

const about = [lifecycle, alarms];

test("a rule's level is its own, or all's, or its severity's", () => {
  expect(settings({}, about).level(lifecycle)).toBe("advisory");
  expect(settings({ all: "mandatory" }, about).level(lifecycle)).toBe("mandatory");
  expect(settings({ all: "mandatory", [lifecycle.id]: "disabled" }, about).level(lifecycle)).toBe("disabled");
  expect(settings({ [lifecycle.id]: { enforcementLevel: "remediate" } }, about).level(lifecycle)).toBe(
    "mandatory",
  );
});

test("options reach the rule without the level", () => {
  const config = { [alarms.id]: { enforcementLevel: "mandatory", replica: [] } };
  expect(settings(config, about).options(alarms)).toEqual({ replica: [] });
});

test.each([
  [
    { "aws-s3-lifecycl": "mandatory" },
    'There is no rule "aws-s3-lifecycl". Did you mean "aws-s3-lifecycle"?',
  ],
  [
    { "aws-rds-alarms": { replicas: [] } },
    '"aws-rds-alarms" has no option "replicas". Did you mean "replica"?',
  ],
  [{ "aws-s3-lifecycle": { days: 3 } }, '"aws-s3-lifecycle" has no option "days". It takes none.'],
  [{ "aws-rds-alarms": { replica: "ReplicaLag" } }, '"aws-rds-alarms", option "replica": '],
  [{ "aws-s3-lifecycle": "loud" }, "it is one of advisory, mandatory, remediate, disabled"],
  [{ "aws-s3-lifecycle": 5 }, "takes an enforcement level or an object with options"],
  [{ all: { days: 3 } }, '"all" takes an enforcement level and nothing else'],
  [[], "A policy config is a JSON object"],
])("%j is refused", (config, message) => {
  expect(() => settings(config as never, about)).toThrow(message);
});

test("rules have levels by severity", () => {
  const { level } = settings({}, rules);
  for (const rule of rules) {
    expect(level(rule)).toBe(["critical", "high"].includes(rule.severity) ? "mandatory" : "advisory");
  }
});
