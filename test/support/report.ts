import type { Finding, Report } from "../../report/report";

const urn = (type: string, name: string) => `urn:pulumi:production::lexia::${type}::${name}`;

const resource = (type: string, name: string) => ({ urn: urn(type, name), type, name });

const database = resource("aws:rds/instance:Instance", "db");
const api = resource("kubernetes:apps/v1:Deployment", "api");
const audio = resource("aws:s3/bucket:Bucket", "audio");

const limits: Omit<Finding, "outcome" | "part" | "message"> = {
  rule: "kubernetes-workload-memory-limit",
  severity: "high",
  level: "mandatory",
  resource: api,
  fix: "Set `resources.limits.memory` on every container.",
  at: { file: "components/service.ts", line: 31, column: 7 },
  via: [{ file: "index.ts", line: 12, column: 13 }],
};

/** A report with something of everything. */
export const everything: Report = {
  version: 1,
  tool: { name: "preflight", version: "1.2.3" },
  source: { kind: "program", path: "stacks/lexia", project: "lexia", stack: "production" },
  summary: { resources: 12, rules: 18, pass: 41, violation: 5, undetermined: 2, waived: 1, fault: 2 },
  results: [
    { ...limits, outcome: "violation", part: "container api", message: "has no memory limit" },
    { ...limits, outcome: "violation", part: "container sidecar", message: "has no memory limit" },
    {
      rule: "aws-s3-lifecycle",
      severity: "medium",
      level: "advisory",
      outcome: "violation",
      resource: audio,
      message:
        "has lifecycle rules, but none that expires or transitions objects or their past versions, so that what is stored only grows",
      fix: "Add a `BucketLifecycleConfiguration` with an `Enabled` rule that expires or transitions objects.",
    },
    {
      rule: "aws-rds-backup-retention",
      severity: "low",
      level: "advisory",
      outcome: "violation",
      resource: database,
      message: "keeps its backups for 1 day; 7 are asked",
      fix: "Set `backupRetentionPeriod: 7` or more.",
      at: { file: "database.ts", line: 14, column: 5 },
    },
    {
      rule: "aws-rds-not-public",
      severity: "critical",
      level: "mandatory",
      outcome: "violation",
      resource: database,
      message: "can be reached from the internet: `publiclyAccessible` is true",
      fix: "Set `publiclyAccessible: false`.",
      at: { file: "database.ts", line: 14, column: 5 },
    },
    {
      rule: "aws-s3-encryption",
      severity: "high",
      level: "mandatory",
      outcome: "undetermined",
      resource: audio,
      message: "kmsKeyId",
    },
    { ...limits, outcome: "undetermined", part: "container web", message: "containers[2]" },
    {
      rule: "aws-s3-versioning",
      severity: "medium",
      level: "advisory",
      outcome: "waived",
      resource: audio,
      message: "is not versioned",
      waiver: { reason: "Recordings are kept twice elsewhere.", until: "2027-01-31" },
    },
    {
      rule: "aws-iam-least-privilege",
      severity: "high",
      level: "mandatory",
      outcome: "fault",
      resource: resource("aws:iam/policy:Policy", "first"),
      message: "TypeError: statements is not iterable",
    },
    {
      rule: "aws-iam-least-privilege",
      severity: "high",
      level: "mandatory",
      outcome: "fault",
      resource: resource("aws:iam/policy:Policy", "second"),
      message: "TypeError: statements is not iterable",
    },
    {
      rule: "aws-rds-encrypted",
      severity: "high",
      level: "mandatory",
      outcome: "pass",
      resource: database,
    },
    {
      rule: "aws-s3-lifecycle",
      severity: "medium",
      level: "advisory",
      outcome: "not applicable",
      resource: resource("aws:s3/bucket:Bucket", "scratch"),
      message: "is destroyed with its stack",
    },
  ],
  unanswered: [
    { token: "aws:ec2/getAmi:getAmi", count: 2 },
    { token: "aws:route53/getZone:getZone", count: 1 },
  ],
};

/** A report in which nothing is wrong. */
export const clean: Report = {
  ...everything,
  source: { kind: "state", path: "state.json", project: "textai-studio", stack: "staging" },
  summary: { resources: 4, rules: 18, pass: 9, violation: 0, undetermined: 0, waived: 0, fault: 0 },
  results: [],
  unanswered: [],
};
