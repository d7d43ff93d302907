import { z } from "zod";
import { ref } from "../../example";
import { container, daemonSet, deployment, pod } from "../../examples/kubernetes";
import { patches, pods, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { keysWhere } from "../../value";

const fields = { hostNetwork: "network", hostPID: "processes", hostIPC: "shared memory" } as const;

export default rule({
  id: "kubernetes-security-host-namespaces",
  title: "No pod shares its node's network, processes or memory.",
  severity: "high",
  why: "In its node's namespaces a pod reaches the kubelet and the cloud's credentials, sees every process, and no network policy holds it.",
  fix: "Remove `hostNetwork`, `hostPID` and `hostIPC` from the pod.",
  links: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  controls: {
    pss: ["Baseline: Host Namespaces"],
    nsa: ["Host namespaces"],
    checkov: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19"],
    trivy: ["KSV-0008", "KSV-0009", "KSV-0010"],
    kubeLinter: ["host-network", "host-pid", "host-ipc"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check({ spec }) {
    const shared = keysWhere(fields, (field) => spec[field] === true).map((field) => fields[field]);
    return shared.length > 0 ? `shares its node's ${shared.join(" and ")}` : undefined;
  },

  examples: {
    good: [{ title: "The default", resources: [deployment("api", { containers: [container("api")] })] }],
    bad: [
      {
        title: "The node's network",
        resources: [pod("api", { hostNetwork: true, containers: [container("api")] })],
      },
      {
        title: "The node's processes and shared memory",
        resources: [daemonSet("agent", { hostPID: true, hostIPC: true, containers: [container("agent")] })],
      },
    ],
    undetermined: [
      {
        title: "A flag that comes from elsewhere",
        resources: [
          pod("api", { hostNetwork: ref<boolean>("settings", "network"), containers: [container("api")] }),
        ],
      },
    ],
  },
});
