import awsBackupPlanRetention from "./aws/backup/plan-retention";
import awsBackupPlanSchedule from "./aws/backup/plan-schedule";
import awsBudgetsAlerts from "./aws/budgets/alerts";
import awsBudgetsLimit from "./aws/budgets/limit";
import awsBudgetsMonthly from "./aws/budgets/monthly";
import awsDynamodbCustomerKey from "./aws/dynamodb/customer-key";
import awsDynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
import awsEc2AdminPorts from "./aws/ec2/admin-ports";
import awsEc2DataPorts from "./aws/ec2/data-ports";
import awsEc2DefaultGroupClosed from "./aws/ec2/default-group-closed";
import awsEc2DefaultGroupDeclared from "./aws/ec2/default-group-declared";
import awsEc2FlowLogs from "./aws/ec2/flow-logs";
import awsEc2NetworkAclAdminPorts from "./aws/ec2/network-acl-admin-ports";
import awsEc2OpenPorts from "./aws/ec2/open-ports";
import awsEc2PublicIp from "./aws/ec2/public-ip";
import awsEc2UserDataSecrets from "./aws/ec2/user-data-secrets";
import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import awsEcsPlainEnvironment from "./aws/ecs/plain-environment";
import awsEcsPublicIp from "./aws/ecs/public-ip";
import awsEksGpuImage from "./aws/eks/gpu-image";
import awsEksGpuLabels from "./aws/eks/gpu-labels";
import awsEksGpuTaint from "./aws/eks/gpu-taint";
import awsEksNodeImagePublished from "./aws/eks/node-image-published";
import awsEksRemoteAccess from "./aws/eks/remote-access";
import awsElasticacheAlarms from "./aws/elasticache/alarms";
import awsIamNoAdmin from "./aws/iam/no-admin";
import awsIamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import awsIamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import awsIamTrust from "./aws/iam/trust";
import awsLambdaPlainEnvironment from "./aws/lambda/plain-environment";
import awsRdsAlarms from "./aws/rds/alarms";
import awsRdsAutomaticBackups from "./aws/rds/automatic-backups";
import awsRdsNotPublic from "./aws/rds/not-public";
import awsRdsStorageEncrypted from "./aws/rds/storage-encrypted";
import awsS3AccessLogs from "./aws/s3/access-logs";
import awsS3AclNotPublic from "./aws/s3/acl-not-public";
import awsS3Encryption from "./aws/s3/encryption";
import awsS3Lifecycle from "./aws/s3/lifecycle";
import awsS3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import awsS3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import awsS3PolicyNotPublic from "./aws/s3/policy-not-public";
import awsS3PublicAccessBlock from "./aws/s3/public-access-block";
import awsS3Replication from "./aws/s3/replication";
import awsS3TlsOnly from "./aws/s3/tls-only";
import awsS3Versioning from "./aws/s3/versioning";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerSecretsPlainEnvironment from "./docker/secrets/plain-environment";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import kubernetesSecretsConfigMap from "./kubernetes/secrets/config-map";
import kubernetesSecretsPlainEnvironment from "./kubernetes/secrets/plain-environment";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  awsBackupPlanRetention,
  awsBackupPlanSchedule,
  awsBudgetsAlerts,
  awsBudgetsLimit,
  awsBudgetsMonthly,
  awsDynamodbCustomerKey,
  awsDynamodbPointInTimeRecovery,
  awsEc2AdminPorts,
  awsEc2DataPorts,
  awsEc2DefaultGroupClosed,
  awsEc2DefaultGroupDeclared,
  awsEc2FlowLogs,
  awsEc2NetworkAclAdminPorts,
  awsEc2OpenPorts,
  awsEc2PublicIp,
  awsEc2UserDataSecrets,
  awsEcsFargateSize,
  awsEcsMemoryLimit,
  awsEcsPlainEnvironment,
  awsEcsPublicIp,
  awsEksGpuImage,
  awsEksGpuLabels,
  awsEksGpuTaint,
  awsEksNodeImagePublished,
  awsEksRemoteAccess,
  awsElasticacheAlarms,
  awsIamNoAdmin,
  awsIamNoAdministratorAccess,
  awsIamNoServiceWildcards,
  awsIamTrust,
  awsLambdaPlainEnvironment,
  awsRdsAlarms,
  awsRdsAutomaticBackups,
  awsRdsNotPublic,
  awsRdsStorageEncrypted,
  awsS3AccessLogs,
  awsS3AclNotPublic,
  awsS3Encryption,
  awsS3Lifecycle,
  awsS3LifecycleAbortUploads,
  awsS3LifecycleNoncurrent,
  awsS3PolicyNotPublic,
  awsS3PublicAccessBlock,
  awsS3Replication,
  awsS3TlsOnly,
  awsS3Versioning,
  dockerLogsRotation,
  dockerSecretsPlainEnvironment,
  kubernetesGpuTolerations,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
  kubernetesSecretsConfigMap,
  kubernetesSecretsPlainEnvironment,
];
