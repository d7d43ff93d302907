import awsAutoscalingElbHealthCheck from "./aws/autoscaling/elb-health-check";
import awsAutoscalingPolicy from "./aws/autoscaling/policy";
import awsAutoscalingRange from "./aws/autoscaling/range";
import awsAutoscalingTargetValue from "./aws/autoscaling/target-value";
import awsAutoscalingZones from "./aws/autoscaling/zones";
import awsBackupBucketsCovered from "./aws/backup/buckets-covered";
import awsBackupCopyElsewhere from "./aws/backup/copy-elsewhere";
import awsBackupDataStoresCovered from "./aws/backup/data-stores-covered";
import awsBackupPlanExpiry from "./aws/backup/plan-expiry";
import awsBackupPlanRetention from "./aws/backup/plan-retention";
import awsBackupPlanSchedule from "./aws/backup/plan-schedule";
import awsBackupVaultKey from "./aws/backup/vault-key";
import awsBackupVaultLock from "./aws/backup/vault-lock";
import awsBackupVaultNotifications from "./aws/backup/vault-notifications";
import awsBudgetsAlerts from "./aws/budgets/alerts";
import awsBudgetsLimit from "./aws/budgets/limit";
import awsBudgetsMonthly from "./aws/budgets/monthly";
import awsDynamodbCustomerKey from "./aws/dynamodb/customer-key";
import awsDynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
import awsEbsEncryption from "./aws/ebs/encryption";
import awsEc2AdminPorts from "./aws/ec2/admin-ports";
import awsEc2CurrentGeneration from "./aws/ec2/current-generation";
import awsEc2DataPorts from "./aws/ec2/data-ports";
import awsEc2DefaultGroupClosed from "./aws/ec2/default-group-closed";
import awsEc2DefaultGroupDeclared from "./aws/ec2/default-group-declared";
import awsEc2DetailedMonitoring from "./aws/ec2/detailed-monitoring";
import awsEc2FlowLogs from "./aws/ec2/flow-logs";
import awsEc2Imdsv2 from "./aws/ec2/imdsv2";
import awsEc2InstanceProfile from "./aws/ec2/instance-profile";
import awsEc2MinimumSize from "./aws/ec2/minimum-size";
import awsEc2NetworkAclAdminPorts from "./aws/ec2/network-acl-admin-ports";
import awsEc2OpenPorts from "./aws/ec2/open-ports";
import awsEc2PublicIp from "./aws/ec2/public-ip";
import awsEc2RootVolume from "./aws/ec2/root-volume";
import awsEc2UserDataSecrets from "./aws/ec2/user-data-secrets";
import awsEcrImmutableTags from "./aws/ecr/immutable-tags";
import awsEcrLifecycle from "./aws/ecr/lifecycle";
import awsEcrScanOnPush from "./aws/ecr/scan-on-push";
import awsEcsAutoscaling from "./aws/ecs/autoscaling";
import awsEcsAutoscalingRange from "./aws/ecs/autoscaling-range";
import awsEcsCapabilities from "./aws/ecs/capabilities";
import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsGracePeriod from "./aws/ecs/grace-period";
import awsEcsHealthCheck from "./aws/ecs/health-check";
import awsEcsHostNamespaces from "./aws/ecs/host-namespaces";
import awsEcsImagesPinned from "./aws/ecs/images-pinned";
import awsEcsManagedEngine from "./aws/ecs/managed-engine";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import awsEcsMinimumSize from "./aws/ecs/minimum-size";
import awsEcsMongoAuth from "./aws/ecs/mongo-auth";
import awsEcsNonRoot from "./aws/ecs/non-root";
import awsEcsPlainEnvironment from "./aws/ecs/plain-environment";
import awsEcsPrivileged from "./aws/ecs/privileged";
import awsEcsPublicIp from "./aws/ecs/public-ip";
import awsEcsReadOnlyRoot from "./aws/ecs/read-only-root";
import awsEcsReplicas from "./aws/ecs/replicas";
import awsEcsRollback from "./aws/ecs/rollback";
import awsEcsRuntimeSocket from "./aws/ecs/runtime-socket";
import awsEfsBackup from "./aws/efs/backup";
import awsEfsEncryption from "./aws/efs/encryption";
import awsEksAutoscaler from "./aws/eks/autoscaler";
import awsEksEndpoint from "./aws/eks/endpoint";
import awsEksGpuDevicePlugin from "./aws/eks/gpu-device-plugin";
import awsEksGpuImage from "./aws/eks/gpu-image";
import awsEksGpuLabels from "./aws/eks/gpu-labels";
import awsEksGpuTaint from "./aws/eks/gpu-taint";
import awsEksLogs from "./aws/eks/logs";
import awsEksNodeImagePublished from "./aws/eks/node-image-published";
import awsEksNodeMinimum from "./aws/eks/node-minimum";
import awsEksNodeScaling from "./aws/eks/node-scaling";
import awsEksRemoteAccess from "./aws/eks/remote-access";
import awsEksSecretsEncryption from "./aws/eks/secrets-encryption";
import awsEksVersion from "./aws/eks/version";
import awsElasticacheAlarms from "./aws/elasticache/alarms";
import awsElasticacheAuth from "./aws/elasticache/auth";
import awsElasticacheAuthToken from "./aws/elasticache/auth-token";
import awsElasticacheEncryptionAtRest from "./aws/elasticache/encryption-at-rest";
import awsElasticacheEncryptionInTransit from "./aws/elasticache/encryption-in-transit";
import awsElasticacheFailover from "./aws/elasticache/failover";
import awsElasticacheMaxmemoryPolicy from "./aws/elasticache/maxmemory-policy";
import awsElasticacheMultiAz from "./aws/elasticache/multi-az";
import awsElasticacheSnapshots from "./aws/elasticache/snapshots";
import awsElasticacheSubnetGroup from "./aws/elasticache/subnet-group";
import awsIamNoAdmin from "./aws/iam/no-admin";
import awsIamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import awsIamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import awsIamTrust from "./aws/iam/trust";
import awsLambdaPlainEnvironment from "./aws/lambda/plain-environment";
import awsRdsAlarms from "./aws/rds/alarms";
import awsRdsAutomaticBackups from "./aws/rds/automatic-backups";
import awsRdsBackupRetention from "./aws/rds/backup-retention";
import awsRdsConnectionPool from "./aws/rds/connection-pool";
import awsRdsDeletionProtection from "./aws/rds/deletion-protection";
import awsRdsEventNotifications from "./aws/rds/event-notifications";
import awsRdsFinalSnapshot from "./aws/rds/final-snapshot";
import awsRdsLogsExported from "./aws/rds/logs-exported";
import awsRdsMinorUpgrades from "./aws/rds/minor-upgrades";
import awsRdsMonitoring from "./aws/rds/monitoring";
import awsRdsMultiAz from "./aws/rds/multi-az";
import awsRdsNotPublic from "./aws/rds/not-public";
import awsRdsPassword from "./aws/rds/password";
import awsRdsPrivateSubnets from "./aws/rds/private-subnets";
import awsRdsProxyConnections from "./aws/rds/proxy-connections";
import awsRdsProxyTls from "./aws/rds/proxy-tls";
import awsRdsStorageEncrypted from "./aws/rds/storage-encrypted";
import awsRdsSubnetGroup from "./aws/rds/subnet-group";
import awsRdsTls from "./aws/rds/tls";
import awsRedshiftLogging from "./aws/redshift/logging";
import awsRedshiftTls from "./aws/redshift/tls";
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
import awsServicequotasGpuHeadroom from "./aws/servicequotas/gpu-headroom";
import dockerDatabaseManagedEngine from "./docker/database/managed-engine";
import dockerGpuRequested from "./docker/gpu/requested";
import dockerHealthCheck from "./docker/health/check";
import dockerHealthPath from "./docker/health/path";
import dockerImagesPinned from "./docker/images/pinned";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerMongoAuth from "./docker/mongo/auth";
import dockerNetworkBoundPorts from "./docker/network/bound-ports";
import dockerNetworkOwnNetwork from "./docker/network/own-network";
import dockerRedisMaxMemory from "./docker/redis/max-memory";
import dockerRedisPassword from "./docker/redis/password";
import dockerRedisPersistence from "./docker/redis/persistence";
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
import dockerStorageNamedVolume from "./docker/storage/named-volume";
import kubernetesAvailabilityDisruptionBudget from "./kubernetes/availability/disruption-budget";
import kubernetesAvailabilityEvictable from "./kubernetes/availability/evictable";
import kubernetesAvailabilitySpread from "./kubernetes/availability/spread";
import kubernetesDatabaseManagedEngine from "./kubernetes/database/managed-engine";
import kubernetesGpuLimits from "./kubernetes/gpu/limits";
import kubernetesGpuMemoryShare from "./kubernetes/gpu/memory-share";
import kubernetesGpuQuota from "./kubernetes/gpu/quota";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import kubernetesGpuWhole from "./kubernetes/gpu/whole";
import kubernetesHelmHiddenWorkloads from "./kubernetes/helm/hidden-workloads";
import kubernetesImagesPinned from "./kubernetes/images/pinned";
import kubernetesJobsTimeToLive from "./kubernetes/jobs/time-to-live";
import kubernetesMongoAuth from "./kubernetes/mongo/auth";
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
import kubernetesRedisMaxMemory from "./kubernetes/redis/max-memory";
import kubernetesRedisPassword from "./kubernetes/redis/password";
import kubernetesRedisPersistence from "./kubernetes/redis/persistence";
import kubernetesResourcesCpuLimit from "./kubernetes/resources/cpu-limit";
import kubernetesResourcesLimitRatio from "./kubernetes/resources/limit-ratio";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
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
import kubernetesServicesRedisInternal from "./kubernetes/services/redis-internal";
import kubernetesStorageClassEncrypted from "./kubernetes/storage/class-encrypted";
import kubernetesStorageClassNamed from "./kubernetes/storage/class-named";
import kubernetesStorageClassRetain from "./kubernetes/storage/class-retain";
import kubernetesStoragePersistentVolume from "./kubernetes/storage/persistent-volume";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  awsAutoscalingElbHealthCheck,
  awsAutoscalingPolicy,
  awsAutoscalingRange,
  awsAutoscalingTargetValue,
  awsAutoscalingZones,
  awsBackupBucketsCovered,
  awsBackupCopyElsewhere,
  awsBackupDataStoresCovered,
  awsBackupPlanExpiry,
  awsBackupPlanRetention,
  awsBackupPlanSchedule,
  awsBackupVaultKey,
  awsBackupVaultLock,
  awsBackupVaultNotifications,
  awsBudgetsAlerts,
  awsBudgetsLimit,
  awsBudgetsMonthly,
  awsDynamodbCustomerKey,
  awsDynamodbPointInTimeRecovery,
  awsEbsEncryption,
  awsEc2AdminPorts,
  awsEc2CurrentGeneration,
  awsEc2DataPorts,
  awsEc2DefaultGroupClosed,
  awsEc2DefaultGroupDeclared,
  awsEc2DetailedMonitoring,
  awsEc2FlowLogs,
  awsEc2Imdsv2,
  awsEc2InstanceProfile,
  awsEc2MinimumSize,
  awsEc2NetworkAclAdminPorts,
  awsEc2OpenPorts,
  awsEc2PublicIp,
  awsEc2RootVolume,
  awsEc2UserDataSecrets,
  awsEcrImmutableTags,
  awsEcrLifecycle,
  awsEcrScanOnPush,
  awsEcsAutoscaling,
  awsEcsAutoscalingRange,
  awsEcsCapabilities,
  awsEcsFargateSize,
  awsEcsGracePeriod,
  awsEcsHealthCheck,
  awsEcsHostNamespaces,
  awsEcsImagesPinned,
  awsEcsManagedEngine,
  awsEcsMemoryLimit,
  awsEcsMinimumSize,
  awsEcsMongoAuth,
  awsEcsNonRoot,
  awsEcsPlainEnvironment,
  awsEcsPrivileged,
  awsEcsPublicIp,
  awsEcsReadOnlyRoot,
  awsEcsReplicas,
  awsEcsRollback,
  awsEcsRuntimeSocket,
  awsEfsBackup,
  awsEfsEncryption,
  awsEksAutoscaler,
  awsEksEndpoint,
  awsEksGpuDevicePlugin,
  awsEksGpuImage,
  awsEksGpuLabels,
  awsEksGpuTaint,
  awsEksLogs,
  awsEksNodeImagePublished,
  awsEksNodeMinimum,
  awsEksNodeScaling,
  awsEksRemoteAccess,
  awsEksSecretsEncryption,
  awsEksVersion,
  awsElasticacheAlarms,
  awsElasticacheAuth,
  awsElasticacheAuthToken,
  awsElasticacheEncryptionAtRest,
  awsElasticacheEncryptionInTransit,
  awsElasticacheFailover,
  awsElasticacheMaxmemoryPolicy,
  awsElasticacheMultiAz,
  awsElasticacheSnapshots,
  awsElasticacheSubnetGroup,
  awsIamNoAdmin,
  awsIamNoAdministratorAccess,
  awsIamNoServiceWildcards,
  awsIamTrust,
  awsLambdaPlainEnvironment,
  awsRdsAlarms,
  awsRdsAutomaticBackups,
  awsRdsBackupRetention,
  awsRdsConnectionPool,
  awsRdsDeletionProtection,
  awsRdsEventNotifications,
  awsRdsFinalSnapshot,
  awsRdsLogsExported,
  awsRdsMinorUpgrades,
  awsRdsMonitoring,
  awsRdsMultiAz,
  awsRdsNotPublic,
  awsRdsPassword,
  awsRdsPrivateSubnets,
  awsRdsProxyConnections,
  awsRdsProxyTls,
  awsRdsStorageEncrypted,
  awsRdsSubnetGroup,
  awsRdsTls,
  awsRedshiftLogging,
  awsRedshiftTls,
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
  awsServicequotasGpuHeadroom,
  dockerDatabaseManagedEngine,
  dockerGpuRequested,
  dockerHealthCheck,
  dockerHealthPath,
  dockerImagesPinned,
  dockerLogsRotation,
  dockerMongoAuth,
  dockerNetworkBoundPorts,
  dockerNetworkOwnNetwork,
  dockerRedisMaxMemory,
  dockerRedisPassword,
  dockerRedisPersistence,
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
  dockerStorageNamedVolume,
  kubernetesAvailabilityDisruptionBudget,
  kubernetesAvailabilityEvictable,
  kubernetesAvailabilitySpread,
  kubernetesDatabaseManagedEngine,
  kubernetesGpuLimits,
  kubernetesGpuMemoryShare,
  kubernetesGpuQuota,
  kubernetesGpuTolerations,
  kubernetesGpuWhole,
  kubernetesHelmHiddenWorkloads,
  kubernetesImagesPinned,
  kubernetesJobsTimeToLive,
  kubernetesMongoAuth,
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
  kubernetesRedisMaxMemory,
  kubernetesRedisPassword,
  kubernetesRedisPersistence,
  kubernetesResourcesCpuLimit,
  kubernetesResourcesLimitRatio,
  kubernetesResourcesMemoryLimit,
  kubernetesResourcesRequests,
  kubernetesScalingAutoscaler,
  kubernetesScalingAutoscalerBounds,
  kubernetesScalingAutoscalerTargets,
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
  kubernetesServicesRedisInternal,
  kubernetesStorageClassEncrypted,
  kubernetesStorageClassNamed,
  kubernetesStorageClassRetain,
  kubernetesStoragePersistentVolume,
];
