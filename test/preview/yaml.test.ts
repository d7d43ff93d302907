// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the programs.
import type { Registration } from "../../policies/stack";
import { encrypted, unknownText as unknown } from "../../policies/value";
import { readAnswers } from "../../preview/answers";
import { ProgramError, UsageError } from "../../preview/errors";
import { canonical } from "../../preview/languages/yaml/tokens";
import { type Preview, type PreviewOptions, preview } from "../../preview/preview";
import type { Report } from "../../report/report";
import { preflight } from "../support/command";
import { blocksRunBy } from "../support/pages";
import { makeProgram, removePrograms } from "../support/programs";

jest.setTimeout(60_000);
afterAll(removePrograms);

const head = "name: made\nruntime: yaml\n";
const make = (program: string, files: Record<string, string> = {}) =>
  makeProgram({ "Pulumi.yaml": `${head}${program}`, ...files }, { packages: false });

interface Found {
  result: Preview;
  get(name: string): Registration;
}

async function run(
  program: string,
  options?: PreviewOptions,
  files: Record<string, string> = {},
): Promise<Found> {
  const result = await preview(make(program, files), options);
  return {
    result,
    get(name) {
      const found = result.registrations.find((r) => r.name === name);
      if (!found) throw new Error(`no ${name} among ${result.registrations.map((r) => r.name)}`);
      return found;
    },
  };
}

/** The values that expressions have as properties of a resource, by the names of the properties. */
async function evaluate(properties: string, rest = "", options?: PreviewOptions, files = {}) {
  const indented = properties.replace(/^/gm, "      ");
  const program = `resources:\n  probe:\n    type: test:index:Probe\n    properties:\n${indented}\n${rest}`;
  return (await run(program, options, files)).get("probe").inputs;
}

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const asset = (value: object) => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  ...value,
});
const archive = (value: object) => ({
  "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7",
  ...value,
});

describe("a program is checked", () => {
  const check = async (program: string): Promise<Report> =>
    JSON.parse((await preflight(["check", "--format", "json", make(program)])).stdout);
  const violations = ({ results }: Report) =>
    results.filter((r) => r.outcome === "violation").map((r) => `${r.rule} ${r.resource.name} ${r.at?.line}`);

  test("on AWS", async () => {
    const found = violations(
      await check(`resources:
  database:
    type: aws:rds:Instance
    properties:
      publiclyAccessible: true
      storageEncrypted: true
  audio:
    type: aws:s3:Bucket
  policy:
    type: aws:s3:BucketPolicy
    properties:
      bucket: \${audio.id}
      policy:
        fn::toJSON:
          Statement: [{ Effect: Allow, Principal: "*", Action: "s3:GetObject", Resource: "*" }]
  versions:
    type: aws:s3:BucketVersioning
    properties: { bucket: "\${audio.id}", versioningConfiguration: { status: Enabled } }
`),
    );
    expect(found).toContain("aws-rds-not-public database 4");
    expect(found).not.toContain("aws-rds-storage-encrypted database 4");
    expect(found).toContain("aws-s3-public-access-block audio 9");
    // Another resource names the bucket.
    expect(found).not.toContain("aws-s3-versioning audio 9");
  });

  test("as docs/offline-preview.md shows it", async () => {
    const [shown] = blocksRunBy("test/preview/yaml.test.ts");
    const { registrations, unanswered } = await preview(
      makeProgram({ "Pulumi.yaml": shown?.code ?? "" }, { packages: false }),
    );
    expect(registrations.map((r) => `${r.type} ${r.name}`)).toContain("aws:ec2/instance:Instance web");
    expect(unanswered).toEqual([{ token: "aws:ec2/getAmi:getAmi", count: 1 }]);
  });

  test("on Kubernetes", async () => {
    const report = await check(`resources:
  web:
    type: kubernetes:apps/v1:Deployment
    properties:
      spec:
        template:
          spec:
            containers: [{ name: web, image: "registry.example.com/web:latest" }]
`);
    const found = violations(report);
    expect(found.length).toBeGreaterThan(5);
    expect(found.every((line) => / web 4$|made-dev/.test(line))).toBe(true);
  });
});

test("resources are registered as the engine would have them", async () => {
  const { result, get } = await run(`resources:
  policy:
    type: aws:sns:TopicPolicy
    properties:
      arn: \${topic.arn}
      policy: "\${topic.arn} of \${topic.displayName}"
    options: { parent: "\${topic}", dependsOn: ["\${queue}"] }
  queue:
    type: aws:sqs:Queue
    name: jobs
    options: { provider: "\${virginia}" }
  topic:
    type: aws:sns/topic:Topic
    properties:
      displayName: news
      list: [1, "\${queue}", null]
      nothing: null
  virginia:
    type: pulumi:providers:aws
    properties: { region: us-east-1 }
  standard:
    type: pulumi:providers:kubernetes
    defaultProvider: true
    properties: { namespace: tools }
  web:
    type: kubernetes:core/v1:Pod
    properties: { metadata: { name: web } }
  cluster:
    type: eks:Cluster
    properties: { size: 3 }
    options: { providers: ["\${virginia}"] }
  inside:
    type: aws:sqs:Queue
    properties: { name: "\${cluster.name}" }
    options: { parent: "\${cluster}" }
`);
  const urn = (rest: string) => `urn:pulumi:dev::made::${rest}`;
  const topic = urn("aws:sns/topic:Topic::topic");
  const jobs = urn("aws:sqs/queue:Queue::jobs");
  expect(get("topic")).toMatchObject({
    urn: topic,
    inputs: { displayName: "news", list: [1, { urn: jobs, id: "" }, null] },
    propertyDependencies: { displayName: [], list: [jobs] },
    trail: [{ file: "Pulumi.yaml", line: 14, column: 3 }],
  });
  expect(Object.keys(get("topic").inputs)).not.toContain("nothing");
  expect(get("policy")).toMatchObject({
    urn: urn("aws:sns/topic:Topic$aws:sns/topicPolicy:TopicPolicy::policy"),
    parent: topic,
    inputs: { arn: unknown, policy: unknown },
    propertyDependencies: { arn: [topic], policy: [topic] },
  });
  expect(get("jobs").provider).toEqual({ region: "us-east-1" });
  expect(get("web")).toMatchObject({
    inputs: { apiVersion: "v1", kind: "Pod" },
    provider: { namespace: "tools" },
  });
  expect(get("inside")).toMatchObject({ inputs: { name: unknown }, provider: { region: "us-east-1" } });
  expect(result.unanswered).toEqual([{ token: "eks:index:Cluster", count: 1 }]);
});

test.each([
  ["aws:s3:Bucket", "aws:s3/bucket:Bucket"],
  ["aws:s3/bucket:Bucket", "aws:s3/bucket:Bucket"],
  ["aws:getRegion", "aws:index/getRegion:getRegion"],
  ["aws:index:getRegion", "aws:index/getRegion:getRegion"],
  ["aws:ec2:getAmi", "aws:ec2/getAmi:getAmi"],
  ["aws:wafv2:WebAcl", "aws:wafv2/webAcl:WebAcl"],
  ["docker:Container", "docker:index/container:Container"],
  ["docker-build:Image", "docker-build:index:Image"],
  ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:Deployment"],
  ["random:RandomPassword", "random:index/randomPassword:RandomPassword"],
  ["pulumi:providers:aws", "pulumi:providers:aws"],
])("%s is %s", (short, long) => {
  expect(canonical(short)).toBe(long);
});

test("what is read, imported, or of another stack", async () => {
  const answers = readAnswers({
    "pulumi:pulumi:StackReference": [{ args: { name: "org/network/dev" }, result: { vpcId: "vpc-1" } }],
  });
  const { result, get } = await run(
    `resources:
  network: { type: "pulumi:pulumi:StackReference", properties: { name: org/network/dev } }
  other: { type: "pulumi:pulumi:StackReference" }
  existing:
    type: aws:s3:Bucket
    get: { id: someones-bucket, state: { bucket: someones-bucket } }
  imported:
    type: aws:sqs:Queue
    properties: { name: jobs }
    options: { import: "https://sqs/jobs" }
  probe:
    type: test:index:Probe
    properties:
      vpc: \${network.outputs["vpcId"]}
      old: { "fn::stackReference": [org/network/dev2, vpcId] }
      other: \${other.outputs.name}
      existing: ["\${existing.id}", "\${existing.bucket}", "\${existing.arn}"]
`,
    { answers },
  );
  expect(get("existing")).toMatchObject({ id: "someones-bucket", read: true });
  expect(get("imported")).toMatchObject({ id: "https://sqs/jobs", inputs: { name: "jobs" } });
  expect(get("probe")).toMatchObject({
    inputs: {
      vpc: "vpc-1",
      old: unknown,
      other: unknown,
      existing: ["someones-bucket", "someones-bucket", unknown],
    },
    propertyDependencies: { vpc: [get("network").urn] },
  });
  expect(result.unanswered).toEqual([{ token: "pulumi:pulumi:StackReference", count: 2 }]);
});

test("a reference to a stack is called as it is, where it names none", async () => {
  const { get } = await run(`resources:\n  other: { type: "pulumi:pulumi:StackReference" }\n`);
  expect(get("other")).toMatchObject({ read: true, id: "other", inputs: { name: "other" } });
});

describe("expressions", () => {
  test("fill in texts", async () => {
    const inputs = await evaluate(
      [
        "whole: ${list[1].deep}",
        'quoted: ${list[1]["a \\"b\\""]}',
        'text: "<${pulumi.project}/${pulumi.stack}/${pulumi.organization}> $${no} $$5"',
        'numbers: "${small} ${large} ${yes}"',
        'unknown: "x ${probe2.arn}"',
        "mode: 0644",
        "day: 2012-10-17",
        '"${pulumi.stack}": literal',
        'deep: { "${pulumi.stack}": computed }',
      ].join("\n"),
      `  probe2: { type: "test:index:Probe" }
variables:
  list: [one, { deep: two, "a \\"b\\"": three }]
  small: 8080
  large: 123456789
  yes: true
`,
    );
    expect(inputs).toEqual({
      whole: "two",
      quoted: "three",
      text: "<made/dev/organization> ${no} $5",
      numbers: "8080 1.23456789e+08 true",
      unknown,
      mode: 0o644,
      day: "2012-10-17",
      "${pulumi.stack}": "literal",
      deep: { dev: "computed" },
    });
  });

  test("call functions", async () => {
    const inputs = await evaluate(
      [
        'join: { fn::join: ["-", [a, "${pulumi.stack}"]] }',
        "split: { fn::split: [',', 'a,b'] }",
        "select: { fn::select: [1, [a, b]] }",
        'json: { fn::toJSON: { b: [1, null], a: "${pulumi.stack}" } }',
        "encoded: { fn::toBase64: abc }",
        "decoded: { fn::fromBase64: YWJj }",
        "secret: { fn::secret: hidden }",
        'spread: { fn::join: ["", [a, { fn::secret: b }]] }',
        "shown: { fn::unsecret: { fn::secret: shown } }",
        "file: { fn::readFile: ./hello.txt }",
        "fileEncoded: { fn::filebase64: hello.txt }",
        "fileHash: { fn::filebase64sha256: hello.txt }",
        "hash: { fn::sha1: abc }",
        "lengths: [{ fn::length: [1, 2] }, { fn::length: abc }, { fn::length: { a: 1 } }]",
        "one: [{ fn::singleOrNone: [1] }, { fn::singleOrNone: [] }]",
        "text: { fn::stringAsset: hi }",
        "asset: { fn::fileAsset: ./hello.txt }",
        'remote: { fn::remoteAsset: "https://example.com/a" }',
        "archive: { fn::fileArchive: ./src }",
        'remoteArchive: { fn::remoteArchive: "https://example.com/a.zip" }',
        "all: { fn::assetArchive: { a.txt: { fn::stringAsset: hi }, src: { fn::fileArchive: ./src } } }",
        'name: [{ fn::pulumiResourceName: "${other}" }, { fn::pulumiResourceType: "${other}" }]',
        'unknown: { fn::toJSON: { arn: "${other.arn}" } }',
      ].join("\n"),
      '  other: { type: "test:Probe", name: another }\n',
      undefined,
      { "hello.txt": "hello" },
    );
    expect(inputs).toEqual({
      join: "a-dev",
      split: ["a", "b"],
      select: "b",
      json: '{"a":"dev","b":[1,null]}',
      encoded: "YWJj",
      decoded: "abc",
      secret: secret("hidden"),
      spread: secret("ab"),
      shown: "shown",
      file: "hello",
      fileEncoded: "aGVsbG8=",
      fileHash: "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
      hash: "a9993e364706816aba3e25717850c26c9cd0d89d",
      lengths: [2, 3, 1],
      one: [1, null],
      text: asset({ text: "hi" }),
      asset: asset({ path: "./hello.txt" }),
      remote: asset({ uri: "https://example.com/a" }),
      archive: archive({ path: "./src" }),
      remoteArchive: archive({ uri: "https://example.com/a.zip" }),
      all: archive({ assets: { "a.txt": asset({ text: "hi" }), src: archive({ path: "./src" }) } }),
      name: ["another", "test:index/probe:Probe"],
      unknown,
    });
  });

  const calls = [
    "id: { fn::invoke: { function: aws:ec2:getAmi, arguments: { owners: [amazon] }, return: id } }",
    "short: { fn::aws:ec2:getAmi: { owners: [amazon] } }",
    'zones: { fn::select: [0, { fn::invoke: { function: "aws:getAvailabilityZones", return: names } }] }',
    "far: { fn::invoke: { function: 'aws:getRegion', options: { provider: '${far}' }, return: name } }",
  ].join("\n");
  const provider = "  far: { type: pulumi:providers:aws, properties: { region: us-east-1 } }\n";

  test("ask data sources", async () => {
    const answers = readAnswers({
      "aws:ec2/getAmi:getAmi": [{ args: { owners: ["amazon"] }, result: { id: "ami-1", name: "al" } }],
    });
    const options = { answers, config: { "aws:region": "eu-west-3" } };
    expect(await evaluate(calls, provider, options)).toEqual({
      id: "ami-1",
      short: { id: "ami-1", name: "al" },
      zones: "eu-west-3a",
      far: "us-east-1",
    });
  });

  test("are unknown where nobody answers", async () => {
    const { result, get } = await run(
      `variables:
  image: { fn::aws:ec2:getAmi: {} }
resources:
  probe:
    type: test:index:Probe
    properties:
      ami: \${image.id}
      text: ami \${image.blocks[0].name}
`,
    );
    expect(get("probe").inputs).toEqual({ ami: unknown, text: unknown });
    expect(result.unanswered).toEqual([{ token: "aws:ec2/getAmi:getAmi", count: 1 }]);
  });
});

test("settings", async () => {
  const { result, get } = await run(
    `config:
  size: { type: integer, default: 3 }
  flag: { type: boolean, default: false }
  token: { type: string, secret: true }
  aws:region: eu-west-3
configuration:
  Zones: { type: List<String>, default: [a, b] }
  named: { type: Number, name: other-name }
resources:
  probe:
    type: test:index:Probe
    properties:
      size: \${size}
      full: \${made:size}
      flag: \${flag}
      token: \${token}
      password: Password \${password}
      region: \${aws:region}
      zones: \${Zones}
      named: \${named}
      object: \${object.a}
      missing: \${object.b}
`,
    { config: { token: "t0ken", "other-name": "1.5" } },
    {
      "Pulumi.dev.yaml":
        "config:\n  made:size: 5\n  made:password: { secure: v1:AAAA }\n  made:object: { a: [1] }\n",
    },
  );
  expect(get("probe").inputs).toEqual({
    size: 5,
    full: 5,
    flag: false,
    token: secret("t0ken"),
    password: secret(`Password ${encrypted}`),
    region: "eu-west-3",
    zones: ["a", "b"],
    named: 1.5,
    object: [1],
  });
  expect(result.secrets).toEqual(new Set(["t0ken"]));
});

test("every option is known; additional secrets are secret", async () => {
  const { result, get } = await run(`resources:
  first: { type: "test:Probe", properties: { plain: shown } }
  second:
    type: test:Probe
    properties: { password: hidden }
    options:
      additionalSecretOutputs: [password]
      aliases: [{ name: old }, "urn:pulumi:dev::made::test:index/probe:Probe::older"]
      customTimeouts: { create: 5m, update: 5m, delete: 5m }
      deleteBeforeReplace: true
      deletedWith: \${first}
      dependsOn: ["\${first}"]
      ignoreChanges: [a]
      protect: true
      replaceOnChanges: [a]
      replaceWith: ["\${first}"]
      retainOnDelete: true
      version: 1.2.3
      pluginDownloadURL: https://example.com
      hideDiffs: [a]
  third: { type: "test:Probe", properties: { password: "\${second.password}" } }
`);
  expect(result.output).toEqual([]);
  expect(get("third").inputs).toEqual({ password: secret("hidden") });
});

describe("a program of a file of its own", () => {
  const files = (name: string, text: string) => ({ [`infra/${name}`]: text });
  const probe = 'resources:\n  probe:\n    type: test:Probe\n    properties: { cwd: "${pulumi.cwd}" }\n';

  test("Main.yaml", async () => {
    const { get, result } = await run("main: infra\n", undefined, files("Main.yaml", probe));
    expect(get("probe").trail).toEqual([{ file: "infra/Main.yaml", line: 2, column: 3 }]);
    expect(get("probe").inputs).toEqual({ cwd: `${result.directory}/infra` });
  });

  test("Main.json", async () => {
    const json = '{\n "resources": {\n  "probe": { "type": "test:Probe" } } }';
    const { get } = await run("main: infra\n", undefined, files("Main.json", json));
    expect(get("probe").trail?.[0]).toMatchObject({ file: "infra/Main.json", line: 3 });
  });

  test("the first of several documents", async () => {
    const text = `---\n${probe}---\nresources: nothing\n`;
    const { get } = await run("main: infra\n", undefined, files("Main.yaml", text));
    expect(get("probe").trail?.[0]).toMatchObject({ file: "infra/Main.yaml" });
    expect((await run(`${probe}---\nruntime: go\n`)).get("probe")).toBeDefined();
  });

  const compiler = (command: string) => `runtime:\n  name: yaml\n  options:\n    compiler: ${command}\n`;
  const compiled = (command: string) =>
    preview(makeProgram({ "Pulumi.yaml": `name: made\n${compiler(command)}`, "p.txt": probe }));

  test("compiled", async () => {
    const { registrations } = await compiled(`sh -c "cat p.txt; echo '# '$PULUMI_STACK"`);
    expect(registrations.map((r) => r.name)).toContain("probe");
  });

  test.each([
    ["no-such-compiler export", /no-such-compiler is not installed, which is the compiler of the program/],
    ["ls nowhere", /^ls failed, which is .*nowhere/],
    ["echo 'a b'", /^output of echo:1:1: a program is a map with resources, not a text\.$/],
    ["./p.txt", /^\.\/p\.txt failed, which is .*EACCES/],
    ["'\"\"'", /the runtime option compiler must be a command, such as "cue export"/],
  ])("compiled, but: %s", async (command, message) => {
    await expect(compiled(command)).rejects.toThrow(message);
  });
});

describe("what is wrong is told with its place", () => {
  const failure = async (program: string, options?: PreviewOptions, files = {}) => {
    const error = await preview(make(program, files), options).then(
      () => new Error("the preview succeeded"),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ProgramError) && !(error instanceof UsageError)) throw error;
    return error.message;
  };
  const probe = (properties: string) =>
    `resources:\n  probe:\n    type: test:Probe\n    properties:\n      ${properties}\n`;
  const resource = (rest: string) => `resources:\n  probe:\n    type: test:Probe\n    ${rest}\n`;

  const mistakes: [program: string, message: string][] = [
    [
      probe('a: "x ${prob.arn}"'),
      '7:13: there is no resource, variable or setting prob. Did you mean "probe"?',
    ],
    [probe("a: { fn::jion: [a, []] }"), '7:12: there is no function fn::jion. Did you mean "fn::join"?'],
    [probe("a: { fn::join: [a] }"), "7:22: fn::join takes a list of two: what stands between"],
    [probe("a: { fn::join: [a, b] }"), "7:22: fn::join takes a list, not a text."],
    [probe("a: { fn::select: [2, [a]] }"), "7:24: fn::select wants element 2 of a list that has 1."],
    [probe("a: { fn::readFile: nowhere.txt }"), "7:26: fn::readFile finds no file nowhere.txt."],
    [probe("a: { fn::fromBase64: ä }"), "7:28: fn::fromBase64 takes a text in base64."],
    [probe("a: { fn::invoke: {} }"), "7:12: fn::invoke needs a function"],
    [probe("a: { fn::invoke: { function: none } }"), '7:12: "none" is not a function such as'],
    [probe("a: { fn::secret: 1, b: 2 }"), "7:12: fn::secret must be the only key of its map."],
    [probe("a: ${"), "7:10: ${ is not closed"],
    [probe("a: ${}"), "7:10: ${} names nothing"],
    [probe("a: ${a[b]}"), "7:10: [ must be followed by a number, or a key in double quotes"],
    [probe("a: { 80: x }"), "7:12: a key must be a text: put it in quotes."],
    [probe("a: ${pulumi.stack.deep}"), '7:10: pulumi.stack is a text, so it has no "deep".'],
    [resource("properties: [a]"), "6:17: properties must be a map, not a list."],
    [resource("options: { dependsOn: x }"), "6:27: dependsOn takes a list of resources"],
    [resource("options: { parent: x }"), "6:24: parent takes a resource, such as ${bucket}, not a text."],
    [resource("options: { protect: x }"), "6:25: protect must be true or false"],
    [resource("options: { ignoreChanges: x }"), "6:31: ignoreChanges must be a list of property names."],
    [resource("options: { retainOnDelete: x }"), "6:32: retainOnDelete must be true or false, not a text."],
    [resource("options: { import: '${a}' }"), "6:24: import must be a text that is written out"],
    [resource("defaultProvider: true"), "6:22: defaultProvider is for providers"],
    [resource("get: {}"), "6:5: get needs the id of what is to be read."],
    [
      resource("get: { id: a }\n    properties: {}"),
      "7:5: the resource probe is read, so it can't have properties",
    ],
    ["resources:\n  a: { name: b }\n", "4:3: the resource a has no type: add one, such as"],
    ["resources:\n  a: text\n", "4:3: the resource a must be a map with a type, not a text."],
    ["resources: text\n", "3:12: resources must be a map, not a text."],
    ["resources:\n  a: { type: Bucket }\n", '4:14: "Bucket" is not a type such as aws:s3:Bucket.'],
    [
      "resources:\n  a: { type: kubernetes:helm.sh/v3:Chart }\n",
      "can't be used in YAML: take kubernetes:helm.sh/v4",
    ],
    [
      "variables:\n  a: 1\nresources:\n  a: { type: a:B }\n",
      "4:3: two things are called a: rename this variable.",
    ],
    ["variables:\n  pulumi: 1\n", '4:3: "pulumi" is taken: rename this variable.'],
    ["components:\n  a: {}\n", "3:1: components can't be part of a program"],
    [
      "variables:\n  a: ${b}\n  b: [c, '${c.d}']\n  c: { e: '${a}' }\n",
      "4:3: a needs itself: a (line 4) → b (line 5) → c (line 6) → a (line 4). Break the circle",
    ],
    ["outputs:\n  a: ${b}\n", "4:6: there is no resource, variable or setting b."],
  ];
  const byMessage = mistakes.map(([program, message]) => [message, program] as const);
  test.concurrent.each(byMessage)("%s", async (message, program) => {
    const told = await failure(program);
    expect(told).toContain(message);
    expect(told).toMatch(/^Pulumi\.yaml:\d+:\d+: /);
  });

  test("a resource that is no provider", async () => {
    const rest = "  other: { type: 'test:Probe', options: { provider: '${probe}' } }\n";
    expect(await failure(`${resource("name: a")}${rest}`)).toBe(
      "Pulumi.yaml:7:54: provider takes a provider, such as one of type pulumi:providers:aws, not test:index/probe:Probe.",
    );
  });

  test("a resource in the midst of a text", async () => {
    const rest = "  other: { type: 'test:Probe', properties: { a: 'x ${probe}' } }\n";
    expect(await failure(`${resource("name: a")}${rest}`)).toBe(
      "Pulumi.yaml:7:52: a text can't hold the resource probe: name one of its outputs, such as ${probe.id}.",
    );
  });

  test("all that is wrong, not only the first", async () => {
    const program = "outputs:\n  a: ${b}\nresources:\n  c: { name: d }\n";
    const error = await preview(make(program)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining("Pulumi.yaml:4:6: ") });
    expect(error).toMatchObject({ details: expect.stringContaining("Pulumi.yaml:6:3: ") });
  });

  test("no YAML, keys that come twice, aliases", async () => {
    const main = (text: string) => failure("main: infra\n", undefined, { "infra/Main.yaml": text });
    expect(await main("resources:\n  a: [1\n")).toMatch(/^infra\/Main\.yaml:\d:\d+: Flow sequence/);
    expect(await main("resources:\n  a: {}\n  a: {}\n")).toBe(
      "infra/Main.yaml:3:3: Map keys must be unique.",
    );
    expect(await main("variables:\n  a: &x 1\n  b: *x\n")).toMatch(
      /^infra\/Main\.yaml:3:6: Pulumi's YAML has no aliases/,
    );
    expect(await failure("resources:\n  a: {}\n  a: {}\n")).toMatch(
      /Pulumi\.yaml:5:3: Map keys must be unique/,
    );
  });

  test("a folder without a program", async () => {
    expect(await failure("main: infra\n", undefined, { "infra/Main.yaml/README": "" })).toMatch(
      /infra has no program: there is no Main\.yaml, Main\.json or Pulumi\.yaml\. See main in Pulumi\.yaml\.$/,
    );
  });

  test("settings that are missing or wrong", async () => {
    const size = "configuration:\n  size: { type: Integer }\n";
    expect(await failure(size)).toContain(
      "The setting made:size is missing: give it with --config made:size=",
    );
    expect(await failure(size, { config: { size: "large" } })).toContain(
      'The setting made:size ("large") is not a valid integer: give another',
    );
    expect(await failure("outputs:\n  region: ${aws:region}\n")).toContain("--config aws:region=<value>");
  });

  test("a secret is not told with it", async () => {
    const pin = "configuration:\n  pin: { type: Integer, secret: true }\n";
    const options = { config: { pin: "hunter2" } };
    expect(await failure("main: infra\n", options, { "infra/Main.yaml": pin })).toBe(
      "The setting made:pin is not a valid integer: give another with --config made:pin=<value>.",
    );
    const declared = "config:\n  pin: { type: string, secret: true }\n";
    expect(await failure(`${declared}${probe('a: { fn::readFile: "${pin}" }')}`, options)).toMatch(
      /fn::readFile finds no file \[secret\]\.$/,
    );
    expect(await failure(`${declared}${probe('a: { fn::select: ["${pin}", []] }')}`, options)).toMatch(
      /fn::select takes an index from 0 on, not \[secret\]\.$/,
    );
  });

  test("properties of which nothing is known", async () => {
    const program = `variables:\n  all: { fn::aws:ec2:getAmi: {} }\n${resource("properties: ${all}")}`;
    expect(await failure(program)).toMatch(
      /^Pulumi\.yaml:6:3: all properties of probe come from what is not known/,
    );
  });

  test("two resources of one name", async () => {
    const program = "resources:\n  a: { type: 'a:B' }\n  b: { type: 'a:B', name: a }\n";
    expect(await failure(program)).toMatch(/^Pulumi\.yaml:5: two resources have the URN/);
  });

  test("odd fields are warned of", async () => {
    const { result } = await run(`${resource("option: {}")}resource: {}\n`);
    expect(result.output).toEqual([
      'warning: Pulumi.yaml:7:1: a program has no "resource". Did you mean "resources"?',
      'warning: Pulumi.yaml:6:5: the resource probe has no field "option". Did you mean "options"?',
    ]);
  });
});
