import backupPlanRetention from "./aws/backup/plan-retention";
import backupPlanSchedule from "./aws/backup/plan-schedule";
import budgetsAlerts from "./aws/budgets/alerts";
import budgetsLimit from "./aws/budgets/limit";
import budgetsMonthly from "./aws/budgets/monthly";
import ec2DataPorts from "./aws/ec2/data-ports";
import ec2OpenPorts from "./aws/ec2/open-ports";
import ec2UserDataSecrets from "./aws/ec2/user-data-secrets";
import ecsPlainEnvironment from "./aws/ecs/plain-environment";
import elasticacheAuth from "./aws/elasticache/auth";
import elasticacheEncryptionAtRest from "./aws/elasticache/encryption-at-rest";
import elasticacheEncryptionInTransit from "./aws/elasticache/encryption-in-transit";
import elasticacheFailover from "./aws/elasticache/failover";
import elasticacheMaxmemoryPolicy from "./aws/elasticache/maxmemory-policy";
import elasticacheMultiAz from "./aws/elasticache/multi-az";
import elasticacheSnapshots from "./aws/elasticache/snapshots";
import elasticacheSubnetGroup from "./aws/elasticache/subnet-group";
import iamNoAdmin from "./aws/iam/no-admin";
import iamNoAdministratorAccess from "./aws/iam/no-administrator-access";
import iamNoServiceWildcards from "./aws/iam/no-service-wildcards";
import iamTrust from "./aws/iam/trust";
import lambdaPlainEnvironment from "./aws/lambda/plain-environment";
import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerRedisPassword from "./docker/redis/password";
import dockerRedisPersistence from "./docker/redis/persistence";
import dockerPlainEnvironment from "./docker/secrets/plain-environment";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesRedisPassword from "./kubernetes/redis/password";
import kubernetesRedisPersistence from "./kubernetes/redis/persistence";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import kubernetesConfigMapSecrets from "./kubernetes/secrets/config-map";
import kubernetesPlainEnvironment from "./kubernetes/secrets/plain-environment";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  dockerRedisPersistence,
  dockerRedisPassword,
  kubernetesRedisPersistence,
  kubernetesRedisPassword,
  elasticacheMaxmemoryPolicy,
  elasticacheFailover,
  elasticacheMultiAz,
  elasticacheSubnetGroup,
  elasticacheSnapshots,
  elasticacheEncryptionInTransit,
  elasticacheEncryptionAtRest,
  elasticacheAuth,
  backupPlanRetention,
  backupPlanSchedule,
  ec2UserDataSecrets,
  ecsPlainEnvironment,
  lambdaPlainEnvironment,
  s3Lifecycle,
  dockerPlainEnvironment,
  kubernetesConfigMapSecrets,
  kubernetesPlainEnvironment,
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
  s3LifecycleAbortUploads,
  s3LifecycleNoncurrent,
];
