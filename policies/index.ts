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
import dockerHealthCheck from "./docker/health/check";
import dockerHealthPath from "./docker/health/path";
import dockerImagesPinned from "./docker/images/pinned";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerNetworkBoundPorts from "./docker/network/bound-ports";
import dockerNetworkOwnNetwork from "./docker/network/own-network";
import dockerResourcesCpu from "./docker/resources/cpu";
import dockerResourcesMemory from "./docker/resources/memory";
import dockerRestartPolicy from "./docker/restart/policy";
import dockerSecretsPlainEnvironment from "./docker/secrets/plain-environment";
import dockerSecurityCapabilities from "./docker/security/capabilities";
import dockerSecurityHostDirectories from "./docker/security/host-directories";
import dockerSecurityHostNamespaces from "./docker/security/host-namespaces";
import dockerSecurityNoNewPrivileges from "./docker/security/no-new-privileges";
import dockerSecurityNonRoot from "./docker/security/non-root";
import dockerSecurityPrivileged from "./docker/security/privileged";
import dockerSecurityReadOnlyRoot from "./docker/security/read-only-root";
import dockerSecurityRuntimeSocket from "./docker/security/runtime-socket";
import dockerServiceReplicas from "./docker/service/replicas";
import kubernetesAvailabilityDisruptionBudget from "./kubernetes/availability/disruption-budget";
import kubernetesAvailabilityEvictable from "./kubernetes/availability/evictable";
import kubernetesAvailabilitySpread from "./kubernetes/availability/spread";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import kubernetesHelmHiddenWorkloads from "./kubernetes/helm/hidden-workloads";
import kubernetesImagesPinned from "./kubernetes/images/pinned";
import kubernetesNamespacesLimitRange from "./kubernetes/namespaces/limit-range";
import kubernetesNamespacesNotDefault from "./kubernetes/namespaces/not-default";
import kubernetesNamespacesQuota from "./kubernetes/namespaces/quota";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesPodsRestartPolicy from "./kubernetes/pods/restart-policy";
import kubernetesProbesDistinct from "./kubernetes/probes/distinct";
import kubernetesProbesLiveness from "./kubernetes/probes/liveness";
import kubernetesProbesPort from "./kubernetes/probes/port";
import kubernetesProbesReadiness from "./kubernetes/probes/readiness";
import kubernetesRbacNoClusterAdmin from "./kubernetes/rbac/no-cluster-admin";
import kubernetesRbacNoWildcards from "./kubernetes/rbac/no-wildcards";
import kubernetesRbacServiceAccount from "./kubernetes/rbac/service-account";
import kubernetesResourcesCpuLimit from "./kubernetes/resources/cpu-limit";
import kubernetesResourcesLimitRatio from "./kubernetes/resources/limit-ratio";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import kubernetesConfigMapSecrets from "./kubernetes/secrets/config-map";
import kubernetesPlainEnvironment from "./kubernetes/secrets/plain-environment";
import kubernetesResourcesRequests from "./kubernetes/resources/requests";
import kubernetesScalingAutoscaler from "./kubernetes/scaling/autoscaler";
import kubernetesScalingAutoscalerBounds from "./kubernetes/scaling/autoscaler-bounds";
import kubernetesScalingAutoscalerTargets from "./kubernetes/scaling/autoscaler-targets";
import kubernetesScalingFreeReplicas from "./kubernetes/scaling/free-replicas";
import kubernetesScalingReplicas from "./kubernetes/scaling/replicas";
import kubernetesScalingRollingUpdate from "./kubernetes/scaling/rolling-update";
import kubernetesSecretsConfigMap from "./kubernetes/secrets/config-map";
import kubernetesSecretsPlainEnvironment from "./kubernetes/secrets/plain-environment";
import kubernetesSecurityCapabilities from "./kubernetes/security/capabilities";
import kubernetesSecurityDroppedCapabilities from "./kubernetes/security/dropped-capabilities";
import kubernetesSecurityHostNamespaces from "./kubernetes/security/host-namespaces";
import kubernetesSecurityHostPath from "./kubernetes/security/host-path";
import kubernetesSecurityNonRoot from "./kubernetes/security/non-root";
import kubernetesSecurityPrivilegeEscalation from "./kubernetes/security/privilege-escalation";
import kubernetesSecurityPrivileged from "./kubernetes/security/privileged";
import kubernetesSecurityReadOnlyRoot from "./kubernetes/security/read-only-root";
import kubernetesSecurityRuntimeSocket from "./kubernetes/security/runtime-socket";
import kubernetesSecuritySeccomp from "./kubernetes/security/seccomp";
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
  awsS3LifecycleAbortUploads,
  awsS3LifecycleNoncurrent,
  awsS3Lifecycle,
  dockerHealthCheck,
  dockerHealthPath,
  dockerImagesPinned,
  dockerLogsRotation,
  dockerNetworkBoundPorts,
  dockerNetworkOwnNetwork,
  dockerResourcesCpu,
  dockerResourcesMemory,
  dockerRestartPolicy,
  dockerSecretsPlainEnvironment,
  dockerSecurityCapabilities,
  dockerSecurityHostDirectories,
  dockerSecurityHostNamespaces,
  dockerSecurityNoNewPrivileges,
  dockerSecurityNonRoot,
  dockerSecurityPrivileged,
  dockerSecurityReadOnlyRoot,
  dockerSecurityRuntimeSocket,
  dockerServiceReplicas,
  kubernetesAvailabilityDisruptionBudget,
  kubernetesAvailabilityEvictable,
  kubernetesAvailabilitySpread,
  kubernetesGpuTolerations,
  kubernetesHelmHiddenWorkloads,
  kubernetesImagesPinned,
  kubernetesNamespacesLimitRange,
  kubernetesNamespacesNotDefault,
  kubernetesNamespacesQuota,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesPodsRestartPolicy,
  kubernetesProbesDistinct,
  kubernetesProbesLiveness,
  kubernetesProbesPort,
  kubernetesProbesReadiness,
  kubernetesRbacNoClusterAdmin,
  kubernetesRbacNoWildcards,
  kubernetesRbacServiceAccount,
  kubernetesResourcesCpuLimit,
  kubernetesResourcesLimitRatio,
  kubernetesResourcesMemoryLimit,
  kubernetesConfigMapSecrets,
  kubernetesPlainEnvironment,
  kubernetesResourcesRequests,
  kubernetesScalingAutoscalerBounds,
  kubernetesScalingAutoscalerTargets,
  kubernetesScalingAutoscaler,
  kubernetesScalingFreeReplicas,
  kubernetesScalingReplicas,
  kubernetesScalingRollingUpdate,
  kubernetesSecretsConfigMap,
  kubernetesSecretsPlainEnvironment,
  kubernetesSecurityCapabilities,
  kubernetesSecurityDroppedCapabilities,
  kubernetesSecurityHostNamespaces,
  kubernetesSecurityHostPath,
  kubernetesSecurityNonRoot,
  kubernetesSecurityPrivilegeEscalation,
  kubernetesSecurityPrivileged,
  kubernetesSecurityReadOnlyRoot,
  kubernetesSecurityRuntimeSocket,
  kubernetesSecuritySeccomp,
];
