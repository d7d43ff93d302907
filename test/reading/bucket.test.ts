import { type Bucket, holdsLogs, isVersioned, lifecycleRules } from "../../policies/reading/bucket";
import { type Registration, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown, urnOf } from "../support/examples";

const bucket = "aws:s3/bucket:Bucket";
const registration = (type: string, name: string, inputs: Registration["inputs"]): Registration => ({
  urn: urnOf(type, name),
  type,
  name,
  inputs,
});

function stackOf(props: Registration["inputs"], ...others: Registration[]) {
  const stack = new Stack([registration(bucket, "it", { bucket: "it", ...props }), ...others]);
  return { stack, it: stack.all(bucket)[0] as Bucket };
}

const lifecycle = (rules: unknown) =>
  registration("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "lifecycle", {
    bucket: "it",
    rules,
  });

function only(rule: object) {
  const { stack, it } = stackOf({}, lifecycle([rule]));
  const [found] = lifecycleRules(it, stack);
  if (!found || found instanceof Unknown) throw new Error("no rule");
  return found;
}

test("rules inside the bucket and of their own count together", () => {
  const { stack, it } = stackOf({ lifecycleRules: [{ enabled: true }] }, lifecycle([{ status: "Enabled" }]));
  expect([...lifecycleRules(it, stack)]).toHaveLength(2);
});

test.each([
  [{ expiration: { days: 30 } }, true],
  [{ expiration: { days: "30" } }, true],
  [{ expiration: { date: "2030-01-01" } }, true],
  [{ transitions: [{ days: 0, storageClass: "GLACIER" }] }, true],
  [{ noncurrentVersionExpiration: { noncurrentDays: 1 } }, true],
  [{ expiration: { days: 0, date: "", expiredObjectDeleteMarker: true } }, false],
  [{ expiration: {}, transitions: [], noncurrentVersionExpiration: { noncurrentDays: 0 } }, false],
  [{ abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }, false],
])("%p is effective: %p", (rule, expected) => {
  expect(only(rule).isEffective).toBe(expected);
});

test.each([
  [{}, true],
  [{ filter: {} }, true],
  [
    { filter: { prefix: "", tag: { key: "", value: "" }, objectSizeGreaterThan: 0, and: { tags: {} } } },
    true,
  ],
  [{ prefix: "logs/" }, false],
  [{ filter: { prefix: "logs/" } }, false],
  [{ filter: { objectSizeLessThan: 1024 } }, false],
  [{ filter: { and: { prefix: "", tags: { kind: "log" } } } }, false],
  [{ filter: { tag: { key: "kind", value: "log" } } }, false],
])("%p is unfiltered: %p", (rule, expected) => {
  expect(only(rule).isUnfiltered).toBe(expected);
});

test("what is not known is read only where it is asked for", () => {
  const rule = only({ status: "Enabled", filter: { prefix: unknown }, expiration: { days: 1 } });
  expect(rule.isEffective).toBe(true);
  expect(() => rule.isUnfiltered).toThrow(Unknown);
});

test("versioning in any form", () => {
  const own = (status: string) =>
    registration("aws:s3/bucketVersioningV2:BucketVersioningV2", "versioning", {
      bucket: "it",
      versioningConfiguration: { status },
    });
  for (const [{ stack, it }, expected] of [
    [stackOf({ versioning: { enabled: true } }), true],
    [stackOf({ versioning: { enabled: false } }, own("Enabled")), true],
    [stackOf({}, own("Suspended")), false],
    [stackOf({}), false],
  ] as const)
    expect(isVersioned(it, stack)).toBe(expected);
  const unsure = stackOf({}, own(unknown));
  expect(() => isVersioned(unsure.it, unsure.stack)).toThrow(Unknown);
});

test.each([
  ["aws:s3/bucketLogging:BucketLogging", { bucket: "other", targetBucket: "it" }, true],
  [bucket, { bucket: "other", logging: { targetBucket: "it" } }, true],
  ["aws:alb/loadBalancer:LoadBalancer", { accessLogs: { bucket: "it", enabled: true } }, true],
  ["aws:cloudfront/distribution:Distribution", { loggingConfig: { bucket: "it.s3.amazonaws.com" } }, true],
  ["aws:ec2/flowLog:FlowLog", { logDestination: "arn:aws:s3:::it" }, true],
  ["aws:s3/bucketLogging:BucketLogging", { bucket: "it", targetBucket: "other" }, false],
  ["aws:cloudtrail/trail:Trail", { s3BucketName: "other" }, false],
])("%s with %p makes it a bucket of logs: %p", (type, inputs, expected) => {
  const { stack, it } = stackOf(
    { arn: "arn:aws:s3:::it", bucketDomainName: "it.s3.amazonaws.com" },
    registration(type, "source", inputs),
  );
  expect(holdsLogs(it, stack)).toBe(expected);
});
