import budgetsAlerts from "./aws/budgets/alerts";
import budgetsLimit from "./aws/budgets/limit";
import budgetsMonthly from "./aws/budgets/monthly";
import ec2DataPorts from "./aws/ec2/data-ports";
import ec2OpenPorts from "./aws/ec2/open-ports";
import iamNoAdmin from "./aws/iam/no-admin";
import iamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import iamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import iamTrust from "./aws/iam/trust";
import s3AccessLogs from "./aws/s3/access-logs";
import s3AclNotPublic from "./aws/s3/acl-not-public";
import s3Encryption from "./aws/s3/encryption";
import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import s3PolicyNotPublic from "./aws/s3/policy-not-public";
import s3PublicAccessBlock from "./aws/s3/public-access-block";
import s3Replication from "./aws/s3/replication";
import s3TlsOnly from "./aws/s3/tls-only";
import s3Versioning from "./aws/s3/versioning";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  budgetsAlerts,
  budgetsLimit,
  budgetsMonthly,
  ec2DataPorts,
  ec2OpenPorts,
  iamNoAdmin,
  iamNoAdministratorAccess,
  iamNoServiceWildcards,
  iamTrust,
  s3AccessLogs,
  s3AclNotPublic,
  s3Encryption,
  s3Lifecycle,
  s3LifecycleAbortUploads,
  s3LifecycleNoncurrent,
  s3PolicyNotPublic,
  s3PublicAccessBlock,
  s3Replication,
  s3TlsOnly,
  s3Versioning,
];
