import ec2UserDataSecrets from "./aws/ec2/user-data-secrets";
import ecsPlainEnvironment from "./aws/ecs/plain-environment";
import lambdaPlainEnvironment from "./aws/lambda/plain-environment";
import s3Lifecycle from "./aws/s3/lifecycle";
import dockerPlainEnvironment from "./docker/secrets/plain-environment";
import kubernetesConfigMapSecrets from "./kubernetes/secrets/config-map";
import kubernetesPlainEnvironment from "./kubernetes/secrets/plain-environment";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  ec2UserDataSecrets,
  ecsPlainEnvironment,
  lambdaPlainEnvironment,
  s3Lifecycle,
  dockerPlainEnvironment,
  kubernetesConfigMapSecrets,
  kubernetesPlainEnvironment,
];
