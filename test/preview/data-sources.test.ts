import { dataSources } from "../../preview/data-sources";
import { policyDocument } from "../../preview/policy-document";

const ask = (name: string, args = {}, region?: string) =>
  dataSources[name]?.({ args, provider: region ? { region } : {} });

test.each([
  ["eu-west-3", "aws", "euw3-az1"],
  ["ap-southeast-2", "aws", "apse2-az1"],
  ["ca-central-1", "aws", "cac1-az1"],
  ["us-gov-west-1", "aws-us-gov", "usgw1-az1"],
  ["cn-north-1", "aws-cn", "cnn1-az1"],
])("%s", (region, partition, zone) => {
  expect(ask("aws:index/getPartition:getPartition", {}, region)).toMatchObject({ partition });
  expect(ask("aws:index/getAvailabilityZones:getAvailabilityZones", {}, region)).toMatchObject({
    names: [`${region}a`, `${region}b`, `${region}c`],
    zoneIds: expect.arrayContaining([zone]),
  });
});

beforeEach(() => {
  delete process.env.AWS_REGION;
  delete process.env.AWS_DEFAULT_REGION;
});

test("the region of the environment comes last, as for the provider", () => {
  process.env.AWS_DEFAULT_REGION = "us-east-1";
  expect(ask("aws:index/getRegion:getRegion")).toMatchObject({ region: "us-east-1" });
  process.env.AWS_REGION = "us-east-2";
  expect(ask("aws:index/getRegion:getRegion")).toMatchObject({ region: "us-east-2" });
  expect(ask("aws:index/getRegion:getRegion", {}, "eu-west-3")).toMatchObject({ region: "eu-west-3" });
});

test("without a region nothing hangs on one; an argument comes before the provider", () => {
  expect(ask("aws:index/getRegion:getRegion")).toBeUndefined();
  expect(ask("aws:index/getRegion:getRegion", { region: "eu-west-1" }, "eu-west-3")).toMatchObject({
    region: "eu-west-1",
  });
});

describe("a policy document", () => {
  const render = (args: Record<string, unknown>) => JSON.parse(String(policyDocument(args).json));

  test("has single values as texts, lists sorted backwards, principals by type", () => {
    const statements = [
      {
        sid: "Read",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::&{aws:username}"],
        principals: [
          { type: "Service", identifiers: ["ec2.amazonaws.com"] },
          { type: "AWS", identifiers: ["111111111111"] },
          { type: "AWS", identifiers: ["222222222222"] },
        ],
        conditions: [
          { test: "StringEquals", variable: "aws:a", values: ["1"] },
          { test: "StringEquals", variable: "aws:b", values: ["2", "3"] },
        ],
      },
      {
        effect: "Deny",
        notActions: ["iam:*"],
        notResources: ["*"],
        notPrincipals: [{ type: "*", identifiers: ["*"] }],
      },
    ];
    expect(render({ statements, policyId: "mine" })).toEqual({
      Version: "2012-10-17",
      Id: "mine",
      Statement: [
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:GetObject"],
          Resource: `arn:aws:s3:::\${aws:username}`,
          Principal: { AWS: ["111111111111", "222222222222"], Service: "ec2.amazonaws.com" },
          Condition: { StringEquals: { "aws:a": "1", "aws:b": ["2", "3"] } },
        },
        { Effect: "Deny", NotAction: "iam:*", NotResource: "*", NotPrincipal: "*" },
      ],
    });
  });

  test("keeps the principal that roles need apart from anybody", () => {
    const principals = [{ type: "AWS", identifiers: ["*"] }];
    expect(render({ statements: [{ actions: ["sts:AssumeRole"], principals }] }).Statement).toEqual([
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } },
    ]);
  });

  test("is merged by statement id, overrides last", () => {
    const one = (sid: string, action: string) =>
      JSON.stringify({ Version: "2012-10-17", Statement: { Sid: sid, Effect: "Allow", Action: action } });
    const { Statement } = render({
      sourcePolicyDocuments: [one("a", "s3:source"), one("b", "s3:source")],
      statements: [{ sid: "a", actions: ["s3:own"] }, { actions: ["s3:unnamed"] }],
      overridePolicyDocuments: [one("b", "s3:override"), one("c", "s3:override")],
    });
    expect(Statement.map((s: { Sid?: string; Action: string }) => `${s.Sid} ${s.Action}`)).toEqual([
      "a s3:own",
      "b s3:override",
      "undefined s3:unnamed",
      "c s3:override",
    ]);
  });

  test("is written as the provider writes it", () => {
    const { json, minifiedJson } = policyDocument({ statements: [{ actions: ["a:<b>"] }] });
    expect(json).toBe(
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "a:\\u003cb\\u003e"\n    }\n  ]\n}',
    );
    expect(minifiedJson).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:\\u003cb\\u003e"}]}',
    );
  });
});

test("Kubernetes manifests: an object a document", () => {
  const decode = (text: string) => dataSources["kubernetes:yaml:decode"]?.({ args: { text }, provider: {} });
  expect(decode("a: 1\n---\n---\n# nothing\n---\nb: [x]\n")).toEqual({ result: [{ a: 1 }, { b: ["x"] }] });
  expect(() => decode("a: [1")).toThrow();
});
