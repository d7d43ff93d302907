import dynamodbCustomerKey from "./aws/dynamodb/customer-key";
import dynamodbPointInTimeRecovery from "./aws/dynamodb/point-in-time-recovery";
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
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  dynamodbCustomerKey,
  dynamodbPointInTimeRecovery,
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
];
