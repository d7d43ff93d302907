import { covers, isLike, parseArn } from "../../policies/reading/arn";
import { type Registration, type Resource, Stack } from "../../policies/stack";
import { Unknown } from "../../policies/value";
import { unknown } from "../support/examples";

const resource = (type: string, inputs: Registration["inputs"], id?: string): Resource =>
  new Stack([{ urn: "urn", type, name: "it", inputs, ...(id && { id }) }]).resources[0] as Resource;

const database = (inputs: Registration["inputs"]) => resource("aws:rds/instance:Instance", inputs);
const bucket = (inputs: Registration["inputs"]) => resource("aws:s3/bucket:Bucket", inputs);

test("takes ARNs apart", () => {
  expect(parseArn("arn:aws:rds:eu-west-3:123456789012:db:main")).toEqual({
    partition: "aws",
    service: "rds",
    region: "eu-west-3",
    account: "123456789012",
    resource: "db:main",
  });
  expect(parseArn("arn:aws-us-gov:s3:::logs/a:b")?.resource).toBe("logs/a:b");
});

test.each(["", "main", "arn:aws:s3", "urn:pulumi:x:y:z:a", 7, null, undefined, {}])(
  "%p is no ARN",
  (value) => {
    expect(parseArn(value)).toBeUndefined();
  },
);

test.each([
  ["s3:GetObject", "s3:*", true],
  ["s3:GetObject", "s3:Get*", true],
  ["s3:GetObject", "*:Get?bject", true],
  ["s3:GetObject", "s3:Put*", false],
  ["", "*", true],
  ["", "?", false],
  ["a.c", "a?c", true],
  ["abc", "a.c", false],
])("%p is like %p: %p", (value, pattern, expected) => {
  expect(isLike(value, pattern)).toBe(expected);
});

test("a long pattern of wildcards takes no time", () => {
  const before = process.cpuUsage();
  expect(isLike("a".repeat(2000), `${"*a".repeat(500)}b`)).toBe(false);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
});

describe("a resource with a known ARN", () => {
  const main = database({ arn: "arn:aws:rds:eu-west-3:123456789012:db:main", identifier: "main" });
  test.each([
    ["arn:aws:rds:eu-west-3:123456789012:db:main", true],
    ["arn:aws:rds:*:*:db:*", true],
    ["*", true],
    ["arn:aws:rds:*:*:cluster:*", false],
    ["arn:aws:rds:us-east-1:123456789012:db:main", false],
    ["arn:aws:rds:eu-west-3:123456789012:db:main2", false],
  ])("%s: %p", (pattern, expected) => {
    expect(covers(pattern, main)).toBe(expected);
  });
});

describe("a resource that has a literal name and no ARN yet", () => {
  const main = database({ identifier: "main", arn: unknown });
  test.each([
    ["arn:aws:rds:eu-west-3:123456789012:db:main", true],
    ["arn:aws:rds:*:*:db:ma*", true],
    ["arn:aws:rds:*", true],
    ["arn:aws:rds:eu-west-3:123456789012:db:other", false],
    ["arn:aws:rds:eu-west-3:123456789012:cluster:main", false],
    ["arn:aws:dynamodb:*:*:table/*", false],
  ])("%s: %p", (pattern, expected) => {
    expect(covers(pattern, main)).toBe(expected);
  });
});

test("what only the name can tell is unknown, what holds for every name is not", () => {
  const main = database({});
  expect(covers("arn:aws:rds:*:*:db:*", main)).toBe(true);
  expect(covers("arn:aws:rds:*:*:cluster:*", main)).toBe(false);
  expect(() => covers("arn:aws:rds:*:*:db:main", main)).toThrow(Unknown);
});

test("a bucket and what it holds", () => {
  const logs = bucket({ bucket: "logs" });
  expect(covers("arn:aws:s3:::logs", logs)).toBe(true);
  expect(covers("arn:aws:s3:::logs", logs, "/*")).toBe(false);
  expect(covers("arn:aws:s3:::logs/*", logs)).toBe(false);
  expect(covers("arn:aws:s3:::logs/*", logs, "/*")).toBe(true);
  expect(covers("arn:aws:s3:::logs/public/*", logs, "/*")).toBe(false);
  expect(covers("arn:aws:s3:::logs*", logs, "/*")).toBe(true);
  expect(covers("arn:aws-cn:s3:::logs", logs)).toBe(true);
  expect(covers("arn:aws:s3:::other", logs)).toBe(false);
});

test("types of which the form is not known are compared by their ARN alone", () => {
  expect(() => covers("arn:aws:fsx:eu-west-3:1:file-system/a", resource("aws:fsx/fs:Fs", {}))).toThrow(
    Unknown,
  );
  const known = resource("aws:fsx/fs:Fs", { arn: "arn:aws:fsx:eu-west-3:1:file-system/a" });
  expect(covers("arn:aws:fsx:*", known)).toBe(true);
});

test("names that are ids come from the id", () => {
  const volume = resource("aws:ebs/volume:Volume", {}, "vol-1");
  expect(covers("arn:aws:ec2:eu-west-3:123456789012:volume/vol-1", volume)).toBe(true);
  expect(covers("arn:aws:ec2:eu-west-3:123456789012:volume/vol-2", volume)).toBe(false);
});
