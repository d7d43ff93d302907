import s3Lifecycle from "./aws/s3/lifecycle";
import dockerHealthCheck from "./docker/health/check";
import dockerHealthPath from "./docker/health/path";
import dockerImagesPinned from "./docker/images/pinned";
import dockerLogsRotation from "./docker/logs/rotation";
import dockerNetworkBoundPorts from "./docker/network/bound-ports";
import dockerNetworkOwnNetwork from "./docker/network/own-network";
import dockerResourcesCpu from "./docker/resources/cpu";
import dockerResourcesMemory from "./docker/resources/memory";
import dockerRestartPolicy from "./docker/restart/policy";
import dockerSecurityCapabilities from "./docker/security/capabilities";
import dockerSecurityHostDirectories from "./docker/security/host-directories";
import dockerSecurityHostNamespaces from "./docker/security/host-namespaces";
import dockerSecurityNoNewPrivileges from "./docker/security/no-new-privileges";
import dockerSecurityNonRoot from "./docker/security/non-root";
import dockerSecurityPrivileged from "./docker/security/privileged";
import dockerSecurityReadOnlyRoot from "./docker/security/read-only-root";
import dockerSecurityRuntimeSocket from "./docker/security/runtime-socket";
import dockerServiceReplicas from "./docker/service/replicas";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  s3Lifecycle,
  dockerHealthCheck,
  dockerHealthPath,
  dockerImagesPinned,
  dockerLogsRotation,
  dockerNetworkBoundPorts,
  dockerNetworkOwnNetwork,
  dockerResourcesCpu,
  dockerResourcesMemory,
  dockerRestartPolicy,
  dockerSecurityCapabilities,
  dockerSecurityHostDirectories,
  dockerSecurityHostNamespaces,
  dockerSecurityNoNewPrivileges,
  dockerSecurityNonRoot,
  dockerSecurityPrivileged,
  dockerSecurityReadOnlyRoot,
  dockerSecurityRuntimeSocket,
  dockerServiceReplicas,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesResourcesMemoryLimit,
];
