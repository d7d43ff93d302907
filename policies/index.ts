import s3Lifecycle from "./aws/s3/lifecycle";
import dockerLogsRotation from "./docker/logs/rotation";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  s3Lifecycle,
  dockerLogsRotation,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
];
