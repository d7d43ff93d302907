import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { encrypted, unknownText as unknown } from "../../policies/value";
import { readAnswers } from "../../preview/answers";
import { check } from "../../preview/check";
import { ProgramError, UsageError } from "../../preview/errors";
import { type Preview, type PreviewOptions, preview } from "../../preview/preview";
import { temporaryFolder } from "../support/folder";
import { makeProgram, program, removePrograms } from "../support/programs";
import { among, lines } from "../support/registrations";
import { pulumiForPython } from "./venv";

const installed = pulumiForPython();
const describeWithPython = installed ? describe : describe.skip;

const { PATH, PULUMI_PYTHON_CMD } = process.env;
beforeEach(() => {
  process.env.PULUMI_PYTHON_CMD = installed?.interpreter;
  delete process.env.PYTHONDONTWRITEBYTECODE;
});
afterAll(() => {
  Object.assign(process.env, { PATH, PULUMI_PYTHON_CMD });
  removePrograms();
});

const temporary = temporaryFolder();

const python = (files: Record<string, string>) =>
  makeProgram({ "Pulumi.yaml": "name: made\nruntime: python\n", ...files }, { packages: false });

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describeWithPython("a Python program", () => {
  let result: Preview;
  let get: ReturnType<typeof among>;
  beforeAll(async () => {
    process.env.PULUMI_PYTHON_CMD = installed?.interpreter;
    result = await preview(program("python-shop"));
    get = among(result.registrations);
  });

  test("has the engine's URNs, parents and sources", () => {
    const bucket = "urn:pulumi:dev::shop::shop:index:Storage$aws:s3/bucket:Bucket::audio-bucket";
    expect(get("audio-bucket")).toMatchObject({ urn: bucket, parent: get("audio").urn });
    expect(get("audio-versioning")).toMatchObject({
      inputs: { bucket: unknown, versioningConfiguration: { status: "Enabled" } },
      propertyDependencies: { bucket: [bucket] },
    });
    expect(get("jobs").propertyDependencies?.policy).toEqual([bucket]);
    expect(result.registrations.map((r) => r.name)).toEqual(expect.arrayContaining(["api", "worker"]));
    expect(result.output).toEqual(["done"]);
  });

  test("names the lines that made a resource", () => {
    expect(lines(get("audio"))).toEqual(["__main__.py:22"]);
    expect(lines(get("backup-bucket"))).toEqual(["storage.py:10", "__main__.py:23"]);
    expect(lines(get("host"))).toEqual(["__main__.py:35"]);
    expect(lines(get("plain"))).toEqual(["__main__.py:84"]);
    expect(lines(get("asked"))).toEqual(["__main__.py:97"]);
    expect(lines(get("shop-dev"))).toEqual([]);
  });

  test("hands down providers", () => {
    expect(get("audio-bucket").provider).toEqual({ region: "eu-west-3" });
    expect(get("backup-versioning").provider).toMatchObject({ region: "us-east-1" });
  });

  test("has answers that nobody knows as unknown, however it reads them", () => {
    expect(get("host").inputs).toEqual({
      ami: unknown,
      instanceType: "t3.micro",
      subnetId: unknown,
      userData: `image ${unknown} of ${unknown}`,
      tags: unknown,
    });
    expect(get("interface-0").inputs).toEqual({ subnetId: unknown });
    expect(get("open").inputs).toMatchObject({ vpcId: unknown });
    expect(get("topic").inputs).toEqual({ displayName: unknown });
    expect(result.unanswered.map((u) => u.token).sort()).toEqual([
      "aws:ec2/getAmi:getAmi",
      "aws:ec2/getVpc:getVpc",
      "pulumi:pulumi:StackReference",
    ]);
  });

  test("has secrets, transforms, known data sources, reads and dynamic resources", () => {
    expect(get("database").inputs).toMatchObject({ password: secret(encrypted), allocatedStorage: unknown });
    expect(get("jobs").inputs).toEqual({
      name: "123456789012-eu-west-3a",
      policy: unknown,
      tags: { owner: "platform" },
    });
    expect(get("existing")).toMatchObject({ id: "someones-bucket", read: true });
    expect(get("asked")).toMatchObject({ type: "pulumi-python:dynamic:Resource", inputs: { answer: 42 } });
  });

  test("uses what it is answered", async () => {
    const answers = readAnswers({
      "aws:ec2/getAmi:getAmi": {
        id: "ami-1",
        name: "al2023",
        tags: { vpc: "vpc-9" },
        creationDate: "2025-01",
        blockDeviceMappings: [{ ebs: { volume_size: 10 } }],
      },
      "aws:ec2/getVpc:getVpc": { id: "vpc-1" },
      "aws:ec2/getSubnets:getSubnets": [
        { args: { filters: [{ name: "vpc-id", values: ["vpc-9"] }] }, result: { ids: ["a", "b"] } },
      ],
      "pulumi:pulumi:StackReference": { name: "shop" },
    });
    const answered = await preview(program("python-shop"), { answers });
    const found = among(answered.registrations);
    expect(answered.unanswered).toEqual([]);
    expect(found("host").inputs).toMatchObject({
      ami: "ami-1",
      subnetId: "a",
      userData: "image AL2023 of 2025",
      tags: { vpc: "vpc-9" },
    });
    expect(found("database").inputs).toMatchObject({ allocatedStorage: 20 });
    expect(found("interface-1").inputs).toEqual({ subnetId: "b" });
    expect(found("open").inputs).toMatchObject({ vpcId: "vpc-1" });
    expect(found("topic").inputs).toEqual({ displayName: "shop" });
  });

  test("is judged, at its own lines", async () => {
    const report = await check(program("python-shop"));
    const found = report.results
      .filter((r) => r.outcome === "violation")
      .map((r) => `${r.rule} ${r.resource.name} ${r.at?.file}:${r.at?.line}`);
    expect(found).toEqual(
      expect.arrayContaining([
        "aws-rds-not-public database __main__.py:51",
        "aws-ec2-imdsv2 host __main__.py:35",
        "kubernetes-resources-memory-limit api __main__.py:69",
        "aws-s3-lifecycle backup-bucket storage.py:10",
      ]),
    );
    expect(found.join("\n")).not.toContain("aws-s3-lifecycle audio-bucket");
  });
});

describeWithPython("what is not known of a Python program", () => {
  test("makes no two names one", async () => {
    const source =
      "import pulumi_aws as aws\nzones = aws.get_availability_zones().names\n" +
      'for zone in [zones[0], zones[1]]:\n    aws.ec2.Subnet(f"app-{zone}", vpc_id="vpc-1", availability_zone=zone)\n';
    const { registrations } = await preview(python({ "__main__.py": source }));
    expect(registrations.map((r) => r.name)).toEqual(["made-dev", "app-unknown", "app-unknown-2"]);
  });

  test("is no password in the program when it is given for the run", async () => {
    const directory = python({
      "__main__.py":
        "import pulumi\nimport pulumi_aws as aws\n" +
        'aws.rds.Instance("db", instance_class="db.t4g.large", username="orders",\n' +
        '    password=pulumi.Config().require_secret("password"))\n',
    });
    const password = "kT7-vq9-Lw2-xz4-Rm8";
    const { results } = await check(directory, { config: { password } });
    expect(results.filter((r) => r.rule === "aws-rds-password")).toEqual([]);
  });
});

describeWithPython("a Python program that", () => {
  const fails = async (files: Record<string, string>, options?: PreviewOptions) => {
    const directory = python(files);
    const error = await preview(directory, options).then(
      () => new Error("the preview succeeded"),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ProgramError) && !(error instanceof UsageError)) throw error;
    expect(error.message).not.toMatch(/site-packages|python-run|Traceback/);
    return {
      directory,
      message: error.message
        .replaceAll(directory, "<dir>")
        .replaceAll(installed?.environment ?? "", "<venv>"),
      details: error instanceof ProgramError ? error.details : undefined,
    };
  };
  const run = (source: string, options?: PreviewOptions) => fails({ "__main__.py": source }, options);

  test("raises", async () => {
    const { message, details } = await run('def deep():\n    raise ValueError("no zone")\n\n\ndeep()\n');
    expect(message).toBe("__main__.py:2: ValueError: no zone");
    expect(details).toBe("    at __main__.py:2\n    at __main__.py:5");
  });

  test("raises what another error caused", async () => {
    const { message } = await run(
      'try:\n    {}["zone"]\nexcept KeyError as error:\n    raise Exception("no zone") from error\n',
    );
    expect(message).toBe("__main__.py:4: no zone: 'zone'");
  });

  test("raises in an apply", async () => {
    const { message } = await run(
      'import pulumi\n\n\ndef name(_):\n    raise pulumi.RunError("no zone")\n\n\npulumi.Output.from_input(1).apply(name)\n',
    );
    expect(message).toBe("__main__.py:5: no zone");
  });

  test("raises in a module of its own", async () => {
    const { message } = await fails({
      "__main__.py": "import infra.network\n",
      "infra/__init__.py": "",
      "infra/network.py": 'raise Exception("no zone")\n',
    });
    expect(message).toBe("infra/network.py:1: no zone");
  });

  test("is no Python", async () => {
    const { message } = await fails({
      "__main__.py": "import part\n",
      "part.py": "x = {\n  'a': 1,\n  'b' 2\n}\n",
    });
    expect(message).toMatch(/^part\.py:3:\d+: \S/);
  });

  test("needs a package that is not installed", async () => {
    const { message } = await run("import pulumi\nimport pulumi_gcp.storage\n");
    expect(message).toBe(
      "__main__.py:2: the module pulumi_gcp is not installed: run <venv>/bin/python -m pip install pulumi-gcp in <dir>.",
    );
    expect((await run("import jwt\n")).message).toContain("pip install PyJWT in <dir>.");
    expect((await run("import zones\n")).message).toBe(
      "__main__.py:1: the module zones is neither a file of the program nor installed. " +
        "If it is a package, run <venv>/bin/python -m pip install zones in <dir>.",
    );
  });

  test("needs a package that its own list has", async () => {
    const listed = { "requirements.txt": "pulumi>=3\nMysql_Connector.Python==9 # database\n" };
    expect((await fails({ ...listed, "__main__.py": "import mysql.connector\n" })).message).toBe(
      "__main__.py:1: the module mysql is not installed: run <venv>/bin/python -m pip install -r requirements.txt in <dir>.",
    );
  });

  test("needs a module of its own that is not there", async () => {
    const files = {
      "__main__.py": "from infra import network\nimport infra.zones\n",
      "infra/network.py": "",
    };
    expect((await fails(files)).message).toBe("__main__.py:2: the module infra.zones does not exist.");
  });

  test("misses a setting, or gets one of the wrong type", async () => {
    const source = 'import pulumi\npulumi.Config().require_int("size")\n';
    expect((await run(source)).message).toBe(
      "The setting made:size is missing: give it with --config made:size=<value>, " +
        'or add "made:size: <value>" under config: in Pulumi.dev.yaml.',
    );
    expect((await run(source, { config: { size: "large" } })).message).toMatch(
      /^The setting made:size \("large"\) is not a valid .*: give another with --config made:size=<value>\.$/,
    );
    const files = {
      "__main__.py": source,
      "Pulumi.dev.yaml": "config:\n  made:size:\n    secure: v1:AAAA\n",
    };
    expect((await fails(files)).message).toMatch(/^The setting made:size is encrypted, /);
  });

  test("lacks what a resource needs", async () => {
    const { message } = await run('import pulumi_aws as aws\naws.ec2.VpcEndpoint("s3")\n');
    expect(message).toMatch(/^__main__\.py:2: TypeError: Missing required property/);
  });

  test("gives two resources one name", async () => {
    const { message } = await run(
      'import pulumi\nfor _ in range(2):\n    pulumi.ComponentResource("a:b:C", "c")\n',
    );
    expect(message).toMatch(
      /^__main__\.py:3: two resources have the URN urn:pulumi:dev::made::a:b:C::c: give/,
    );
  });

  test("gives up", async () => {
    expect((await run('import sys\nsys.exit("no zone")\n')).message).toBe(
      "The program exited with code 1: no zone",
    );
  });

  test("exits where it stands", async () => {
    expect((await run("import os\nos._exit(0)\n")).message).toMatch(
      /^The program ended before all its resources were registered/,
    );
  });

  test("never ends", async () => {
    const { message } = await run("import time\ntime.sleep(600)\n", { timeout: 5_000 });
    expect(message).toMatch(/^The program did not end within 5 s\./);
  });

  test("fails on an answer that nobody has", async () => {
    const { message } = await run(
      "import ipaddress\nimport pulumi_aws as aws\n\n" +
        "ipaddress.ip_network(aws.ec2.get_vpc(default=True).cidr_block)\n",
    );
    expect(message).toMatch(
      /^__main__\.py:4: ValueError: .*\nNobody could answer aws:ec2\/getVpc:getVpc offline/,
    );
  });

  test("fails on what no answer would prevent", async () => {
    const asks = "import pulumi_aws as aws\n\nami = aws.ec2.get_ami(owners=['amazon'])\n";
    expect((await run(`${asks}open("key.pub")\n`)).message).toMatch(
      /^__main__\.py:4: FileNotFoundError: .*'key\.pub'$/,
    );
    expect((await run(`${asks}open(f"{ami.name}.pub")\n`)).message).toMatch(
      /FileNotFoundError: .*'<unknown>\.pub'\nNobody could answer aws:ec2\/getAmi:getAmi offline/,
    );
  });

  test("fails on the zones of no region", async () => {
    const { message } = await run(
      "import pulumi_aws as aws\n\nint(aws.get_availability_zones().names[0] + 'a')\n",
    );
    expect(message).toMatch(
      /^__main__\.py:3: ValueError: .*\nWithout a region, what aws:index\/getAvailabilityZones:getAvailabilityZones returns is unknown\. .* --config aws:region=<region>\.$/,
    );
  });

  test("needs a variable of the environment that is not set", async () => {
    expect((await run('import os\nos.environ["PREFLIGHT_NO_SUCH"]\n')).message).toBe(
      "__main__.py:2: the program needs the environment variable PREFLIGHT_NO_SUCH, which is not set: set it for this command.",
    );
  });

  test("is not there", async () => {
    expect((await fails({})).message).toBe(
      "<dir> has no program: there is no __main__.py. Add one, or name the program as main in <dir>/Pulumi.yaml.",
    );
  });

  test("names a virtual environment that is not there", async () => {
    const runtime = "{ name: python, options: { virtualenv: venv } }";
    const { message } = await fails({
      "Pulumi.yaml": `name: made\nruntime: ${runtime}\n`,
      "requirements.txt": "",
    });
    expect(message).toBe(
      "The virtual environment venv that <dir>/Pulumi.yaml names does not exist: run python3 -m venv venv and " +
        "venv/bin/python -m pip install -r requirements.txt in <dir>.",
    );
  });

  test("has options that are none", async () => {
    const yaml = (options: string) => ({
      "Pulumi.yaml": `name: made\nruntime: { name: python, options: ${options} }\n`,
    });
    expect((await fails(yaml("{ toolchain: conda }"))).message).toMatch(
      /toolchain must be pip, poetry or uv\.$/,
    );
    expect((await fails(yaml("{ virtualenv: 1 }"))).message).toMatch(/virtualenv must be a path\.$/);
  });

  test("is one of uv or poetry, and not installed", async () => {
    const uv = await fails({ "uv.lock": "", "__main__.py": "" });
    expect(uv.message).toBe(
      "The program's packages are not installed (no <dir>/.venv): run uv sync in <dir>.",
    );
    process.env.PATH = uv.directory;
    const poetry = await fails({ "poetry.lock": "", "__main__.py": "" });
    process.env.PATH = PATH;
    expect(poetry.message).toMatch(/^There is no poetry on PATH, .* run poetry install in <dir>\.$/);
  });

  test("finds no Python", async () => {
    delete process.env.PULUMI_PYTHON_CMD;
    const empty = temporary.path;
    process.env.PATH = empty;
    const { message } = await run("");
    process.env.PATH = PATH;
    expect(message).toMatch(/^There is no python3 or python on PATH, .*: install Python 3\.10 or newer/);
  });

  test("finds a Python without Pulumi", async () => {
    const bare = temporary.file("bare", `#!/bin/sh\nexec ${installed?.interpreter} -S "$@"\n`);
    chmodSync(bare, 0o755);
    process.env.PULUMI_PYTHON_CMD = bare;
    const { message, directory } = await fails({ "__main__.py": "", "requirements.txt": "pulumi\n" });
    expect(message).toBe(
      `pulumi is not installed for the program's Python: run ${bare} -m pip install -r requirements.txt in <dir>.`,
    );
    mkdirSync(join(directory, "venv/bin"), { recursive: true });
    symlinkSync(bare, join(directory, "venv/bin/python"));
    await expect(preview(directory)).rejects.toThrow(
      /, or name the virtual environment venv in \S+Pulumi\.yaml/,
    );
  });

  test("finds a Pulumi that is too old", async () => {
    const source = { "pulumi/__init__.py": "", "pulumi/output.py": "Unknown = 1", "pulumi/version.py": "" };
    const old = python({
      ...source,
      "pulumi/runtime/__init__.py": "",
      "pulumi/runtime/resource.py": "",
      "pulumi/runtime/rpc.py": "",
      "pulumi/runtime/proto/__init__.py": "",
      "pulumi/runtime/proto/source_pb2.py": "",
    });
    process.env.PYTHONPATH = old;
    const { message } = await run("");
    delete process.env.PYTHONPATH;
    expect(message).toMatch(
      /^The program's pulumi is \S+, and the offline preview needs 3\.76\.0 or newer: run /,
    );
  });
});

describeWithPython("the Python of a program", () => {
  const source =
    "import sys\nimport pulumi\nprint(sys.prefix, sys.argv[1:], pulumi.get_stack(), pulumi.get_organization())\n";

  test("is that of its virtual environment, of uv or poetry too", async () => {
    process.env.PULUMI_PYTHON_CMD = "nowhere";
    const environment = installed?.environment ?? "";
    const options = `{ name: python, options: { virtualenv: ${environment} } }`;
    const pip = python({
      "Pulumi.yaml": `name: made\nruntime: ${options}\nmain: src\n`,
      "src/__main__.py": source,
    });
    const expected = { output: [`${environment} [] staging acme`] };
    expect(await preview(pip, { stack: "acme/made/staging" })).toMatchObject(expected);
    for (const lock of ["uv.lock", "poetry.lock"]) {
      const locked = python({ "__main__.py": source, [lock]: "" });
      symlinkSync(environment, join(locked, ".venv"));
      const { output } = await preview(locked);
      expect(output[0]).toMatch(/ \[\] dev organization$/);
    }
  });

  test("ends with resources on their way", async () => {
    const { registrations } = await preview(
      python({
        "Pulumi.yaml": "name: made\nruntime: python\nmain: run.py\n",
        "run.py": 'import sys\nimport pulumi\npulumi.CustomResource("a:b:C", "c", {})\nsys.exit()\n',
      }),
    );
    expect(registrations.map((r) => r.name)).toEqual(["made-dev", "c"]);
  });
});
