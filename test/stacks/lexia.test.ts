import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readAnswers } from "../../preview/answers";
import { type Preview, preview } from "../../preview/preview";
import { architecture, drawnInto } from "../../scripts/architecture";
import {
  broken,
  change,
  cut,
  described,
  gone,
  instead,
  judged,
  noticing,
  passed,
  together,
  type Weakening,
  without,
  withoutResource,
} from "../support/weakening";

jest.setTimeout(120_000);

const folder = join(__dirname, "../../stacks/lexia");
const answers = readAnswers(JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")));
let program: Preview;
beforeAll(async () => {
  program = await preview(folder, { stack: "production", answers });
});

test("passes every rule, and leaves none open", () => {
  const results = judged(program);
  const open = results.filter((r) => r.outcome === "undetermined");
  expect(broken(results)).toEqual([]);
  expect(open.map((r) => `${r.rule.id}: ${r.resource.name}`)).toEqual([]);
});

test("makes these resources", () => {
  expect(program.registrations.map(({ type, name }) => `${type} ${name}`).sort()).toMatchSnapshot();
});

test("the picture in its README is up to date: npm run docs", () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  expect(readme).toContain("```mermaid");
  expect(drawnInto(readme, architecture(program.registrations))).toBe(readme);
});

test("a cheaper stack comes out of the same program", async () => {
  const dev = await preview(folder, { stack: "dev", answers });
  expect(dev.unanswered).toEqual([]);
  expect(dev.registrations.length).toBeLessThan(program.registrations.length);
});

test("settings that do not fit are refused, all of them at once", async () => {
  const config = {
    backupRegion: "eu-west-3",
    addonVersions: '{"istio":"v1"}',
    gpuNodesMin: "3",
    domain: "",
  };
  const error = await preview(folder, { stack: "production", answers, config }).then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.message).toContain("lexia:domain is missing: the name that clients call");
  expect(error?.message).toContain("backupRegion must be another region than aws:region.");
  expect(error?.message).toContain("addonVersions names istio, which is none of vpc-cni, ");
  expect(error?.message).toContain("gpuNodesMin must be twice minPods or more");
});

/** Without these, EKS cannot start or clean up, and nodes and load balancers find no way out. */
test.each([
  ["aws:eks/cluster:Cluster", "roleArn", "RolePolicyAttachment::lexia-cluster-AmazonEKSClusterPolicy"],
  ["aws:eks/nodeGroup:NodeGroup", "nodeRoleArn", "Attachment::lexia-node-AmazonEKSWorkerNodePolicy"],
  ["aws:eks/nodeGroup:NodeGroup", "subnetIds", "RouteTableAssociation::lexia-private-0"],
  ["aws:lb/loadBalancer:LoadBalancer", "subnets", "RouteTableAssociation::lexia-public-0"],
  ["aws:eks/podIdentityAssociation:PodIdentityAssociation", "roleArn", "RolePolicy::lexia-"],
  ["aws:rds/proxy:Proxy", "auths", "SecretVersion::lexia-db"],
])("%s waits by its %s for %s", (type, input, awaited) => {
  const waiting = program.registrations.filter((r) => r.type === type);
  expect(waiting).not.toEqual([]);
  for (const { propertyDependencies = {} } of waiting)
    expect(propertyDependencies[input]).toContainEqual(expect.stringContaining(awaited));
});

const api = "apps/v1:Deployment api";
const llm = "apps/v1:Deployment llm";
const migration = "batch/v1:Job migration";
const pod = (...at: string[]) => ["spec", "template", "spec", ...at];
const container = (...at: string[]) => pod("containers", "0", ...at);
const database = "aws:rds/instance lexia-db";
const cache = "aws:elasticache/replicationGroup lexia-cache";
const cluster = "aws:eks/cluster lexia";
const gpus = "aws:eks/nodeGroup lexia-gpu";
const nodes = "aws:eks/nodeGroup lexia-system";
const template = "aws:ec2/launchTemplate lexia-system";
const plan = "aws:backup/plan lexia";
const vault = "aws:backup/vault lexia";
const budget = "aws:budgets/budget lexia";
const lifecycle = "aws:s3/bucketLifecycleConfiguration lexia-audio";
const http = "aws:vpc/securityGroupIngressRule lexia-balancer-80";
const quota = "core/v1:ResourceQuota lexia";
const scaler = "autoscaling/v2:HorizontalPodAutoscaler api";
const selection = "aws:backup/selection lexia";
const files = "aws:efs/fileSystem lexia-models";
const replication = "aws:s3/bucketReplicationConfig lexia-audio";
const volume = (path: string) => [{ name: "node", hostPath: { path } }];
const statement = (may: object) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...may }] });

const weakenings: Weakening[] = [
  together("aws-backup-copy-elsewhere", [
    change(plan, "rules.0.copyActions"),
    gone("aws:backup/vault lexia-elsewhere"),
  ]),
  together("aws-backup-data-stores-covered", [cut(selection, "resources.0", database)]),
  without("aws-backup-plan-expiry", plan, "rules.0.lifecycle"),
  together("aws-backup-plan-retention", [
    change(plan, "rules.0.lifecycle.deleteAfter", 7),
    change(plan, "rules.0.copyActions.0.lifecycle.deleteAfter", 7),
  ]),
  instead("aws-backup-plan-schedule", plan, "rules.0.schedule", "cron(0 3 ? * SUN *)"),
  without("aws-backup-vault-key", vault, "kmsKeyArn"),
  withoutResource("aws-backup-vault-lock", "aws:backup/vaultLockConfiguration lexia"),
  withoutResource("aws-backup-vault-notifications", "aws:backup/vaultNotifications lexia"),
  withoutResource("aws-backup-buckets-covered", replication, "aws-s3-replication"),
  without("aws-budgets-alerts", budget, "notifications.0"),
  instead("aws-budgets-limit", budget, "limitAmount", "0"),
  withoutResource("aws-budgets-monthly", budget),
  instead("aws-ebs-encryption", template, "blockDeviceMappings.0.ebs.encrypted", "false"),
  instead("aws-ec2-admin-ports", http, "fromPort", 22, "aws-ec2-open-ports"),
  instead("aws-ec2-current-generation", nodes, "instanceTypes", ["m3.xlarge"]),
  together(
    "aws-ec2-data-ports",
    [change(http, "fromPort", 6379), change(http, "toPort", 6379)],
    "aws-ec2-open-ports",
  ),
  instead("aws-ec2-default-group-closed", "aws:ec2/defaultSecurityGroup lexia", "ingress", [
    { protocol: "-1", fromPort: 0, toPort: 0, self: true },
  ]),
  withoutResource("aws-ec2-default-group-declared", "aws:ec2/defaultSecurityGroup lexia"),
  without("aws-ec2-detailed-monitoring", template, "monitoring"),
  withoutResource("aws-ec2-flow-logs", "aws:ec2/flowLog lexia-flow"),
  without("aws-ec2-imdsv2", template, "metadataOptions"),
  instead("aws-ec2-minimum-size", nodes, "instanceTypes", ["t3.micro"]),
  instead("aws-ec2-open-ports", http, "toPort", 90),
  instead("aws-ec2-public-ip", template, "networkInterfaces", [{ associatePublicIpAddress: "true" }]),
  instead("aws-ec2-root-volume", template, "blockDeviceMappings.0.ebs.volumeSize", 8),
  instead("aws-efs-encryption", files, "encrypted", false),
  together("aws-efs-backup", [cut(selection, "resources.1", files)]),
  withoutResource("aws-eks-autoscaler", "apps/v1:Deployment cluster-autoscaler"),
  without("aws-eks-endpoint", cluster, "vpcConfig.publicAccessCidrs"),
  withoutResource("aws-eks-gpu-device-plugin", "apps/v1:DaemonSet nvidia-device-plugin"),
  instead("aws-eks-gpu-image", gpus, "amiType", "AL2023_x86_64_STANDARD"),
  without("aws-eks-gpu-labels", gpus, "labels"),
  without("aws-eks-gpu-taint", gpus, "taints"),
  without("aws-eks-logs", cluster, "enabledClusterLogTypes.1"),
  instead("aws-eks-node-image-published", nodes, "amiType", "AL2_x86_64"),
  instead("aws-eks-node-minimum", nodes, "scalingConfig.minSize", 1),
  instead("aws-eks-node-scaling", nodes, "scalingConfig.maxSize", 3),
  without("aws-eks-secrets-encryption", cluster, "encryptionConfig"),
  instead("aws-eks-version", cluster, "version", "1.24"),
  withoutResource("aws-elasticache-alarms", [
    "aws:cloudwatch/metricAlarm lexia-cache-memory-1",
    "aws:cloudwatch/metricAlarm lexia-cache-memory-2",
  ]),
  without("aws-elasticache-auth", cache, "authToken"),
  instead("aws-elasticache-auth-token", cache, "authToken", "changeme-changeme"),
  instead("aws-elasticache-encryption-at-rest", cache, "atRestEncryptionEnabled", false),
  instead(
    "aws-elasticache-encryption-in-transit",
    cache,
    "transitEncryptionEnabled",
    false,
    "aws-elasticache-auth",
  ),
  instead("aws-elasticache-failover", cache, "automaticFailoverEnabled", false),
  without("aws-elasticache-maxmemory-policy", "aws:elasticache/parameterGroup lexia-cache", "parameters"),
  instead("aws-elasticache-multi-az", cache, "multiAzEnabled", false),
  instead("aws-elasticache-snapshots", cache, "snapshotRetentionLimit", 0),
  without("aws-elasticache-subnet-group", cache, "subnetGroupName"),
  instead(
    "aws-iam-no-admin",
    "aws:iam/rolePolicy lexia-api",
    "policy",
    statement({ Action: "*", Resource: "*" }),
  ),
  instead(
    "aws-iam-no-administrator-access",
    "aws:iam/rolePolicyAttachment lexia-node-AmazonEKSWorkerNodePolicy",
    "policyArn",
    "arn:aws:iam::aws:policy/AdministratorAccess",
  ),
  instead(
    "aws-iam-no-service-wildcards",
    "aws:iam/rolePolicy lexia-api",
    "policy",
    statement({ Action: "s3:*", Resource: "*" }),
  ),
  instead(
    "aws-iam-trust",
    "aws:iam/role lexia-api",
    "assumeRolePolicy",
    JSON.stringify(statement({ Action: "sts:AssumeRole", Principal: { AWS: "*" } })),
  ),
  withoutResource("aws-rds-alarms", "aws:cloudwatch/metricAlarm lexia-db-cpu"),
  instead("aws-rds-automatic-backups", database, "backupRetentionPeriod", 1),
  together(
    "aws-rds-backup-retention",
    [
      change(database, "backupRetentionPeriod", 14),
      change(plan, "rules.0.lifecycle.deleteAfter", 14),
      change(plan, "rules.0.copyActions.0.lifecycle.deleteAfter", 14),
    ],
    "aws-backup-plan-retention",
  ),
  together("aws-rds-connection-pool", [
    gone("aws:rds/proxyTarget lexia-db"),
    ...[api, "apps/v1:Deployment worker", migration].map((workload) => change(workload, container("env"))),
  ]),
  together("aws-rds-monitoring", [
    change(database, "monitoringInterval", 0),
    change(database, "performanceInsightsEnabled", false),
  ]),
  instead("aws-rds-deletion-protection", database, "deletionProtection", false),
  withoutResource("aws-rds-event-notifications", "aws:rds/eventSubscription lexia-db"),
  instead("aws-rds-final-snapshot", database, "skipFinalSnapshot", true),
  without("aws-rds-logs-exported", database, "enabledCloudwatchLogsExports"),
  instead("aws-rds-minor-upgrades", database, "autoMinorVersionUpgrade", false),
  without("aws-rds-proxy-connections", "aws:rds/proxyDefaultTargetGroup lexia-db", "connectionPoolConfig"),
  instead("aws-rds-proxy-tls", "aws:rds/proxy lexia-db", "requireTls", false),
  instead("aws-rds-multi-az", database, "multiAz", false),
  instead("aws-rds-not-public", database, "publiclyAccessible", true),
  instead("aws-rds-password", database, "password", "correct-horse-battery"),
  instead("aws-rds-private-subnets", "aws:ec2/subnet lexia-private-0", "mapPublicIpOnLaunch", true),
  instead("aws-rds-storage-encrypted", database, "storageEncrypted", false),
  without("aws-rds-subnet-group", database, "dbSubnetGroupName"),
  instead("aws-rds-tls", "aws:rds/parameterGroup lexia-db", "parameters.0.value", "0"),
  instead("aws-s3-acl-not-public", "aws:s3/bucket lexia-audio", "acl", "public-read"),
  instead(
    "aws-s3-encryption",
    "aws:s3/bucketServerSideEncryptionConfiguration lexia-audio",
    "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
    "none",
  ),
  withoutResource("aws-s3-access-logs", "aws:s3/bucketLogging lexia-audio"),
  instead(
    "aws-s3-lifecycle",
    lifecycle,
    "rules",
    [{ id: "tidy", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }],
    "aws-s3-lifecycle-noncurrent",
  ),
  without("aws-s3-lifecycle-abort-uploads", lifecycle, "rules.0.abortIncompleteMultipartUpload"),
  without("aws-s3-lifecycle-noncurrent", lifecycle, "rules.0.noncurrentVersionExpiration"),
  instead(
    "aws-s3-policy-not-public",
    "aws:s3/bucketPolicy lexia-access-logs",
    "policy.Statement.1.Principal.Service",
    "*",
  ),
  withoutResource("aws-s3-public-access-block", "aws:s3/bucketPublicAccessBlock lexia-audio"),
  together("aws-s3-replication", [gone(replication), gone("aws:s3/bucket lexia-elsewhere-audio")]),
  withoutResource("aws-s3-tls-only", "aws:s3/bucketPolicy lexia-audio"),
  withoutResource("aws-s3-versioning", "aws:s3/bucketVersioning lexia-access-logs"),

  withoutResource("kubernetes-availability-disruption-budget", "policy/v1:PodDisruptionBudget api"),
  instead("kubernetes-availability-evictable", "policy/v1:PodDisruptionBudget api", "spec.maxUnavailable", 0),
  without("kubernetes-availability-spread", api, pod("topologySpreadConstraints")),
  instead("kubernetes-gpu-limits", llm, container("resources"), {
    requests: { cpu: "3", memory: "11Gi" },
    limits: { cpu: "3500m", memory: "12Gi" },
  }),
  instead("kubernetes-gpu-memory-share", llm, container("args"), ["--gpu-memory-utilization=0.98"]),
  instead("kubernetes-gpu-quota", quota, ["spec", "hard", "requests.nvidia.com/gpu"], "1"),
  without("kubernetes-gpu-tolerations", llm, pod("tolerations")),
  instead("kubernetes-gpu-whole", llm, container("resources", "limits", "nvidia.com/gpu"), "0.5"),
  instead("kubernetes-images-pinned", api, container("image"), "registry.example.com/lexia/api:latest"),
  without("kubernetes-jobs-time-to-live", migration, "spec.ttlSecondsAfterFinished"),
  withoutResource("kubernetes-namespaces-limit-range", "core/v1:LimitRange lexia"),
  together("kubernetes-namespaces-not-default", [
    change(migration, "metadata.namespace", "default"),
    change("networking.k8s.io/v1:NetworkPolicy migration", "metadata.namespace", "default"),
  ]),
  withoutResource("kubernetes-namespaces-quota", quota),
  without(
    "kubernetes-network-egress-isolation",
    "networking.k8s.io/v1:NetworkPolicy cluster-autoscaler",
    "spec.policyTypes.1",
  ),
  without(
    "kubernetes-network-ingress-isolation",
    "networking.k8s.io/v1:NetworkPolicy cluster-autoscaler",
    "spec.policyTypes.0",
  ),
  instead("kubernetes-pods-restart-policy", api, pod("restartPolicy"), "Never"),
  instead("kubernetes-probes-distinct", api, container("livenessProbe"), {
    httpGet: { path: "/health", port: "http" },
    periodSeconds: 5,
    timeoutSeconds: 3,
  }),
  without("kubernetes-probes-liveness", api, container("livenessProbe")),
  without("kubernetes-probes-port", api, container("ports")),
  without("kubernetes-probes-readiness", api, container("readinessProbe")),
  instead(
    "kubernetes-rbac-no-cluster-admin",
    "rbac.authorization.k8s.io/v1:ClusterRoleBinding cluster-autoscaler",
    "roleRef.name",
    "cluster-admin",
  ),
  instead(
    "kubernetes-rbac-no-wildcards",
    "rbac.authorization.k8s.io/v1:ClusterRole cluster-autoscaler",
    "rules.0.verbs",
    ["*"],
  ),
  instead(
    "kubernetes-rbac-service-account",
    "apps/v1:Deployment cluster-autoscaler",
    pod("serviceAccountName"),
    "default",
  ),
  without("kubernetes-resources-cpu-limit", api, container("resources", "limits", "cpu")),
  instead("kubernetes-resources-limit-ratio", api, container("resources", "limits", "cpu"), "16"),
  without("kubernetes-resources-memory-limit", api, container("resources", "limits", "memory")),
  without(
    "kubernetes-resources-requests",
    api,
    container("resources"),
    "kubernetes-resources-cpu-limit",
    "kubernetes-resources-memory-limit",
  ),
  together("kubernetes-scaling-autoscaler", [gone(scaler), change(api, "spec.replicas", 2)]),
  instead("kubernetes-scaling-autoscaler-bounds", scaler, "spec.maxReplicas", 1),
  instead(
    "kubernetes-scaling-autoscaler-targets",
    scaler,
    "spec.metrics.0.resource.target.averageUtilization",
    95,
  ),
  instead("kubernetes-scaling-free-replicas", api, "spec.replicas", 3),
  instead("kubernetes-scaling-replicas", "apps/v1:Deployment cluster-autoscaler", "spec.replicas", 1),
  instead("kubernetes-scaling-rolling-update", api, "spec.strategy", { type: "Recreate" }),
  instead("kubernetes-secrets-config-map", "core/v1:ConfigMap proxy", "data", {
    REDIS_PASSWORD: "correct-horse",
  }),
  instead("kubernetes-secrets-plain-environment", api, container("env"), [
    { name: "API_SECRET_KEY", value: "correct-horse-battery-staple" },
  ]),
  instead(
    "kubernetes-security-capabilities",
    api,
    container("securityContext", "capabilities", "add"),
    ["SYS_ADMIN"],
    "kubernetes-security-dropped-capabilities",
  ),
  without("kubernetes-security-dropped-capabilities", api, container("securityContext", "capabilities")),
  instead("kubernetes-security-host-namespaces", api, pod("hostNetwork"), true),
  instead("kubernetes-security-host-path", api, pod("volumes"), volume("/var/log")),
  instead("kubernetes-security-non-root", api, pod("securityContext", "runAsUser"), 0),
  instead(
    "kubernetes-security-privilege-escalation",
    api,
    container("securityContext", "allowPrivilegeEscalation"),
    true,
  ),
  instead("kubernetes-security-privileged", api, container("securityContext", "privileged"), true),
  instead(
    "kubernetes-security-read-only-root",
    api,
    container("securityContext", "readOnlyRootFilesystem"),
    false,
  ),
  instead(
    "kubernetes-security-runtime-socket",
    api,
    pod("volumes"),
    volume("/run/containerd/containerd.sock"),
    "kubernetes-security-host-path",
  ),
  without("kubernetes-security-seccomp", api, pod("securityContext", "seccompProfile")),
  without("kubernetes-storage-class-named", "core/v1:PersistentVolumeClaim models", "spec"),
];

/** Rules that nothing trips without another, and why. */
const inseparable: Record<string, string> = {
  "aws-backup-buckets-covered": "a bucket without any copy is not replicated either",
  "aws-ec2-admin-ports": "the world may come in at two ports, of which neither is for administrators",
  "aws-ec2-data-ports": "the world may come in at two ports, of which neither is a database's",
  "aws-elasticache-encryption-in-transit": "ElastiCache asks for a password over TLS only",
  "aws-rds-backup-retention": "the backup plan would keep the database for long enough",
  "aws-s3-lifecycle": "one that does nothing expires no versions either",
  "kubernetes-resources-requests": "a limit stands for a request that is not written",
  "kubernetes-security-capabilities": "what is added is not dropped",
  "kubernetes-security-runtime-socket": "the socket is a path of the node",
};

test.each(weakenings.map((w) => [w.rule, described(w), w] as const))(
  "%s notices (%s)",
  (rule, _, weakening) => {
    expect(noticing(program, weakening)).toEqual([rule, ...weakening.also].sort());
  },
);

test("every rule that applies has a weakening that it notices, and nobody else", () => {
  const alone = new Set(weakenings.filter((w) => w.also.length === 0).map((w) => w.rule));
  const accompanied = new Set(weakenings.filter((w) => !alone.has(w.rule)).map((w) => w.rule));
  expect(passed(judged(program)).filter((rule) => !alone.has(rule) && !accompanied.has(rule))).toEqual([]);
  expect([...accompanied].sort()).toEqual(Object.keys(inseparable));
});
