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
import kubernetesImagesPinned from "./kubernetes/images/pinned";
import kubernetesNetworkEgressIsolation from "./kubernetes/network/egress-isolation";
import kubernetesNetworkIngressIsolation from "./kubernetes/network/ingress-isolation";
import kubernetesPodsRestartPolicy from "./kubernetes/pods/restart-policy";
import kubernetesProbesDistinct from "./kubernetes/probes/distinct";
import kubernetesProbesLiveness from "./kubernetes/probes/liveness";
import kubernetesProbesPort from "./kubernetes/probes/port";
import kubernetesProbesReadiness from "./kubernetes/probes/readiness";
import kubernetesResourcesCpuLimit from "./kubernetes/resources/cpu-limit";
import kubernetesResourcesLimitRatio from "./kubernetes/resources/limit-ratio";
import kubernetesResourcesMemoryLimit from "./kubernetes/resources/memory-limit";
import kubernetesResourcesRequests from "./kubernetes/resources/requests";
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
  kubernetesImagesPinned,
  kubernetesNetworkEgressIsolation,
  kubernetesNetworkIngressIsolation,
  kubernetesPodsRestartPolicy,
  kubernetesProbesDistinct,
  kubernetesProbesLiveness,
  kubernetesProbesPort,
  kubernetesProbesReadiness,
  kubernetesResourcesCpuLimit,
  kubernetesResourcesLimitRatio,
  kubernetesResourcesMemoryLimit,
  kubernetesResourcesRequests,
];
