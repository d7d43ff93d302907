import ts from "typescript";
import { exampleCode } from "../cli/example-code";
import { rules } from "../policies";
import { type Example, type ExampleResource, ref, secret } from "../policies/example";

const code = (...resources: ExampleResource[]) => exampleCode({ title: "", resources });
const bucket = (name: string, props: object = {}, rest: object = {}) =>
  ({ type: "aws:s3/bucket:Bucket", name, props, ...rest }) as ExampleResource;

test("names and constructors are those of a program", () => {
  expect(code(bucket("my-audio_store"))).toBe('const myAudioStore = new aws.s3.Bucket("my-audio_store");');
  expect(code(bucket("default"))).toBe('const theDefault = new aws.s3.Bucket("default");');
  const of = (type: string) => /new ([\w.]+)/.exec(code({ ...bucket("x"), type } as ExampleResource))?.[1];
  expect(of("kubernetes:apps/v1:Deployment")).toBe("kubernetes.apps.v1.Deployment");
  expect(of("kubernetes:networking.k8s.io/v1:NetworkPolicy")).toBe("kubernetes.networking.v1.NetworkPolicy");
  expect(of("docker:index/container:Container")).toBe("docker.Container");
});

test("a custom resource says what it is", () => {
  expect(
    code({ ...bucket("gpu"), type: "kubernetes:karpenter.sh/v1:NodePool" } as unknown as ExampleResource),
  ).toBe(
    'const gpu = new kubernetes.apiextensions.CustomResource("gpu", {\n  apiVersion: "karpenter.sh/v1",\n  kind: "NodePool",\n});',
  );
});

test("references are outputs: alone, within a text, within a document, from outside", () => {
  const other = bucket("other");
  expect(code(other, bucket("b", { bucket: ref("other") }))).toContain("{ bucket: other.id }");
  expect(code(other, bucket("b", { bucket: `${ref("other", "arn")}/*` }))).toContain(
    `{ bucket: pulumi.interpolate\`$\{other.arn}/*\` }`,
  );
  const policy = JSON.stringify({ Resource: [ref("other", "arn")] });
  expect(code(other, bucket("b", { policy }))).toContain("pulumi.jsonStringify({ Resource: [other.arn] })");
  expect(code(bucket("b", { bucket: ref("network", "name") }))).toBe(
    'const network = new pulumi.StackReference("network");\nconst b = new aws.s3.Bucket("b", { bucket: network.getOutput("name") });',
  );
});

test("secrets are settings", () => {
  expect(code(bucket("b", { acl: secret("token") }))).toBe(
    'const config = new pulumi.Config();\nconst b = new aws.s3.Bucket("b", { acl: config.requireSecret("token") });',
  );
});

test("texts of several lines, documents and odd keys stay readable", () => {
  expect(code(bucket("b", { acl: ["#!/bin/sh", "echo `$", "{x}`", ""].join("\n") }))).toContain(
    "`#!/bin/sh\necho \\`$\n{x}\\`\n`",
  );
  expect(code(bucket("b", { acl: '{"a":1}', tags: { "a-b": 1 } }))).toContain(
    '{ acl: JSON.stringify({ a: 1 }), tags: { "a-b": 1 } }',
  );
});

test("a provider of its own is made first", () => {
  expect(code(bucket("b", {}, { provider: { region: "eu-west-3" } }))).toBe(
    'const bProvider = new aws.Provider("b-provider", { region: "eu-west-3" });\nconst b = new aws.s3.Bucket("b", {}, { provider: bProvider });',
  );
});

test("an empty stack says so", () => {
  expect(code({ type: "pulumi:pulumi:Stack", name: "s", props: {} })).toBe(
    "// A stack that has no such resource.",
  );
});

const examples = rules.flatMap(({ id, examples: { good, bad, undetermined = [] } }) =>
  [...good, ...bad, ...undetermined].map((example): [string, Example] => [
    `${id}: ${example.title}`,
    example,
  ]),
);

test.each(examples)("%s is TypeScript", (_, example) => {
  const { diagnostics } = ts.transpileModule(exampleCode(example), { reportDiagnostics: true });
  expect(diagnostics?.map((d) => d.messageText)).toEqual([]);
});
