import { gapOf, isSelected, keptFor, plansOf } from "../../policies/reading/backup";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { type Raw, Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const registered = (type: string, name: string, inputs: Raw, more: Partial<Registration> = {}) => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
  ...more,
});
const arn = "arn:aws:rds:eu-west-3:123456789012:db:main";
const database = (inputs: Raw = {}, more: Partial<Registration> = {}) =>
  registered("aws:rds/instance:Instance", "db", { identifier: "main", ...inputs }, more);
const selection = (inputs: Raw, more: Partial<Registration> = {}) =>
  registered("aws:backup/selection:Selection", "selection", { planId: "p-1", ...inputs }, more);

function stackOf(...all: Registration[]) {
  const stack = new Stack(all);
  return { stack, db: stack.all("aws:rds/instance:Instance")[0] as Resource };
}
function selected(db: Registration, ...selections: Registration[]): boolean {
  const { stack, db: resource } = stackOf(db, ...selections);
  return isSelected(resource, stack);
}

const tagged = (tags: Raw) => database({ arn, tags });
const condition = (kind: string, value: string) => ({
  resources: ["*"],
  conditions: [{ [kind]: [{ key: "aws:ResourceTag/backup", value }] }],
});

test.each<[string, Registration, Raw, boolean]>([
  ["its ARN", database({ arn }), { resources: [arn] }, true],
  ["its ARN, written before it is known", database(), { resources: [arn] }, true],
  ["another ARN", database({ arn }), { resources: [`${arn}-2`] }, false],
  ["all", database(), { resources: ["*"] }, true],
  ["all of its kind", database(), { resources: ["arn:aws:rds:*:*:db:*"] }, true],
  ["all of another kind", database(), { resources: ["arn:aws:dynamodb:*:*:table/*"] }, false],
  ["all but itself", database({ arn }), { resources: ["*"], notResources: [arn] }, false],
  ["all but its kind", database(), { resources: ["*"], notResources: ["arn:aws:rds:*:*:db:*"] }, false],
  ["all but another", database({ arn }), { notResources: [`${arn}-2`] }, true],
  [
    "its tag",
    tagged({ backup: "yes" }),
    { selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "yes" }] },
    true,
  ],
  [
    "another value of its tag",
    tagged({ backup: "no" }),
    { selectionTags: [{ key: "backup", value: "yes" }] },
    false,
  ],
  ["a tag it has not", database({ arn }), { selectionTags: [{ key: "backup", value: "yes" }] }, false],
  [
    "one of several tags",
    tagged({ stage: "live" }),
    {
      selectionTags: [
        { key: "backup", value: "yes" },
        { key: "stage", value: "live" },
      ],
    },
    true,
  ],
  [
    "a pattern and a tag it has not",
    database({ arn }),
    { resources: ["*"], selectionTags: [{ key: "backup", value: "yes" }] },
    false,
  ],
  [
    "its ARN and a tag",
    database({ arn }),
    { resources: [arn], selectionTags: [{ key: "a", value: "b" }] },
    true,
  ],
  ["equal", tagged({ backup: "daily" }), condition("stringEquals", "daily"), true],
  ["not equal", tagged({ backup: "daily" }), condition("stringNotEquals", "daily"), false],
  ["not equal, without the tag", database({ arn }), condition("stringNotEquals", "no"), true],
  ["like", tagged({ backup: "daily-5" }), condition("stringLikes", "daily*"), true],
  ["not like", tagged({ backup: "weekly" }), condition("stringLikes", "daily*"), false],
  ["excluded by likeness", tagged({ backup: "none-yet" }), condition("stringNotLikes", "none*"), false],
  ["nothing said: all that AWS Backup supports", database({ arn }), {}, true],
  [
    "what a state file writes for nothing",
    database({ arn }),
    { resources: [], selectionTags: [], conditions: [] },
    true,
  ],
])("%s", (_, db, inputs, expected) => {
  expect(selected(db, selection(inputs))).toBe(expected);
});

test("every one of several conditions must hold", () => {
  const conditions = [
    {
      stringEquals: [
        { key: "aws:ResourceTag/a", value: "1" },
        { key: "aws:ResourceTag/b", value: "2" },
      ],
    },
  ];
  expect(selected(tagged({ a: "1", b: "2" }), selection({ resources: ["*"], conditions }))).toBe(true);
  expect(selected(tagged({ a: "1" }), selection({ resources: ["*"], conditions }))).toBe(false);
});

test("a reference selects in a preview", () => {
  const db = registered("aws:rds/instance:Instance", "db", {});
  const other = registered("aws:rds/instance:Instance", "other", {});
  const names = (of: Registration) =>
    selection({ resources: [unknown] }, { propertyDependencies: { resources: [of.urn] } });
  expect(selected(db, names(db))).toBe(true);
  expect(selected(db, names(other), other)).toBe(false);
  expect(() => selected(db, selection({ resources: [unknown] }))).toThrow(Unknown);
});

test("a name that only a deployment gives leaves a pattern open", () => {
  const db = registered("aws:rds/instance:Instance", "db", {});
  expect(() => selected(db, selection({ resources: ["arn:aws:rds:*:*:db:prod-*"] }))).toThrow(Unknown);
  expect(selected(db, selection({ resources: ["arn:aws:rds:*:*:db:*"] }))).toBe(true);
});

test("a provider's default tags count, over none and under its own", () => {
  const selects = selection({ selectionTags: [{ key: "backup", value: "yes" }] });
  const by = (defaultTags: unknown, tags: Raw = {}) => database({ tags }, { provider: { defaultTags } });
  expect(selected(by({ tags: { backup: "yes" } }), selects)).toBe(true);
  expect(selected(by('{"tags":{"backup":"yes"}}'), selects)).toBe(true);
  expect(selected(by({ tags: { backup: "yes" } }, { backup: "no" }), selects)).toBe(false);
});

test("plans are found through their selections", () => {
  const plan = registered("aws:backup/plan:Plan", "plan", {}, { id: "p-1" });
  const { stack, db } = stackOf(database({ arn }), selection({ resources: [arn] }), plan);
  expect(plansOf(db, stack).map((p) => p.name)).toEqual(["plan"]);
  const without = stackOf(database({ arn }), selection({ resources: [arn] }));
  expect(() => plansOf(without.db, without.stack)).toThrow(Unknown);
  const elsewhere = stackOf(database({ arn }), selection({ resources: ["arn:aws:ec2:*:*:volume/*"] }), plan);
  expect(plansOf(elsewhere.db, elsewhere.stack)).toEqual([]);
});

test("how often a rule runs and how long it keeps", () => {
  const rule = { ruleName: "r", targetVaultName: "v" };
  expect(gapOf(rule)).toBe(24);
  expect(gapOf({ ...rule, schedule: "" })).toBe(24);
  expect(gapOf({ ...rule, schedule: "rate(2 days)" })).toBe(48);
  expect(gapOf({ ...rule, schedule: "rate(2 days)", enableContinuousBackup: true })).toBe(0);
  expect(keptFor(rule)).toBe(Number.POSITIVE_INFINITY);
  expect(keptFor({ ...rule, lifecycle: { deleteAfter: 0 } })).toBe(Number.POSITIVE_INFINITY);
  expect(keptFor({ ...rule, lifecycle: { deleteAfter: 7 } })).toBe(7);
  const copyActions = [{ destinationVaultArn: "arn", lifecycle: { deleteAfter: 90 } }];
  expect(keptFor({ ...rule, lifecycle: { deleteAfter: 7 }, copyActions })).toBe(90);
});
