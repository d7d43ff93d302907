import type { Token } from "../policies/resources";
import { type Registration, Stack } from "../policies/stack";
import { Unknown } from "../policies/value";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const bucket = "aws:s3/bucket:Bucket";
const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const versioning = "aws:s3/bucketVersioning:BucketVersioning";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const database = "aws:rds/instance:Instance";

function made(type: Token, name: string, inputs = {}, more: Partial<Registration> = {}): Registration {
  return { urn: name, type, name, inputs, ...more };
}
const from = (sources: Record<string, string[]>) => ({ propertyDependencies: sources });

function pointers(stack: Stack, target: string, type: Token, input: string): string[] {
  const resource = stack.resources.find((r) => r.name === target);
  if (!resource) throw new Error(`no ${target}`);
  return stack.pointingAt(resource, type, input).map((r) => r.name);
}

test("an output of a preview is followed by what it depends on", () => {
  const stack = new Stack([
    made(bucket, "a"),
    made(bucket, "b"),
    made(lifecycle, "of-a", { bucket: unknown }, from({ bucket: ["a"] })),
  ]);
  expect(pointers(stack, "a", lifecycle, "bucket")).toEqual(["of-a"]);
  expect(pointers(stack, "b", lifecycle, "bucket")).toEqual([]);
});

test("a name is followed through the resources that pass it on", () => {
  const stack = new Stack([
    made(bucket, "a"),
    made(versioning, "v", { bucket: unknown }, from({ bucket: ["a"] })),
    made(lifecycle, "l", { bucket: unknown }, from({ bucket: ["v"] })),
  ]);
  expect(pointers(stack, "a", lifecycle, "bucket")).toEqual(["l"]);
});

test("an id, an ARN and a literal name are as good as an output", () => {
  const stack = new Stack([
    made(bucket, "a", { bucket: "logs", arn: "arn:aws:s3:::logs" }, { id: "logs" }),
    made(lifecycle, "by-name", { bucket: "logs" }),
    made(lifecycle, "by-arn", { bucket: "arn:aws:s3:::logs" }),
    made(lifecycle, "of-another", { bucket: "other" }),
  ]);
  expect(pointers(stack, "a", lifecycle, "bucket")).toEqual(["by-name", "by-arn"]);
});

test("after an update without ids, a known output leads to the resource it came from", () => {
  const stack = new Stack([
    made(bucket, "a"),
    made(lifecycle, "l", { bucket: "a-1a2b3c4" }, from({ bucket: ["a"] })),
  ]);
  expect(pointers(stack, "a", lifecycle, "bucket")).toEqual(["l"]);
});

test("a literal beside an output of a preview is not taken for another output", () => {
  const vault = "aws:backup/vault:Vault";
  const plan = "aws:backup/plan:Plan";
  const rules = [{ targetVaultName: "main", copyActions: [{ destinationVaultArn: unknown }] }];
  const stack = new Stack([made(vault, "far"), made(plan, "daily", { rules }, from({ rules: ["far"] }))]);
  expect(pointers(stack, "far", plan, "rules.copyActions.destinationVaultArn")).toEqual(["daily"]);
  expect(pointers(stack, "far", plan, "rules.targetVaultName")).toEqual([]);
});

test("nested inputs and lists are read at their path", () => {
  const stack = new Stack([
    made(database, "db", { identifier: "main" }),
    made(alarm, "plain", { dimensions: { DBInstanceIdentifier: "main" } }),
    made(alarm, "queried", { metricQueries: [{ metric: { dimensions: { DBInstanceIdentifier: "main" } } }] }),
    made(alarm, "other-key", { dimensions: { ClusterName: "main" } }),
  ]);
  expect(pointers(stack, "db", alarm, "dimensions.DBInstanceIdentifier")).toEqual(["plain"]);
  expect(pointers(stack, "db", alarm, "metricQueries.metric.dimensions.DBInstanceIdentifier")).toEqual([
    "queried",
  ]);
});

test("a value from outside the stack may name any resource", () => {
  const stack = new Stack([made(bucket, "a"), made(lifecycle, "l", { bucket: unknown })]);
  expect(() => pointers(stack, "a", lifecycle, "bucket")).toThrow(Unknown);
});

test("a value from elsewhere in the stack names nothing but what shares its source", () => {
  const stack = new Stack([
    made("aws:ec2/vpc:Vpc", "source"),
    made(bucket, "apart"),
    made(bucket, "shared", { bucket: unknown }, from({ bucket: ["source"] })),
    made(lifecycle, "l", { bucket: unknown }, from({ bucket: ["source"] })),
  ]);
  expect(pointers(stack, "apart", lifecycle, "bucket")).toEqual([]);
  expect(() => pointers(stack, "shared", lifecycle, "bucket")).toThrow(Unknown);
});

test("targets are the resources that an input names", () => {
  const subnet = "aws:ec2/subnet:Subnet";
  const stack = new Stack([
    made(subnet, "a"),
    made(subnet, "b", {}, { id: "subnet-b" }),
    made(
      "aws:rds/subnetGroup:SubnetGroup",
      "g",
      { subnetIds: [unknown, "subnet-b"] },
      from({ subnetIds: ["a"] }),
    ),
    made("aws:rds/subnetGroup:SubnetGroup", "open", { subnetIds: [unknown] }),
  ]);
  const group = (name: string) => stack.all("aws:rds/subnetGroup:SubnetGroup").find((r) => r.name === name);
  const targets = (name: string) => {
    const of = group(name);
    return of && stack.targets(of, "subnetIds", subnet).map((r) => r.name);
  };
  expect(targets("g")).toEqual(["a", "b"]);
  expect(() => targets("open")).toThrow(Unknown);
});

test("a circle of references ends", () => {
  const stack = new Stack([
    made(bucket, "a"),
    made(versioning, "x", { bucket: unknown }, from({ bucket: ["y"] })),
    made(versioning, "y", { bucket: unknown }, from({ bucket: ["x"] })),
  ]);
  expect(pointers(stack, "a", versioning, "bucket")).toEqual([]);
});

test("joins over a large stack stay linear", () => {
  const many = (n: number) =>
    new Stack(
      Array.from({ length: n }, (_, i) => [
        made(bucket, `b${i}`, {}, { id: `b${i}` }),
        made(lifecycle, `l${i}`, { bucket: `b${i}` }),
      ]).flat(),
    );
  const reads = (stack: Stack) => {
    const started = process.hrtime.bigint();
    for (const b of stack.all(bucket)) stack.pointingAt(b, lifecycle, "bucket");
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  reads(many(1000));
  const small = Math.max(reads(many(1000)), 1);
  expect(reads(many(10_000))).toBeLessThan(small * 60);
});

describe("who may name a resource", () => {
  const policies = "aws:autoscaling/policy:Policy";
  const group = "aws:autoscaling/group:Group";
  const stack = new Stack([
    made(group, "a", { name: "a" }),
    made(policies, "certain", { autoscalingGroupName: "a", enabled: false }),
    made(policies, "possible", { autoscalingGroupName: unknown, enabled: true }),
  ]);
  const [target] = stack.all(group);
  const is = (enabled: boolean) => () =>
    target &&
    stack.somePointingAt(target, policies, "autoscalingGroupName", ({ props }) => props.enabled === enabled);

  test("is told from who does", () => {
    if (!target) throw new Error("no group");
    const { certain, possible } = stack.pointersAt(target, policies, "autoscalingGroupName");
    expect(certain.map(({ name }) => name)).toEqual(["certain"]);
    expect(possible.map(({ resource }) => resource.name)).toEqual(["possible"]);
    expect(pointers(stack, "a", policies, "autoscalingGroupName")).toEqual(["certain"]);
  });

  test("decides only where nobody who does fits", () => {
    expect(is(false)()).toBe(true);
    expect(is(true)).toThrow(Unknown);
  });

  test("is whoever has a literal name, where the resource's own is not known yet", () => {
    const open = new Stack([
      made(bucket, "a", { bucket: unknown }),
      made(bucket, "b", { bucket: "known" }),
      made(lifecycle, "of-b", { bucket: "known" }),
    ]);
    expect(pointers(open, "a", lifecycle, "bucket")).toEqual([]);
    const literal = new Stack([
      made(bucket, "a", { bucket: unknown }),
      made(lifecycle, "literal", { bucket: "other" }),
    ]);
    expect(() => pointers(literal, "a", lifecycle, "bucket")).toThrow(Unknown);
  });
});
