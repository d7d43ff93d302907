import dynamodbCustomerKey from "./aws/dynamodb/customer-key";
import dynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
import backupPlanRetention from "./aws/backup/plan-retention";
import backupPlanSchedule from "./aws/backup/plan-schedule";
import ec2UserDataSecrets from "./aws/ec2/user-data-secrets";
import ecsPlainEnvironment from "./aws/ecs/plain-environment";
import elasticacheAlarms from "./aws/elasticache/alarms";
import lambdaPlainEnvironment from "./aws/lambda/plain-environment";
import rdsAlarms from "./aws/rds/alarms";
import rdsAutomaticBackups from "./aws/rds/automatic-backups";
import rdsNotPublic from "./aws/rds/not-public";
import rdsStorageEncrypted from "./aws/rds/storage-encrypted";
import s3Lifecycle from "./aws/s3/lifecycle";
import dockerPlainEnvironment from "./docker/secrets/plain-environment";
import kubernetesConfigMapSecrets from "./kubernetes/secrets/config-map";
import kubernetesPlainEnvironment from "./kubernetes/secrets/plain-environment";
import dockerLogsRotation from "./docker/logs/rotation";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import budgetsAlerts from "./aws/budgets/alerts";
import budgetsLimit from "./aws/budgets/limit";
import budgetsMonthly from "./aws/budgets/monthly";
import ec2DataPorts from "./aws/ec2/data-ports";
import ec2OpenPorts from "./aws/ec2/open-ports";
import iamNoAdmin from "./aws/iam/no-admin";
import iamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import iamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import iamTrust from "./aws/iam/trust";
import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import awsEksGpuImage from "./aws/eks/gpu-image";
import awsEksGpuLabels from "./aws/eks/gpu-labels";
import awsEksGpuTaint from "./aws/eks/gpu-taint";
import awsEksNodeImagePublished from "./aws/eks/node-image-published";
import s3Lifecycle from "./aws/s3/lifecycle";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import dockerLogsRotation from "./docker/logs/rotation";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  dynamodbCustomerKey,
  dynamodbPointInTimeRecovery,
  backupPlanRetention,
  backupPlanSchedule,
  ec2UserDataSecrets,
  ecsPlainEnvironment,
  elasticacheAlarms,
  lambdaPlainEnvironment,
  rdsAlarms,
  rdsAutomaticBackups,
  rdsNotPublic,
  rdsStorageEncrypted,
  s3Lifecycle,
  dockerPlainEnvironment,
  kubernetesConfigMapSecrets,
  kubernetesPlainEnvironment,
  s3Lifecycle,
  dockerLogsRotation,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
  budgetsAlerts,
  budgetsLimit,
  budgetsMonthly,
  ec2DataPorts,
  ec2OpenPorts,
  iamNoAdmin,
  iamNoAdministratorAccess,
  iamNoServiceWildcards,
  iamTrust,
  s3Lifecycle,
  s3LifecycleAbortUploads,
  s3LifecycleNoncurrent,
  awsEcsFargateSize,
  awsEcsMemoryLimit,
  awsEksGpuImage,
  awsEksGpuLabels,
  awsEksGpuTaint,
  awsEksNodeImagePublished,
  s3Lifecycle,
  kubernetesGpuTolerations,
  s3Lifecycle,
  dockerLogsRotation,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
];
