import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import type { Raw } from "../../policies/value";
import { preview } from "../../preview/preview";
import {
  Alerts,
  Backups,
  Bucket,
  Budget,
  Domain,
  EncryptionKey,
  Firewall,
  Network,
  openWay,
  Postgres,
  Redis,
  Secret,
  SharedFiles,
  serviceRole,
  Uptime,
} from "../../stacks/components";
import { made } from "./made";

type Args<C extends new (name: string, args: never) => unknown> = Partial<ConstructorParameters<C>[1]>;

const keyArn = "arn:key";
const newAlerts = () => new Alerts("alerts", { emails: ["a@shop.example"], keyArn });
const inside = { vpcId: "vpc", subnetIds: ["a", "b"], clients: { pods: "sg-pods" }, keyArn };
const statements = ({ policy }: Raw) => (policy as { Statement: Raw[] }).Statement;

describe("Network", () => {
  const network = (args: Args<typeof Network> = {}) => made(() => new Network("shop", { keyArn, ...args }));

  test("a public and a private subnet in each of three zones", async () => {
    const subnets = (await network()).of("ec2/subnet");
    expect(subnets.map(({ name, inputs }) => [name, inputs.cidrBlock, inputs.availabilityZone])).toEqual([
      ["shop-private-0", "10.20.16.0/20", "a"],
      ["shop-private-1", "10.20.32.0/20", "b"],
      ["shop-private-2", "10.20.48.0/20", "c"],
      ["shop-public-0", "10.20.0.0/24", "a"],
      ["shop-public-1", "10.20.1.0/24", "b"],
      ["shop-public-2", "10.20.2.0/24", "c"],
    ]);
  });

  test("six zones fit into any /16, and no address is in two subnets", async () => {
    const subnets = (await network({ zones: 6, cidrBlock: "10.99.0.0/16" })).of("ec2/subnet");
    const ranges = subnets
      .map(({ inputs }) => /^10\.99\.(\d+)\.0\/(\d+)$/.exec(String(inputs.cidrBlock)))
      .map((match) => ({ from: Number(match?.[1]), size: 2 ** (24 - Number(match?.[2])) }))
      .sort((a, b) => a.from - b.from);
    expect(ranges).toHaveLength(12);
    for (const [i, { from, size }] of ranges.entries()) {
      expect(from % size).toBe(0);
      expect(from + size).toBeLessThanOrEqual(ranges[i + 1]?.from ?? 256);
    }
  });

  test("each zone has its own way out; with fewer NAT gateways, zones share them", async () => {
    const ways = async (natGateways?: number) => {
      const resources = await network(natGateways === undefined ? {} : { natGateways });
      const tables = resources
        .of("ec2/routeTableAssociation")
        .filter(({ name }) => name.includes("private"))
        .map(({ inputs }) => inputs.routeTableId);
      return [resources.names("ec2/natGateway").length, tables];
    };
    const table = (i: number) => `RouteTable shop-private-${i}`;
    expect(await ways()).toEqual([3, [table(0), table(1), table(2)]]);
    expect(await ways(2)).toEqual([2, [table(0), table(1), table(0)]]);
    expect(await ways(9)).toEqual([3, [table(0), table(1), table(2)]]);
  });

  test("services of AWS are reached from inside", async () => {
    const services = (await network({ endpoints: ["ecr.api"] })).of("ec2/vpcEndpoint");
    expect(services.map(({ inputs }) => inputs.serviceName)).toEqual([
      "com.amazonaws.eu-west-3.ecr.api",
      "com.amazonaws.eu-west-3.s3",
    ]);
    const none = await network({ endpoints: [] });
    expect([none.names("ec2/vpcEndpoint"), none.names("ec2/securityGroup")]).toEqual([["shop-s3"], []]);
  });

  test("flow logs are kept for 90 days, or as long as one says", async () => {
    expect((await network()).inputs("cloudwatch/logGroup").retentionInDays).toBe(90);
    expect((await network({ flowLogDays: 365 })).inputs("cloudwatch/logGroup").retentionInDays).toBe(365);
  });

  test.each([
    [{ cidrBlock: "10.0.0.0/8" }, "shop: cidrBlock must be a /16 such as 10.20.0.0/16."],
    [{ cidrBlock: "10.20.30.0/16" }, "shop: cidrBlock must be a /16 such as 10.20.0.0/16."],
    [{ zones: 1 }, "shop: zones must be from 2 to 6."],
    [{ zones: 7 }, "shop: zones must be from 2 to 6."],
    [{ natGateways: 0 }, "shop: natGateways must be at least 1."],
  ])("%j is refused", (args, message) => {
    expect(() => new Network("shop", { keyArn, ...args })).toThrow(message);
  });
});

describe("Bucket", () => {
  const bucket = (args: Args<typeof Bucket> = {}, name = "audio") => made(() => new Bucket(name, args));

  test("its name is known before it exists, and as S3 wants it", async () => {
    expect((await bucket({}, "My_Audio")).inputs("s3/bucket").bucket).toBe(
      "my-audio-production-123456789012",
    );
    expect((await bucket({ bucketName: "kept" })).inputs("s3/bucket").bucket).toBe("kept");
  });

  test("a name that is too long is refused before anything is made", async () => {
    await made(() => expect(() => new Bucket("a".repeat(38))).not.toThrow());
    await made(() =>
      expect(() => new Bucket("a".repeat(40))).toThrow("has at most 63 characters, too few for aaaa"),
    );
  });

  test("a key of the customer, or else S3's own", async () => {
    const encryption = async (args: Args<typeof Bucket>) =>
      (await bucket(args)).inputs("s3/bucketServerSideEncryptionConfiguration").rules;
    expect(await encryption({ keyArn })).toMatchObject([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } },
    ]);
    expect(await encryption({})).toMatchObject([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  test("what one says of objects comes on top of what becomes of versions", async () => {
    const lifecycle = { expiration: { days: 365 } };
    expect((await bucket({ lifecycle })).inputs("s3/bucketLifecycleConfiguration").rules).toEqual([
      {
        id: "tidy",
        status: "Enabled",
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        expiration: { days: 365 },
      },
    ]);
  });

  test("who delivers logs may write under a prefix, and nothing else", async () => {
    const deliveries = {
      lb: "logdelivery.elasticloadbalancing.amazonaws.com",
      s3: "logging.s3.amazonaws.com",
    };
    const [tlsOnly, balancer, s3] = statements((await bucket({ deliveries })).inputs("s3/bucketPolicy"));
    const arn = "arn:aws:s3:::audio-production-123456789012";
    expect(tlsOnly).toMatchObject({ Effect: "Deny", Resource: [arn, `${arn}/*`] });
    expect(balancer).toEqual({
      Effect: "Allow",
      Principal: { Service: deliveries.lb },
      Action: "s3:PutObject",
      Resource: `${arn}/lb/*`,
    });
    expect(s3).toMatchObject({ Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } });
  });

  test("a copy needs keys, and its role may use them by S3 only", async () => {
    const resources = await made(
      () => new Bucket("audio", { keyArn, copyTo: new Bucket("copy", { keyArn: "arn:other" }) }),
    );
    const keys = statements(resources.inputs("iam/rolePolicy")).filter((s) =>
      JSON.stringify(s.Action).includes("kms:"),
    );
    expect(keys.map((s) => [s.Resource, s.Condition])).toEqual(
      [keyArn, "arn:other"].map((arn) => [[arn], { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } }]),
    );
    await made(() => {
      const copyTo = new Bucket("copy");
      expect(() => new Bucket("audio", { keyArn, copyTo })).toThrow(
        "audio: copyTo needs a keyArn here and in the bucket that gets the copy.",
      );
    });
  });
});

describe("Alerts", () => {
  const alarm = async (watch: Parameters<Alerts["alarm"]>[1]) =>
    (await made(() => newAlerts().alarm("slow", watch))).inputs("cloudwatch/metricAlarm");
  const metric = { namespace: "AWS/RDS", metricName: "CPUUtilization", threshold: 80 };

  test("an alarm says when it starts and when it ends", async () => {
    expect(await alarm(metric)).toMatchObject({
      alarmActions: ["arn:Topic alerts"],
      okActions: ["arn:Topic alerts"],
      comparisonOperator: "GreaterThanThreshold",
      statistic: "Average",
      period: 60,
      evaluationPeriods: 5,
    });
  });

  test("what one says of an alarm counts", async () => {
    const own = { comparisonOperator: "LessThanThreshold", statistic: "Minimum", evaluationPeriods: 2 };
    expect(await alarm({ ...metric, ...own })).toMatchObject(own);
  });

  test("a percentile has no other statistic, an expression neither period nor statistic", async () => {
    expect(await alarm({ ...metric, extendedStatistic: "p95" })).not.toHaveProperty("statistic");
    const sum = await alarm({
      threshold: 1,
      metricQueries: [{ id: "a", expression: "1", returnData: true }],
    });
    expect(Object.keys(sum)).not.toEqual(expect.arrayContaining(["statistic"]));
    expect(sum).not.toHaveProperty("period");
  });

  test("services publish for this account only, but for the one that does not say for whom", async () => {
    const policy = (await made(newAlerts)).inputs("sns/topicPolicy");
    expect(statements(policy).map((s) => [s.Principal, s.Condition !== undefined])).toEqual([
      [{ Service: "cloudwatch.amazonaws.com" }, true],
      [{ Service: "budgets.amazonaws.com" }, true],
      [{ Service: "backup.amazonaws.com" }, false],
      [{ Service: "events.rds.amazonaws.com" }, true],
    ]);
  });

  test("everybody is told", async () => {
    const emails = ["a@shop.example", "b@shop.example"];
    const resources = await made(() => new Alerts("alerts", { emails, keyArn }));
    expect(resources.of("sns/topicSubscription").map((r) => [r.name, r.inputs.endpoint])).toEqual([
      ["alerts", "a@shop.example"],
      ["alerts-1", "b@shop.example"],
    ]);
  });
});

describe("Backups", () => {
  const backups = (args: Args<typeof Backups> = {}) =>
    made(() => new Backups("shop", { resources: ["arn:db"], keyArn, alerts: newAlerts(), ...args }));

  test("every day, kept for 35 days, in a locked vault", async () => {
    const resources = await backups();
    const rules = resources.inputs("backup/plan").rules;
    expect(rules).toMatchObject([{ schedule: "cron(0 3 * * ? *)", lifecycle: { deleteAfter: 35 } }]);
    expect(rules).not.toMatchObject([{ copyActions: expect.anything() }]);
    expect(resources.inputs("backup/vault")).toMatchObject({ name: "shop-production", forceDestroy: false });
    expect(resources.inputs("backup/vaultLockConfiguration")).toMatchObject({
      minRetentionDays: 30,
      maxRetentionDays: 365,
    });
  });

  test("its role may do with buckets what it must only where there are any", async () => {
    const attached = (resources: Awaited<ReturnType<typeof backups>>) =>
      resources.names("iam/rolePolicyAttachment").filter((name) => name.includes("S3"));
    expect(attached(await backups())).toEqual([]);
    const withBuckets = await backups({ buckets: ["arn:bucket"] });
    expect(attached(withBuckets)).toHaveLength(2);
    expect(withBuckets.inputs("backup/selection").resources).toEqual(["arn:db", "arn:bucket"]);
  });

  test("days and lock are up to you", async () => {
    const resources = await backups({ days: 90, lock: false });
    expect(resources.inputs("backup/plan").rules).toMatchObject([{ lifecycle: { deleteAfter: 90 } }]);
    expect(resources.names("backup/vaultLockConfiguration")).toEqual([]);
  });
});

describe("Budget", () => {
  const budget = (args: Args<typeof Budget> = {}) =>
    made(() => new Budget("shop", { limit: 110, emails: ["a@shop.example"], ...args }));

  test("tells at 50, 80 and 100 percent, and when 100 are to be expected", async () => {
    const { notifications, limitAmount } = (await budget()).inputs("budgets/budget");
    expect(limitAmount).toBe("110");
    expect((notifications as Raw[]).map((n) => [n.notificationType, n.threshold])).toEqual([
      ["ACTUAL", 50],
      ["ACTUAL", 80],
      ["ACTUAL", 100],
      ["FORECASTED", 100],
    ]);
  });

  test("tells of unusual spending, from a twentieth of a month's, where costs have a tag", async () => {
    expect((await budget()).names("costexplorer/anomalyMonitor")).toEqual([]);
    const resources = await budget({ costTag: { key: "team", value: "shop" } });
    const { monitorSpecification } = resources.inputs("costexplorer/anomalyMonitor");
    expect(JSON.parse(String(monitorSpecification))).toMatchObject({
      Tags: { Key: "team", Values: ["shop"] },
    });
    const { thresholdExpression } = resources.inputs("costexplorer/anomalySubscription");
    expect(thresholdExpression).toMatchObject({ dimension: { values: ["6"] } });
  });
});

describe("Domain", () => {
  const options = ["shop.example", "www.shop.example"].map((domainName) => ({
    domainName,
    resourceRecordName: `_proof.${domainName}`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `of.${domainName}`,
  }));
  const domain = (alternativeNames?: string[]) =>
    made(
      () =>
        new Domain("shop", {
          domain: "shop.example",
          zone: "shop.example",
          alerts: newAlerts(),
          ...(alternativeNames && { alternativeNames }),
        }),
      { outputs: { "aws:acm/certificate:Certificate": { domainValidationOptions: options } } },
    );

  test("every name proves itself by a record of its own", async () => {
    const records = (await domain(["www.shop.example"])).of("route53/record");
    expect(records.map(({ name, inputs }) => [name, inputs.name, inputs.records])).toEqual([
      ["shop-proof", "_proof.shop.example", ["of.shop.example"]],
      ["shop-proof-1", "_proof.www.shop.example", ["of.www.shop.example"]],
    ]);
  });

  test("without further names it does not speak of any", async () => {
    expect((await domain()).inputs("acm/certificate")).not.toHaveProperty("subjectAlternativeNames");
  });
});

describe("EncryptionKey", () => {
  const policy = async (args: Args<typeof EncryptionKey> = {}) => {
    const resources = await made(() => new EncryptionKey("shop", { description: "Shop", ...args }));
    const { statements } = JSON.parse(String(resources.inputs("kms/key").policy)) as {
      statements: {
        sid: string;
        principals: { identifiers: string[] }[];
        conditions?: { values: string[] }[];
      }[];
    };
    return Object.fromEntries(statements.map((s) => [s.sid, s]));
  };

  test("logs may use it for the groups of this account and region, disks only where there are any", async () => {
    const { Logs, Disks } = await policy();
    expect(Logs?.principals[0]?.identifiers).toEqual(["logs.eu-west-3.amazonaws.com"]);
    expect(Logs?.conditions?.[0]?.values).toEqual(["arn:aws:logs:eu-west-3:123456789012:log-group:*"]);
    expect(Disks).toBeUndefined();
    const conditions = (await policy({ disks: true })).Disks?.conditions?.map((c) => c.values);
    expect(conditions).toEqual([["123456789012"], ["ec2.eu-west-3.amazonaws.com"]]);
  });

  test("who publishes is up to you", async () => {
    const { Publishers } = await policy({ services: ["events.amazonaws.com"] });
    expect(Publishers?.principals[0]?.identifiers).toEqual(["events.amazonaws.com"]);
  });
});

describe("Firewall", () => {
  const firewall = (args: Args<typeof Firewall> = {}) =>
    made(() => new Firewall("shop", { resourceArn: "arn:lb", keyArn, ...args }));

  test("a rate limit first, then AWS's rules one after another", async () => {
    const rules = (await firewall({ limit: 100 })).inputs("wafv2/webAcl").rules as Raw[];
    expect(rules.map((r) => [r.name, r.priority])).toEqual([
      ["rate", 0],
      ["AWSManagedRulesCommonRuleSet", 1],
      ["AWSManagedRulesKnownBadInputsRuleSet", 2],
    ]);
    expect(rules[0]).toMatchObject({ statement: { rateBasedStatement: { limit: 100 } } });
  });

  test("rules that only count do so in their own group", async () => {
    const countOnly = { AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"] };
    const rules = (await firewall({ countOnly })).inputs("wafv2/webAcl").rules as Raw[];
    const overridden = rules.slice(1).map((r) => {
      const { statement } = r as { statement: { managedRuleGroupStatement: { ruleActionOverrides: Raw[] } } };
      return statement.managedRuleGroupStatement.ruleActionOverrides;
    });
    expect(overridden).toEqual([[{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }], []]);
  });

  test("its log has a name that WAF accepts, and says nothing of who called", async () => {
    const resources = await firewall({ logDays: 30 });
    expect(resources.inputs("cloudwatch/logGroup")).toMatchObject({
      name: "aws-waf-logs-shop-production",
      retentionInDays: 30,
    });
    expect(resources.inputs("wafv2/webAclLoggingConfiguration").redactedFields).toEqual([
      { singleHeader: { name: "authorization" } },
    ]);
  });
});

describe("Postgres", () => {
  const postgres = (args: Args<typeof Postgres> = {}) =>
    made(() => new Postgres("shop", { ...inside, alerts: newAlerts(), password: "p".repeat(24), ...args }));
  const instance = async (args: Args<typeof Postgres> = {}) => (await postgres(args)).inputs("rds/instance");

  test("safe where nothing is said", async () => {
    expect(await instance()).toMatchObject({
      identifier: "shop-production",
      multiAz: true,
      deletionProtection: true,
      backupRetentionPeriod: 35,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "shop-production-final",
    });
  });

  test("a password of yours is kept for the proxy; without one RDS makes it", async () => {
    const own = await postgres({ username: "lexia" });
    expect(own.inputs("rds/instance")).not.toHaveProperty("manageMasterUserPassword");
    expect(JSON.parse(String(own.inputs("secretsmanager/secretVersion").secretString))).toEqual({
      username: "lexia",
      password: "p".repeat(24),
    });
    const managed = await made(() => new Postgres("shop", { ...inside, alerts: newAlerts() }), {
      outputs: { "aws:rds/instance:Instance": { masterUserSecrets: [{ secretArn: "arn:made" }] } },
    });
    expect(managed.inputs("rds/instance")).toMatchObject({
      manageMasterUserPassword: true,
      masterUserSecretKmsKeyId: keyArn,
    });
    expect(managed.names("secretsmanager/secret")).toEqual([]);
    expect(managed.inputs("rds/proxy").auths).toMatchObject([{ secretArn: "arn:made" }]);
  });

  test("parameters follow the version; TLS is on unless one says otherwise", async () => {
    const group = async (args: Args<typeof Postgres>) => (await postgres(args)).inputs("rds/parameterGroup");
    expect(await group({ version: "16.4" })).toMatchObject({
      family: "postgres16",
      parameters: expect.arrayContaining([{ name: "rds.force_ssl", value: "1" }]),
    });
    const { parameters } = await group({ parameters: { "rds.force_ssl": "0", work_mem: "64" } });
    expect(parameters).toEqual(
      expect.arrayContaining([
        { name: "rds.force_ssl", value: "0" },
        { name: "work_mem", value: "64" },
      ]),
    );
  });

  test("alarms are given in the units of people", async () => {
    const resources = await postgres({ alarms: { freeStorageGib: 2, freeMemoryMib: 3, connections: 7 } });
    const thresholds = resources
      .of("cloudwatch/metricAlarm")
      .map(({ name, inputs }) => [name, inputs.threshold]);
    expect(Object.fromEntries(thresholds)).toEqual({
      "shop-cpu": 80,
      "shop-storage": 2 * 1024 ** 3,
      "shop-memory": 3 * 1024 ** 2,
      "shop-connections": 7,
    });
  });

  test("clients reach the proxy, and the proxy alone the server", async () => {
    const ways = (await postgres()).of("vpc/securityGroupIngressRule").map(({ inputs }) => inputs);
    expect(ways.map((w) => [w.referencedSecurityGroupId, w.securityGroupId, w.fromPort])).toEqual([
      ["sg-pods", "SecurityGroup shop-pool", 5432],
      ["SecurityGroup shop-pool", "SecurityGroup shop-server", 5432],
    ]);
  });
});

describe("Redis", () => {
  const redis = (args: Args<typeof Redis> = {}) =>
    made(() => new Redis("shop", { ...inside, alerts: newAlerts(), password: "p".repeat(24), ...args }));

  test("a replica takes over; a single node has none", async () => {
    const failover = async (nodes?: number) => {
      const { automaticFailoverEnabled, multiAzEnabled, numCacheClusters } = (
        await redis(nodes === undefined ? {} : { nodes })
      ).inputs("elasticache/replicationGroup");
      return [numCacheClusters, automaticFailoverEnabled, multiAzEnabled];
    };
    expect(await failover()).toEqual([2, true, true]);
    expect(await failover(1)).toEqual([1, false, false]);
  });

  test("every node is watched, under the name that ElastiCache gives it", async () => {
    const alarms = (await redis({ nodes: 3, alarms: { memory: 70 } })).of("cloudwatch/metricAlarm");
    expect(alarms.map(({ name }) => name)).toEqual(
      ["cpu", "memory"].flatMap((what) => [1, 2, 3].map((node) => `shop-${what}-${node}`)),
    );
    expect(alarms.at(-1)?.inputs).toMatchObject({
      threshold: 70,
      dimensions: { CacheClusterId: "ReplicationGroup shop-003" },
    });
  });

  test("parameters follow the version; nothing is thrown away unless one says so", async () => {
    expect((await redis()).inputs("elasticache/parameterGroup")).toMatchObject({
      family: "redis7",
      parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
    });
    const cache = await redis({ maxmemoryPolicy: "allkeys-lru" });
    expect(cache.inputs("elasticache/parameterGroup").parameters).toMatchObject([{ value: "allkeys-lru" }]);
  });
});

describe("SharedFiles", () => {
  test("a target in each subnet, over TLS, as one user", async () => {
    const files = await made(() => new SharedFiles("models", { ...inside, userId: 500 }));
    expect(files.of("efs/mountTarget").map(({ inputs }) => inputs.subnetId)).toEqual(["a", "b"]);
    expect(files.inputs("efs/accessPoint")).toMatchObject({
      posixUser: { uid: 500, gid: 500 },
      rootDirectory: { path: "/models", creationInfo: { ownerUid: 500, permissions: "0755" } },
    });
    expect(files.inputs("efs/fileSystemPolicy").policy).toContain("aws:SecureTransport");
  });
});

describe("Secret", () => {
  const secret = (args: Args<typeof Secret> = {}) =>
    made(() => new Secret("salt", { description: "Salt", keyArn, ...args }));

  test("without a value, one is generated, long enough for anybody", async () => {
    const length = async (args: Args<typeof Secret> = {}) =>
      String((await secret(args)).inputs("secretsmanager/secretVersion").secretString).length;
    expect(await length()).toBe(32);
    expect(await length({ length: 64 })).toBe(64);
  });

  test("a value of yours is stored as it is; it is renewed only if one says how", async () => {
    const given = await secret({ value: "s".repeat(16) });
    expect(given.inputs("secretsmanager/secretVersion").secretString).toBe("s".repeat(16));
    expect(given.names("secretsmanager/secretRotation")).toEqual([]);
    const renewed = await secret({ rotation: { lambdaArn: "arn:lambda", days: 30 } });
    expect(renewed.inputs("secretsmanager/secretRotation").rotationRules).toEqual({
      automaticallyAfterDays: 30,
    });
  });
});

test("a secret that is too short stops the deployment without being printed", async () => {
  const output: string[] = [];
  const error = await preview(join(__dirname, "../programs/short-secret"), {
    onOutput: (line) => output.push(line),
  }).then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.message).toContain("The secret salt needs at least 16 characters.");
  expect(`${error?.message} ${output.join(" ")}`).not.toContain("hunter2");
}, 60_000);

describe("serviceRole", () => {
  test("pods tag their sessions, others do not", async () => {
    const trust = async (service: string) => {
      const role = await made(() => serviceRole("role", { service }, {}));
      return JSON.parse(String(role.inputs("iam/role").assumeRolePolicy)).Statement[0].Action;
    };
    expect(await trust("pods.eks.amazonaws.com")).toEqual(["sts:AssumeRole", "sts:TagSession"]);
    expect(await trust("rds.amazonaws.com")).toEqual(["sts:AssumeRole"]);
  });

  test("it may do what is written, and who takes it waits until it may", async () => {
    let arn: pulumi.Output<string> | undefined;
    const resources = await made(() => {
      const may = [{ Effect: "Allow" as const, Action: ["s3:GetObject"], Resource: ["arn:a"] }];
      const managed = ["service-role/AmazonEFSCSIDriverPolicy"];
      arn = serviceRole("role", { service: "rds.amazonaws.com", managed, may }, {});
    });
    expect(resources.inputs("iam/rolePolicyAttachment", "role-AmazonEFSCSIDriverPolicy").policyArn).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy",
    );
    expect(statements(resources.inputs("iam/rolePolicy"))).toHaveLength(1);
    expect(await new Promise((done) => arn?.apply(done))).toBe("arn:Role role");
  });
});

describe("openWay", () => {
  const way = { from: "sg-a", to: "sg-b", port: 5432, description: "a to b" };

  test("one port, in at one side, and out at the other where that is asked for", async () => {
    const oneSided = await made(() => openWay("way", way, {}));
    expect(oneSided.inputs("vpc/securityGroupIngressRule")).toMatchObject({
      securityGroupId: "sg-b",
      referencedSecurityGroupId: "sg-a",
      fromPort: 5432,
      toPort: 5432,
    });
    expect(oneSided.names("vpc/securityGroupEgressRule")).toEqual([]);
    const twoSided = await made(() => openWay("way", { ...way, bothSides: true }, {}));
    expect(twoSided.inputs("vpc/securityGroupEgressRule")).toMatchObject({
      securityGroupId: "sg-a",
      referencedSecurityGroupId: "sg-b",
    });
  });
});

describe("Uptime", () => {
  test("asks for /health from us-east-1, and no answer is an alarm", async () => {
    const resources = await made(
      () => new Uptime("uptime", { domain: "shop.example", emails: ["a@shop.example"] }),
    );
    expect(resources.inputs("providers:aws").region).toBe("us-east-1");
    expect(resources.inputs("route53/healthCheck")).toMatchObject({
      fqdn: "shop.example",
      resourcePath: "/health",
      type: "HTTPS",
    });
    expect(resources.inputs("cloudwatch/metricAlarm")).toMatchObject({
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      dimensions: { HealthCheckId: "HealthCheck uptime" },
    });
  });
});
