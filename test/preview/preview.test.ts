import type { Registration } from "../../policies/stack";
import { encrypted, unknownText as unknown } from "../../policies/value";
import { readAnswers } from "../../preview/answers";
import { type Preview, type PreviewOptions, preview } from "../../preview/preview";
import { makeProgram, program, removePrograms } from "../support/programs";
import { lines } from "../support/registrations";

jest.setTimeout(60_000);
afterAll(removePrograms);

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

interface Found {
  result: Preview;
  /** The registration with a name, and a type that ends in what is given. */
  get(name: string, type?: string): Registration;
}

async function run(directory: string, options?: PreviewOptions): Promise<Found> {
  const result = await preview(directory, options);
  return {
    result,
    get(name, type = "") {
      const all = result.registrations.filter((r) => r.name === name && r.type.endsWith(type));
      const [only] = all;
      if (!only || all.length > 1) throw new Error(`${all.length} registrations of ${type} ${name}`);
      return only;
    },
  };
}

const places = (r: Registration) => r.trail?.map(({ file, line, column }) => `${file}:${line}:${column}`);

describe("a TypeScript program", () => {
  let found: Found;
  const counts: number[] = [];
  beforeAll(async () => {
    found = await run(program("typescript"), { onProgress: (count) => counts.push(count) });
  });
  const stack = "urn:pulumi:dev::shop::";

  test("says what it is", () => {
    const { project, stack, directory, unanswered, output } = found.result;
    expect({ project, stack, unanswered, output }).toEqual({
      project: "shop",
      stack: "dev",
      unanswered: [],
      output: [],
    });
    expect(directory).toBe(program("typescript"));
  });

  test("has the engine's URNs", () => {
    expect(found.result.registrations.map((r) => r.urn.replace(stack, "")).sort()).toEqual(
      [
        "pulumi:pulumi:Stack::shop-dev",
        ...["audio", "backup", "archive"].flatMap((name) => [
          `shop:index:Storage::${name}`,
          `shop:index:Storage$aws:s3/bucket:Bucket::${name}-bucket`,
          `shop:index:Storage$shop:index:Versioned::${name}-versioned`,
          `shop:index:Storage$shop:index:Versioned$aws:s3/bucketVersioning:BucketVersioning::${name}-versioned`,
        ]),
        "aws:s3/bucketPolicy:BucketPolicy::audio-policy",
        "aws:s3/bucket:Bucket::near",
        "aws:sqs/queue:Queue::queue",
        "aws:sns/topic:Topic::known",
        "aws:sns/topic:Topic::a",
        "aws:sns/topic:Topic::b",
      ].sort(),
    );
    expect(counts).toEqual(found.result.registrations.map((_, i) => i + 1));
  });

  test("knows parents, and where a value comes from", () => {
    const bucket = `${stack}shop:index:Storage$aws:s3/bucket:Bucket::audio-bucket`;
    expect(found.get("audio", "Storage").parent).toBe(found.get("shop-dev").urn);
    expect(found.get("audio-bucket").parent).toBe(found.get("audio", "Storage").urn);
    expect(found.get("audio-policy")).toMatchObject({
      inputs: { bucket: unknown, policy: unknown },
      propertyDependencies: { bucket: [bucket], policy: [bucket] },
    });
    expect(found.get("queue").propertyDependencies).toEqual({ tags: [found.get("audio-policy").urn] });
    expect(found.get("audio-bucket").id).toBeUndefined();
  });

  test("hands down providers", () => {
    const regions = ["audio-bucket", "near", "backup-bucket", "archive-bucket"].map(
      (name) => found.get(name).provider?.region,
    );
    expect(regions).toEqual(["eu-west-3", "eu-west-3", "us-east-1", "us-east-1"]);
    expect(found.get("archive-versioned", "BucketVersioning").provider?.region).toBe("us-east-1");
    expect(found.get("near").provider).not.toEqual(found.get("audio-bucket").provider);
  });

  test("keeps secrets marked", () => {
    expect(found.get("a").inputs).toEqual({ kmsMasterKeyId: secret("key") });
  });

  test("names the lines that made a resource", () => {
    expect(lines(found.get("audio", "Storage"))).toEqual(["index.ts:5"]);
    expect(lines(found.get("backup-bucket"))).toEqual(["storage.ts:9", "index.ts:15"]);
    expect(lines(found.get("archive-versioned", "BucketVersioning"))).toEqual([
      "storage.ts:18",
      "storage.ts:10",
      "index.ts:16",
    ]);
    expect(places(found.get("known"))).toEqual(["index.ts:22:40"]);
    expect(lines(found.get("b"))?.[0]).toBe("index.ts:23");
    expect(lines(found.get("shop-dev"))).toEqual([]);
  });
});

test("a JavaScript program in a folder of its own, with arguments for Node", async () => {
  const output: string[] = [];
  const { result, get } = await run(program("javascript"), { onOutput: (line) => output.push(line) });
  expect(get("one").inputs).toEqual({ name: "one", policy: '{"on":"one"}' });
  expect(lines(get("two"))).toEqual(["src/index.js:7"]);
  expect(output).toEqual(["two queues"]);
  expect(result.output).toEqual([]);
});

test("an ES module", async () => {
  const { get } = await run(
    makeProgram({
      "package.json": '{ "type": "module", "main": "index.js" }',
      "index.js":
        'import * as pulumi from "@pulumi/pulumi";\nawait null;\n' +
        'class C extends pulumi.ComponentResource {\n  constructor(name) {\n    super("a:b:C", name);\n  }\n}\n' +
        'export const made = new C("c").urn;\n',
    }),
  );
  expect(lines(get("c"))).toEqual(["index.js:8"]);
});

test("transforms of every kind", async () => {
  const { get } = await run(program("transforms"));
  expect(get("child").inputs.tags).toEqual({ order: "own, component", by: "stack" });
  expect(get("child").provider?.region).toBe("us-east-1");
  expect(get("plain").inputs).toEqual({ tags: { by: "stack" } });
  // The SDK hands back what its own transform changed without saying where a value comes from.
  expect(get("policy")).toMatchObject({
    inputs: { bucket: unknown, policy: secret("{}"), region: "eu-west-1" },
    propertyDependencies: { bucket: [] },
  });
  // The old kind ran before the program asked; the kind for data sources changed what was asked.
  expect(get("topic").inputs).toEqual({ displayName: "old", name: "sa-east-1" });
});

describe("data sources and what else is not in the program", () => {
  let found: Found;
  beforeAll(async () => {
    const answers = readAnswers({
      "pulumi:pulumi:StackReference": [{ args: { name: "org/network/dev" }, result: { vpcId: "vpc-1" } }],
    });
    found = await run(program("data"), { answers });
  });

  test("are answered where the answer is known", () => {
    expect(found.get("known").inputs).toEqual({
      bucket: "123456789012-eu-west-3a-eu-west-3b-eu-west-3c",
      tags: { partition: "aws", region: "eu-west-3" },
    });
    expect(JSON.parse(String(found.get("policy").inputs.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*", Principal: "*" }],
    });
  });

  test("are unknown where nobody can answer, however a program reads them", () => {
    expect(found.get("unknown").inputs).toEqual({
      ami: unknown,
      userData: `image ${unknown}`,
      subnetId: unknown,
      instanceType: "t3.micro",
      tags: { vpc: unknown, cidr: unknown, owner: unknown },
      vpcSecurityGroupIds: unknown,
    });
    // A list of unknown length is walked once.
    expect(found.get("address-unknown").inputs).toEqual({ instance: unknown });
    expect(found.result.unanswered.map((u) => u.token).sort()).toEqual([
      "aws:ec2/getAmi:getAmi",
      "aws:ec2/getVpc:getVpc",
      "eks:index:Cluster",
      "eks:index:Cluster/getKubeconfig",
      "kubernetes:helm:template",
      "pulumi:pulumi:StackReference",
    ]);
    expect(found.result.unanswered.every((u) => u.count === 1)).toBe(true);
  });

  test("stack references", () => {
    expect(found.get("from-stacks")).toMatchObject({
      inputs: { vpcId: "vpc-1", description: unknown },
      propertyDependencies: { vpcId: [found.get("org/network/dev").urn] },
    });
  });

  test("resources that are only read, or imported", () => {
    expect(found.get("read")).toMatchObject({ id: "someones-bucket", read: true });
    expect(found.get("versioned").inputs).toEqual({
      bucket: "someones-bucket",
      versioningConfiguration: { status: "Enabled", mfaDelete: unknown },
    });
    expect(found.get("versioned").propertyDependencies?.bucket).toEqual([found.get("read").urn]);
    expect(found.get("imported")).toMatchObject({ id: "https://sqs/jobs", inputs: { name: "jobs" } });
    expect(found.get("imported").read).toBeUndefined();
  });

  test("remote components and dynamic providers", () => {
    expect(found.get("cluster")).toMatchObject({ type: "eks:index:Cluster", inputs: { size: 3 } });
    expect(found.get("from-remote")).toMatchObject({
      inputs: { name: unknown, displayName: unknown },
      propertyDependencies: { name: [found.get("cluster").urn] },
    });
    expect(found.get("dynamic")).toMatchObject({
      type: "pulumi-nodejs:dynamic:Resource",
      inputs: { answer: 42 },
    });
  });

  test("Kubernetes manifests", () => {
    const first = found.get("first", "ConfigMap");
    expect(first.urn).toBe(
      "urn:pulumi:dev::data::kubernetes:yaml:ConfigFile$kubernetes:core/v1:ConfigMap::first",
    );
    expect(first.inputs).toMatchObject({ metadata: { name: "first" }, data: { key: "value" } });
    expect(first.provider).toEqual({ namespace: "tools" });
    // A component's child with no place of its own has its component's.
    expect(lines(first)).toEqual(["index.ts:68"]);
    expect(found.get("second").type).toBe("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole");
    expect(found.get("release").inputs).toMatchObject({ chart: "redis" });
  });
});

test("answers are used for data sources, remote components and their methods", async () => {
  const answers = readAnswers({
    "aws:ec2/getAmi:getAmi": [
      { args: { owners: ["someone"] }, result: { id: "ami-0" } },
      { args: { owners: ["amazon"] }, result: { id: "ami-1", name: "al2023" } },
    ],
    "eks:index:Cluster": { endpoint: "https://eks" },
    "eks:index:Cluster/getKubeconfig": { result: "config" },
  });
  const { result, get } = await run(program("data"), { answers });
  expect(get("unknown").inputs).toMatchObject({ ami: "ami-1", userData: "image AL2023" });
  expect(get("from-remote").inputs).toMatchObject({ name: "https://eks" });
  expect(result.unanswered.map((u) => u.token)).not.toContain("aws:ec2/getAmi:getAmi");
  // With the image known, the next question is asked in earnest.
  expect(result.unanswered.map((u) => u.token)).toContain("aws:ec2/getSubnets:getSubnets");
});

describe("settings", () => {
  test("of the only stack, over the project's defaults; encrypted ones are secret and not known", async () => {
    const { result, get } = await run(program("settings"));
    expect(result.stack).toBe("production");
    expect(get("database").inputs).toEqual({
      instanceClass: "db.t4g.micro",
      allocatedStorage: 3,
      username: "from the project",
      publiclyAccessible: true,
      password: secret(encrypted),
      identifier: secret("db.example.com"),
      port: secret(5433),
      kmsKeyId: secret(encrypted),
    });
    expect(get("database").provider).toEqual({ region: "eu-west-3" });
    expect(result.secrets).toEqual(new Set());
  });

  test("given by hand come first; a secret stays one", async () => {
    const password = { "settings:password": "hunter22", "settings:apiToken": "in no file" };
    const config = { size: "20", "aws:region": "us-east-1", ...password };
    const { result, get } = await run(program("settings"), { config });
    expect(get("database").inputs).toMatchObject({ allocatedStorage: 20, password: secret("hunter22") });
    expect(get("database").provider).toEqual({ region: "us-east-1" });
    expect(result.secrets).toEqual(new Set(["hunter22", "in no file"]));
  });

  test("a stack of an organization", async () => {
    const directory = makeProgram({
      "index.ts":
        'import * as pulumi from "@pulumi/pulumi";\nconsole.log(pulumi.getOrganization(), pulumi.getStack());\n',
    });
    expect((await run(directory, { stack: "acme/made/staging" })).result).toMatchObject({
      stack: "staging",
      output: ["acme staging"],
    });
    expect((await run(directory)).result).toMatchObject({ stack: "dev", output: ["organization dev"] });
  });
});
