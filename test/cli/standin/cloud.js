// What a cloud makes of a resource, as far as programs and rules read it: names, ids, ARNs, and what AWS, Docker and the
// API server of Kubernetes fill in. All else is as a provider writes what nobody gave: "", 0, false, [] and {}.
const { names } = require("../../../dist/policies/names.js");
const { typeOf } = require("./sdk.js");

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const account = "123456789012";
const empty = { text: "", number: 0, boolean: false, list: [], object: {} };

/** What stands before the name in an ARN, and the service where the module is not called like it. */
const arns = {
  "aws:acm/certificate": "acm:*:certificate/",
  "aws:backup/plan": "backup:*:backup-plan:",
  "aws:backup/vault": "backup:*:backup-vault:",
  "aws:cloudwatch/logGroup": "logs:*:log-group:",
  "aws:cloudwatch/metricAlarm": "cloudwatch:*:alarm:",
  "aws:dynamodb/table": "dynamodb:*:table/",
  "aws:ebs/volume": "ec2:*:volume/",
  "aws:ec2/instance": "ec2:*:instance/",
  "aws:ec2/securityGroup": "ec2:*:security-group/",
  "aws:ec2/subnet": "ec2:*:subnet/",
  "aws:ec2/vpc": "ec2:*:vpc/",
  "aws:efs/accessPoint": "elasticfilesystem:*:access-point/",
  "aws:efs/fileSystem": "elasticfilesystem:*:file-system/",
  "aws:eks/cluster": "eks:*:cluster/",
  "aws:eks/nodeGroup": "eks:*:nodegroup/",
  "aws:elasticache/replicationGroup": "elasticache:*:replicationgroup:",
  "aws:iam/instanceProfile": `iam::${account}:instance-profile/`,
  "aws:iam/policy": `iam::${account}:policy/`,
  "aws:iam/role": `iam::${account}:role/`,
  "aws:kms/key": "kms:*:key/",
  "aws:lb/listener": "elasticloadbalancing:*:listener/app/",
  "aws:lb/loadBalancer": "elasticloadbalancing:*:loadbalancer/app/",
  "aws:lb/targetGroup": "elasticloadbalancing:*:targetgroup/",
  "aws:rds/cluster": "rds:*:cluster:",
  "aws:rds/instance": "rds:*:db:",
  "aws:rds/proxy": "rds:*:db-proxy:",
  "aws:s3/bucket": "s3:::",
  "aws:secretsmanager/secret": "secretsmanager:*:secret:",
  "aws:wafv2/webAcl": "wafv2:*:regional/webacl/",
};

/** Types whose id is their ARN, and those whose id is nothing that a program could have written. */
const calledByArn =
  /^aws:(acm\/certificate|lb\/(listener|loadBalancer|targetGroup)|secretsmanager\/secret|sns)/;
const calledByNumber =
  /^aws:(backup\/plan|ebs|ec2|efs|kms|rds\/instance|route53|servicequotas|vpc|wafv2)\b|^docker:/;

/** What AWS and Docker say of a type beside that; within an object that was given, too. */
const more = {
  "aws:acm/certificate": ({ domainName }) => ({
    domainValidationOptions: [
      {
        domainName,
        resourceRecordName: `_proof.${domainName}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: "_proof.acm-validations.aws.",
      },
    ],
  }),
  "aws:ec2/instance": () => ({ privateIp: "10.0.10.4", privateDns: "ip-10-0-10-4.ec2.internal" }),
  "aws:ec2/launchTemplate": () => ({ latestVersion: 1, defaultVersion: 1 }),
  "aws:eks/cluster": (_, name) => ({
    endpoint: `https://${name}.eks.amazonaws.com`,
    certificateAuthority: { data: "Y2VydGlmaWNhdGU=" },
    vpcConfig: { clusterSecurityGroupId: `sg-${name}`, vpcId: `vpc-${name}` },
    version: "1.35",
  }),
  "aws:eks/nodeGroup": (_, name) => ({ resources: [{ autoscalingGroups: [{ name: `eks-${name}` }] }] }),
  "aws:elasticache/replicationGroup": (_, name) => ({
    port: 6379,
    primaryEndpointAddress: `master.${name}.cache.amazonaws.com`,
  }),
  "aws:kms/key": (_, id) => ({ keyId: id }),
  "aws:lb/loadBalancer": (_, name) => ({
    arnSuffix: `app/${name}`,
    dnsName: `${name}.elb.amazonaws.com`,
    zoneId: "Z3Q77PNBQS71R4",
  }),
  "aws:lb/targetGroup": (_, name) => ({ arnSuffix: `targetgroup/${name}` }),
  "aws:rds/instance": (_, name) => ({
    address: `${name}.rds.amazonaws.com`,
    endpoint: `${name}.rds.amazonaws.com:5432`,
    port: 5432,
  }),
  "aws:rds/proxy": (_, name) => ({ endpoint: `${name}.proxy.rds.amazonaws.com` }),
  "aws:s3/bucket": (_, name) => ({
    bucketDomainName: `${name}.s3.amazonaws.com`,
    requestPayer: "BucketOwner",
    versioning: { enabled: false, mfaDelete: false },
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    },
  }),
  "docker:index/remoteImage": ({ name }) => ({
    imageId: `sha256:${"0".repeat(64)}`,
    repoDigest: `${name}@sha256:${"0".repeat(64)}`,
  }),
};

/** The property by which a type is called; a provider makes a name up where none is given. */
function nameOf(type) {
  const key = names[type]?.[0] ?? "name";
  const { inputs, computed } = typeOf(type) ?? {};
  return inputs?.has(key) && computed[key] === "text" ? key : undefined;
}

/** Inputs with the name that the provider makes up. */
function named(type, given, made) {
  if (type.startsWith("kubernetes:")) {
    if (/:helm|List$/.test(type) || !isPlain(given.metadata ?? {})) return given;
    const { metadata } = given;
    return metadata?.name || metadata?.generateName
      ? given
      : { ...given, metadata: { ...metadata, name: made } };
  }
  const key = nameOf(type);
  return !key || key in given || `${key}Prefix` in given ? given : { ...given, [key]: made };
}

/** The id and the outputs of a resource. In a preview, what was not given is not known. */
function made(type, asked, madeUp, { region = "eu-west-3", preview }) {
  const given = typeOf(type)?.inputs.has("region") ? { region, ...asked } : asked;
  const { id, outputs } = type.startsWith("kubernetes:")
    ? live(type, given, madeUp)
    : inCloud(type, given, madeUp);
  return preview
    ? { outputs: { ...masked(outputs, given), id: unknown } }
    : { id, outputs: { ...outputs, id } };
}

function inCloud(type, given, madeUp) {
  // One table, whatever a type is called: aws:alb/x is aws:lb/x.
  const short = type.replace(/:[^:]*$/, "").replace("aws:alb/", "aws:lb/");
  const called = given[nameOf(type)];
  const name = typeof called === "string" ? called : madeUp;
  const form = arns[short] ?? `${type.split(/[:/]/)[1]}:*:`;
  const arn = `arn:aws:${form.replace("*", `${given.region}:${account}`)}${name}`;
  const extra = more[short]?.(given, name);
  const said = { arn, tagsAll: given.tags, ...extra };
  const { computed } = typeOf(type) ?? { computed: {} };
  const filled = Object.entries(computed).map(([key, kind]) => [key, said[key] ?? empty[kind]]);
  const id = calledByArn.test(short) ? arn : calledByNumber.test(short) ? madeUp : name;
  return { id, outputs: merged({ ...extra, ...Object.fromEntries(filled) }, given) };
}

const cluster =
  /:(Namespace|ClusterRole|ClusterRoleBinding|StorageClass|PriorityClass|PersistentVolume|RuntimeClass)$/;
const pod = {
  restartPolicy: "Always",
  dnsPolicy: "ClusterFirst",
  schedulerName: "default-scheduler",
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};
const container = {
  imagePullPolicy: "IfNotPresent",
  resources: {},
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
};
const probe = { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 };
const quarter = { maxSurge: "25%", maxUnavailable: "25%" };
const specs = {
  Deployment: {
    replicas: 1,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: quarter },
  },
  DaemonSet: { revisionHistoryLimit: 10, updateStrategy: { type: "RollingUpdate" } },
  StatefulSet: {
    replicas: 1,
    podManagementPolicy: "OrderedReady",
    updateStrategy: { type: "RollingUpdate" },
  },
  Job: { backoffLimit: 6, completions: 1, parallelism: 1, suspend: false },
  CronJob: { concurrencyPolicy: "Allow", suspend: false },
  PersistentVolumeClaim: { volumeMode: "Filesystem", volumeName: "pvc-0" },
  Service: { type: "ClusterIP", clusterIP: "10.100.0.10", sessionAffinity: "None" },
  Pod: pod,
};
const statuses = {
  Deployment: { observedGeneration: 1, replicas: 1, readyReplicas: 1 },
  Job: { succeeded: 1 },
  Namespace: { phase: "Active" },
  PersistentVolumeClaim: { phase: "Bound" },
  Pod: { phase: "Running", qosClass: "Guaranteed" },
  Service: { loadBalancer: {} },
};

/** An object as the API server keeps it. */
function live(type, given, madeUp) {
  const kind = type.split(":").at(-1);
  const namespaced = !cluster.test(type);
  const { namespace = "default", name = madeUp } = given.metadata ?? {};
  const metadata = {
    ...(namespaced && { namespace: "default" }),
    creationTimestamp: "2026-01-01T00:00:00Z",
    generation: 1,
    resourceVersion: "1",
    uid: `00000000-0000-4000-8000-${madeUp}`,
  };
  const spec = isPlain(given.spec) && { spec: filledIn(merged(specs[kind] ?? {}, given.spec)) };
  return {
    id: namespaced ? `${namespace}/${name}` : name,
    outputs: { ...merged({ metadata }, given), ...spec, status: statuses[kind] ?? {}, __inputs: given },
  };
}

/** A spec with what the API server adds to its pods, wherever they are in it. */
function filledIn(spec) {
  if (!isPlain(spec)) return spec;
  const of = Array.isArray(spec.containers) ? merged(pod, spec) : { ...spec };
  for (const key of ["containers", "initContainers"])
    if (Array.isArray(of[key])) of[key] = of[key].map((one) => (isPlain(one) ? withProbes(one) : one));
  for (const key of ["template", "jobTemplate"])
    if (isPlain(of[key])) of[key] = { ...of[key], spec: filledIn(of[key].spec) };
  return of;
}

function withProbes(one) {
  const of = merged(container, one);
  for (const key of ["livenessProbe", "readinessProbe", "startupProbe"])
    if (isPlain(of[key])) of[key] = merged(probe, of[key]);
  return of;
}

/** What marks secrets and the like in Pulumi's wire form. */
const mark = "4dabf18193072939515e22adb298388d";
const isPlain = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(mark in value);

/** An object with all of another's, and the rest of its own. */
function merged(own, over) {
  const all = { ...own };
  for (const [key, value] of Object.entries(over))
    all[key] = isPlain(all[key]) && isPlain(value) ? merged(all[key], value) : value;
  return all;
}

function masked(outputs, given) {
  const all = {};
  for (const [key, value] of Object.entries(outputs)) {
    if (!(key in given)) all[key] = unknown;
    else all[key] = isPlain(value) && isPlain(given[key]) ? masked(value, given[key]) : given[key];
  }
  return all;
}

module.exports = { made, named };
