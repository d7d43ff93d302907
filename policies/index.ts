import backupPlanRetention from "./aws/backup/plan-retention";
import backupPlanSchedule from "./aws/backup/plan-schedule";
import budgetsAlerts from "./aws/budgets/alerts";
import budgetsLimit from "./aws/budgets/limit";
import budgetsMonthly from "./aws/budgets/monthly";
import dynamodbCustomerKey from "./aws/dynamodb/customer-key";
import dynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
import ec2DataPorts from "./aws/ec2/data-ports";
import ec2OpenPorts from "./aws/ec2/open-ports";
import ec2UserDataSecrets from "./aws/ec2/user-data-secrets";
import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import ecsPlainEnvironment from "./aws/ecs/plain-environment";
import awsBackupPlanRetention from "./aws/backup/plan-retention";
import awsBackupPlanSchedule from "./aws/backup/plan-schedule";
import awsBudgetsAlerts from "./aws/budgets/alerts";
import awsBudgetsLimit from "./aws/budgets/limit";
import awsBudgetsMonthly from "./aws/budgets/monthly";
import awsDynamodbCustomerKey from "./aws/dynamodb/customer-key";
import awsDynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
import awsEc2DataPorts from "./aws/ec2/data-ports";
import awsEc2OpenPorts from "./aws/ec2/open-ports";
import awsEc2UserDataSecrets from "./aws/ec2/user-data-secrets";
import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import awsEcsPlainEnvironment from "./aws/ecs/plain-environment";
import awsEksGpuImage from "./aws/eks/gpu-image";
import awsEksGpuLabels from "./aws/eks/gpu-labels";
import awsEksGpuTaint from "./aws/eks/gpu-taint";
import awsEksNodeImagePublished from "./aws/eks/node-image-published";
import elasticacheAlarms from "./aws/elasticache/alarms";
import iamNoAdmin from "./aws/iam/no-admin";
import iamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import iamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import iamTrust from "./aws/iam/trust";
import lambdaPlainEnvironment from "./aws/lambda/plain-environment";
import rdsAlarms from "./aws/rds/alarms";
import rdsAutomaticBackups from "./aws/rds/automatic-backups";
import rdsBackupRetention from "./aws/rds/backup-retention";
import rdsDeletionProtection from "./aws/rds/deletion-protection";
import rdsEventNotifications from "./aws/rds/event-notifications";
import rdsFinalSnapshot from "./aws/rds/final-snapshot";
import rdsLogsExported from "./aws/rds/logs-exported";
import rdsMinorUpgrades from "./aws/rds/minor-upgrades";
import rdsMonitoring from "./aws/rds/monitoring";
import rdsMultiAz from "./aws/rds/multi-az";
import rdsNotPublic from "./aws/rds/not-public";
import rdsPassword from "./aws/rds/password";
import rdsPrivateSubnets from "./aws/rds/private-subnets";
import rdsStorageEncrypted from "./aws/rds/storage-encrypted";
import rdsSubnetGroup from "./aws/rds/subnet-group";
import rdsTls from "./aws/rds/tls";
import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerPlainEnvironment from "./docker/secrets/plain-environment";
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
import awsS3Lifecycle from "./aws/s3/lifecycle";
import awsS3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import awsS3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerSecretsPlainEnvironment from "./docker/secrets/plain-environment";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import kubernetesConfigMapSecrets from "./kubernetes/secrets/config-map";
import kubernetesPlainEnvironment from "./kubernetes/secrets/plain-environment";
import kubernetesSecretsConfigMap from "./kubernetes/secrets/config-map";
import kubernetesSecretsPlainEnvironment from "./kubernetes/secrets/plain-environment";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  backupPlanRetention,
  backupPlanSchedule,
  budgetsAlerts,
  budgetsLimit,
  budgetsMonthly,
  dynamodbCustomerKey,
  dynamodbPointInTimeRecovery,
  ec2DataPorts,
  ec2OpenPorts,
  ec2UserDataSecrets,
  awsEcsFargateSize,
  awsEcsMemoryLimit,
  ecsPlainEnvironment,
  awsBackupPlanRetention,
  awsBackupPlanSchedule,
  awsBudgetsAlerts,
  awsBudgetsLimit,
  awsBudgetsMonthly,
  awsDynamodbCustomerKey,
  awsDynamodbPointInTimeRecovery,
  awsEc2DataPorts,
  awsEc2OpenPorts,
  awsEc2UserDataSecrets,
  awsEcsFargateSize,
  awsEcsMemoryLimit,
  awsEcsPlainEnvironment,
  awsEksGpuImage,
  awsEksGpuLabels,
  awsEksGpuTaint,
  awsEksNodeImagePublished,
  elasticacheAlarms,
  iamNoAdmin,
  iamNoAdministratorAccess,
  iamNoServiceWildcards,
  iamTrust,
  lambdaPlainEnvironment,
  rdsAlarms,
  rdsAutomaticBackups,
  rdsBackupRetention,
  rdsDeletionProtection,
  rdsEventNotifications,
  rdsFinalSnapshot,
  rdsLogsExported,
  rdsMinorUpgrades,
  rdsMonitoring,
  rdsMultiAz,
  rdsNotPublic,
  rdsPassword,
  rdsPrivateSubnets,
  rdsStorageEncrypted,
  rdsSubnetGroup,
  rdsTls,
  s3Lifecycle,
  s3LifecycleAbortUploads,
  s3LifecycleNoncurrent,
  dockerLogsRotation,
  dockerPlainEnvironment,
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
  awsS3Lifecycle,
  awsS3LifecycleAbortUploads,
  awsS3LifecycleNoncurrent,
  dockerLogsRotation,
  dockerSecretsPlainEnvironment,
  kubernetesGpuTolerations,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
  kubernetesConfigMapSecrets,
  kubernetesPlainEnvironment,
  kubernetesSecretsConfigMap,
  kubernetesSecretsPlainEnvironment,
];
