import type { Statement } from "../../policies/reading/iam";
import {
  isOnEverything,
  isPublic,
  isWholeService,
  managedName,
  statementsOf,
} from "../../policies/reading/iam";
import { Unknown, view } from "../../policies/value";
import { unknown } from "../support/examples";

const read = (statement: unknown): Statement => {
  const [[, first] = []] = statementsOf({ Statement: statement });
  if (!first || first instanceof Unknown) throw new Error("no statement");
  return first;
};

test("a statement alone, in a list, as text or as an object", () => {
  const statement = { Sid: "Reads", Effect: "Allow", Action: "s3:GetObject", Resource: ["a", "b"] };
  for (const document of [
    { Statement: statement },
    { Statement: [statement] },
    JSON.stringify({ Statement: statement }),
    view<object>({ Statement: [statement] }),
  ]) {
    const [[name, found] = [], ...others] = statementsOf(document);
    expect(others).toEqual([]);
    expect(name).toBe("statement Reads");
    expect(found).toMatchObject({ actions: ["s3:GetObject"], resources: ["a", "b"], notActions: [] });
  }
});

test.each([
  "",
  "{",
  "null",
  "[]",
  "5",
  '"x"',
  "{}",
  '{"Statement":5}',
  '{"Statement":[null,"x"]}',
  5,
  null,
  undefined,
])("%p grants nothing", (document) => {
  expect([...statementsOf(document)]).toEqual([]);
});

test("a statement that is not known hides no other", () => {
  const parts = [...statementsOf(view<object>({ Statement: [unknown, { Sid: unknown, Effect: "Deny" }] }))];
  expect(parts.map(([name, part]) => [name, part instanceof Unknown])).toEqual([
    ["statement[0]", true],
    ["statement[1]", false],
  ]);
  expect([...statementsOf(view<object>({ Statement: unknown }))]).toHaveLength(1);
});

test.each([
  ["s3:*", true],
  ["S3:**", true],
  ["s3:?*", true],
  ["s3:Get*", false],
  ["s3:??", false],
  ["*:*", false],
  ["*", false],
  ["s3", false],
])("%p is a whole service: %p", (action, expected) => {
  expect(isWholeService(action)).toBe(expected);
});

test.each([
  [{ Resource: "*" }, true],
  [{ Resource: ["arn:aws:s3:::a", "**"] }, true],
  [{ Resource: "arn:aws:*:*:*:*" }, true],
  [{ NotResource: "arn:aws:s3:::a" }, true],
  [{ Resource: "arn:aws:s3:::*" }, false],
  [{ Resource: "arn:aws:iam::123456789012:role/*" }, false],
  [{}, false],
])("%p is on everything: %p", (statement, expected) => {
  expect(isOnEverything(read(statement))).toBe(expected);
});

describe("who is let in", () => {
  const anybody = { Effect: "Allow", Principal: "*" };
  const when = (Condition: object) => read({ ...anybody, Condition });

  test.each([["*"], [{ AWS: "*" }], [{ AWS: ["arn:aws:iam::123456789012:root", "*"] }], [{ "*": "*" }]])(
    "%p is everybody",
    (Principal) => {
      expect(isPublic(read({ Effect: "Allow", Principal }))).toBe(true);
      expect(isPublic(read({ Effect: "Deny", Principal }))).toBe(false);
    },
  );

  test.each([
    [{ Service: "ecs.amazonaws.com" }],
    [{ AWS: "arn:aws:iam::123456789012:root" }],
    [{ Federated: "*" }],
    [{}],
    [undefined],
    [null],
  ])("%p is somebody", (Principal) => {
    expect(isPublic(read({ Effect: "Allow", Principal }))).toBe(false);
  });

  test("all but some are everybody", () => {
    expect(isPublic(read({ Effect: "Allow", NotPrincipal: { AWS: "x" } }))).toBe(true);
  });

  test.each([
    [{ StringEquals: { "aws:PrincipalOrgID": "o-example" } }],
    [{ StringEquals: { "AWS:SourceAccount": ["123456789012"] } }],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:123456789012:topic" } }],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::example" } }],
    [{ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }],
    [{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-example/r-1/*"] } }],
    [{ Bool: { "aws:SecureTransport": "true" }, StringEquals: { "aws:SourceVpc": "vpc-1" } }],
  ])("%p says who", (condition) => {
    expect(isPublic(when(condition))).toBe(false);
  });

  test.each([
    [{}],
    [{ Bool: { "aws:SecureTransport": "true" } }],
    [{ StringLike: { "aws:Referer": "https://example.com/*" } }],
    [{ StringEquals: { "sts:ExternalId": "x" } }],
    [{ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-example" } }],
    [{ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-example" } }],
    [{ StringNotEquals: { "aws:PrincipalAccount": "123456789012" } }],
    [{ StringLike: { "aws:PrincipalArn": "*" } }],
    [{ ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:topic" } }],
    [{ IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"] } }],
    [{ Null: { "aws:PrincipalOrgID": "false" } }],
    [{ StringEquals: { "aws:PrincipalOrgID": [] } }],
  ])("%p does not", (condition) => {
    expect(isPublic(when(condition))).toBe(true);
  });

  test("what is unknown decides only where the rest does not", () => {
    const unsure = (statement: object) => read([view<object>(statement)]);
    expect(isPublic(unsure({ Effect: "Deny", Principal: unknown }))).toBe(false);
    expect(isPublic(unsure({ Effect: unknown, Principal: { AWS: "arn:aws:iam::1:root" } }))).toBe(false);
    expect(() => isPublic(unsure({ Effect: "Allow", Principal: { AWS: unknown } }))).toThrow(Unknown);
    expect(() => isPublic(unsure({ ...anybody, Condition: unknown }))).toThrow(Unknown);
  });
});

test.each([
  ["arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess"],
  ["arn:aws-us-gov:iam::aws:policy/job-function/Billing", "Billing"],
  ["arn:aws:iam::123456789012:policy/AdministratorAccess", undefined],
  ["AdministratorAccess", undefined],
  [5, undefined],
])("%p is managed by AWS as %p", (arn, expected) => {
  expect(managedName(arn)).toBe(expected);
});
