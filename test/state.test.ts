import { Stack } from "../policies/stack";
import { isSecret, peek, Unknown } from "../policies/value";
import { audit } from "../state/audit";
import { parseJson } from "../state/json";
import { readState } from "../state/state";

const urn = (type: string, name: string) => `urn:pulumi:production::lexia::${type}::${name}`;
const bucket = "aws:s3/bucket:Bucket";
const exported = (...resources: object[]) => ({ version: 3, deployment: { manifest: {}, resources } });
const one = (rest: object) => {
  const state = readState(exported({ urn: urn(bucket, "audio"), type: bucket, ...rest }), "state.json");
  const resource = new Stack(state.registrations).all(bucket)[0];
  if (!resource) throw new Error("The state lost its bucket.");
  return resource;
};
const secretMark = "4dabf18193072939515e22adb298388d";
const secretKind = "1b47061264138c4ac30d75fd1eb44270";

test("reads an export, a checkpoint, and a checkpoint from before they had versions", () => {
  const deployment = { resources: [{ urn: urn(bucket, "audio"), type: bucket, id: "audio-1" }] };
  const checkpoint = { stack: "organization/lexia/production", latest: deployment };
  const read = [
    { version: 3, deployment },
    { version: 4, features: ["taint"], deployment },
    { version: 1, checkpoint },
    checkpoint,
  ].map((json) => readState(json, "state.json"));
  for (const state of read) expect(state).toEqual(read[0]);
  expect(read[0]).toMatchObject({ project: "lexia", stack: "production" });
});

test("a stack without resources is one, and has nothing to judge", () => {
  expect(readState({ version: 3, deployment: { manifest: {} } }, "state.json").registrations).toEqual([]);
  const empty = { version: 3, checkpoint: { stack: "dev" } };
  expect(readState(empty, "state.json")).toEqual({ project: "", stack: "dev", registrations: [] });
});

test("adds the stack where the file leaves it out, and only there", () => {
  const root = { urn: urn("pulumi:pulumi:Stack", "lexia-production"), type: "pulumi:pulumi:Stack" };
  const audio = { urn: urn(bucket, "audio"), type: bucket };
  const types = (state: object) => readState(state, "state.json").registrations.map((r) => r.type);
  expect(types(exported(audio))).toEqual(["pulumi:pulumi:Stack", bucket]);
  expect(types(exported(root, audio))).toEqual(["pulumi:pulumi:Stack", bucket]);
});

test("leaves out what is pending deletion", () => {
  const gone = { urn: urn(bucket, "audio"), type: bucket, delete: true };
  expect(readState(exported(gone), "state.json").registrations).toEqual([]);
});

test("a provider is no resource, but its settings are known to those it manages", () => {
  const provider = { urn: urn("pulumi:providers:aws", "paris"), type: "pulumi:providers:aws", id: "p1" };
  const state = readState(
    exported(
      { ...provider, inputs: { region: "eu-west-3" } },
      { urn: urn(bucket, "audio"), type: bucket, provider: `${provider.urn}::p1` },
      { urn: urn(bucket, "other"), type: bucket, provider: `${provider.urn}::p2` },
    ),
    "state.json",
  );
  const [audio, other] = new Stack(state.registrations).all(bucket);
  expect(audio?.provider?.region).toBe("eu-west-3");
  expect(other?.provider).toBeUndefined();
});

test("outputs win over inputs, inputs fill what outputs lack", () => {
  const { props } = one({
    inputs: { bucket: "asked", acl: "private", tags: { a: "b" } },
    outputs: { bucket: "real", acl: null, arn: "arn:aws:s3:::real" },
  });
  expect({ ...props }).toEqual({
    bucket: "real",
    acl: "private",
    tags: { a: "b" },
    arn: "arn:aws:s3:::real",
  });
});

test("tells what the program gave from what the cloud chose", () => {
  const resource = one({ inputs: { bucket: "audio" }, outputs: { bucket: "audio", acl: "private" } });
  expect(["bucket", "bucket.name", "acl"].map((key) => resource.isComputed(key))).toEqual([
    false,
    false,
    true,
  ]);
  const nested = one({
    inputs: { tags: { a: "1" }, policy: { [secretMark]: secretKind, ciphertext: "v1:AA" } },
  });
  const paths = ["tags.a", "tags.b", "policy.Statement"];
  expect(paths.map((path) => nested.isComputed(path))).toEqual([false, true, false]);
  expect(one({ outputs: { acl: "private" } }).isComputed("acl")).toBe(false);
});

const arn = "arn:aws:kms:eu-west-3:123456789012:key/1a2b";
test.each([
  ["aws-backup-vault-key", "aws:backup/vault:Vault", { name: "vault" }, { kmsKeyArn: arn }],
  [
    "aws-dynamodb-customer-key",
    "aws:dynamodb/table:Table",
    { serverSideEncryption: { enabled: true } },
    { serverSideEncryption: { enabled: true, kmsKeyArn: arn } },
  ],
  [
    "kubernetes-storage-class-named",
    "kubernetes:core/v1:PersistentVolumeClaim",
    { spec: { accessModes: ["ReadWriteOnce"] } },
    { spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp2", volumeName: "pvc-1a2b" } },
  ],
])("%s sees what the program left to the cloud", (rule, type, inputs, outputs) => {
  const found = (given: object) =>
    audit(exported({ urn: urn(type, "it"), type, inputs: given, outputs })).results.map((r) => r.rule);
  expect(found(inputs)).toContain(rule);
  expect(found(outputs)).not.toContain(rule);
});

test("a replica is put where its source is, whatever the state says", () => {
  const type = "aws:rds/instance:Instance";
  const outputs = { replicateSourceDb: "orders", dbSubnetGroupName: "default" };
  const replica = { urn: urn(type, "replica"), type, outputs };
  const found = (inputs: object) =>
    audit(exported({ ...replica, inputs })).results.map((result) => result.rule);
  expect(found({ replicateSourceDb: "orders" })).not.toContain("aws-rds-subnet-group");
  expect(found(outputs)).toContain("aws-rds-subnet-group");
});

test("a secret is one: unknown where it is encrypted, readable where it was exported in plain", () => {
  const { props } = one({
    inputs: {
      bucket: { [secretMark]: secretKind, ciphertext: "v1:AAAA" },
      acl: { [secretMark]: secretKind, plaintext: '"private"' },
    },
  });
  expect(peek(props, "bucket")).toBeInstanceOf(Unknown);
  expect(props.acl).toBe("private");
  expect(isSecret(props, "bucket")).toBe(true);
  expect(isSecret(props, "acl")).toBe(true);
});

test("what is only read is there to be pointed at, and marked", () => {
  expect(one({ external: true }).read).toBe(true);
  expect(one({}).read).toBe(false);
});

test("the trail leads from the innermost line outwards, within the project and outside its packages", () => {
  const { trail } = one({
    sourcePosition: "project:///components/my%20store.ts#7,18",
    stackTrace: [
      { sourcePosition: "project:///components/my%20store.ts#7,18" },
      { sourcePosition: "project:///node_modules/@pulumi/pulumi/output.js#1,1" },
      { sourcePosition: "project:///../shared/run.ts#3,2" },
      {},
      { sourcePosition: "project:///index.ts#4" },
    ],
  });
  expect(trail).toEqual([
    { file: "components/my store.ts", line: 7, column: 18 },
    { file: "index.ts", line: 4, column: 1 },
  ]);
});

test("a name may hold what separates the parts of a URN", () => {
  const state = readState(exported({ urn: urn(bucket, "a::b"), type: bucket }), "state.json");
  expect(state.registrations[1]?.name).toBe("a::b");
});

test("the first versions kept dependencies by resource: they hold for every input", () => {
  const state = readState(
    {
      version: 2,
      deployment: {
        resources: [
          { urn: urn(bucket, "a"), type: bucket },
          { urn: urn(bucket, "b"), type: bucket, inputs: { bucket: "x" }, dependencies: [urn(bucket, "a")] },
        ],
      },
    },
    "state.json",
  );
  expect(state.registrations[2]?.propertyDependencies).toEqual({ bucket: [urn(bucket, "a")] });
});

test.each([
  ["a list", [], "a JSON list"],
  ["a text", "state", "a JSON string"],
  ["null", null, "a JSON null"],
  ["a preview", { config: {}, steps: [], changeSummary: {} }, "the output of `pulumi preview --json`"],
  [
    "a policy config",
    { all: "mandatory", "aws-s3-lifecycle": { enforcementLevel: "disabled" } },
    "a policy config",
  ],
  ["a Terraform state", { version: 4, terraform_version: "1.9.0", resources: [] }, "a Terraform state"],
  ["anything else", { hello: "world" }, "another kind of JSON"],
  ["an empty object", {}, "another kind of JSON"],
])("%s is not a state, and what it looks like is said", (_, json, looks) => {
  expect(() => readState(json, "state.json")).toThrow(
    `state.json is not a Pulumi state: it looks like ${looks}. Write a state with \`pulumi stack export`,
  );
});

test("a resource that is none is named by its number", () => {
  expect(() =>
    readState(exported({ urn: urn(bucket, "a"), type: bucket }, { id: "b" }), "state.json"),
  ).toThrow("resource 2 has no URN and type");
  expect(() => readState({ version: 3, deployment: { resources: {} } }, "state.json")).toThrow("not a list");
});

test("a newer version is refused", () => {
  expect(() => readState({ version: 5, deployment: {} }, "state.json")).toThrow(
    "has the state version 5; this Preflight reads versions 1 to 4",
  );
});

describe("JSON that a person handed over", () => {
  test.each([
    ["", "f.json is empty."],
    [" \n", "f.json is empty."],
    ['{\n"a": {\n"b": [1,\n', "f.json looks cut off: it ends at line 3, in the middle"],
    ['{\n"a": "tex', "f.json looks cut off: it ends at line 2"],
    ['{\n"a": 1,\n}', "f.json is not valid JSON: Expected double-quoted property name at line 3."],
    ['{\n"a": 1,\n"b": no\n}', "f.json is not valid JSON: Unexpected token 'o' at line 3."],
    ["a: 1\n", "f.json is not valid JSON: Unexpected token 'a' at line 1."],
  ])("%j", (text, message) => {
    expect(() => parseJson(text, "f.json")).toThrow(message);
  });

  test("an excerpt of it is never shown: it could be a secret", () => {
    expect(() => parseJson('{"password": hunter2}', "f.json")).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
    );
  });

  test("may begin with a byte order mark", () => {
    expect(parseJson("\uFEFF{}", "f.json")).toEqual({});
  });
});

test("a number of pods counts where the program gave it, not where the cluster filled it in", () => {
  const deployment = "kubernetes:apps/v1:Deployment";
  const scaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
  const target = { maxReplicas: 5, scaleTargetRef: { kind: "Deployment", name: "api" } };
  const found = (spec: object) => {
    const metadata = { name: "api", namespace: "shop" };
    const state = exported(
      {
        urn: urn(deployment, "api"),
        type: deployment,
        inputs: { metadata, spec },
        outputs: { metadata: { ...metadata, uid: "1a2b" }, spec: { replicas: 3, ...spec } },
      },
      { urn: urn(scaler, "api"), type: scaler, inputs: { metadata, spec: target } },
    );
    return audit(state).results.filter((r) => r.rule === "kubernetes-scaling-free-replicas");
  };
  expect(found({})).toEqual([]);
  expect(found({ replicas: 3 })).toMatchObject([{ outcome: "violation" }]);
});

test("a patch is what the program set, not the whole object that it was set on", () => {
  const patch = "kubernetes:apps/v1:DeploymentPatch";
  const metadata = { name: "api", namespace: "shop" };
  const template = { spec: { containers: [{ name: "api", image: "api" }] } };
  const saved = {
    urn: urn(patch, "api"),
    type: patch,
    inputs: { metadata, spec: { paused: true } },
    outputs: { metadata, spec: { paused: true, replicas: 1, template } },
  };
  expect(audit(exported(saved)).results).toEqual([]);
});
