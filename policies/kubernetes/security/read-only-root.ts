import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { containers, patches, runsOnWindows, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "kubernetes-security-read-only-root",
  title: "The root file system of containers is read-only.",
  severity: "medium",
  why: "Whoever breaks in can leave nothing behind in a file system that cannot be written to.",
  fix: "Set `securityContext.readOnlyRootFilesystem: true`; mount an `emptyDir` where the application writes.",
  links: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  controls: {
    nsa: ["Immutable container file systems"],
    checkov: ["CKV_K8S_22"],
    trivy: ["KSV-0014"],
    kubeLinter: ["no-read-only-root-fs"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check({ spec, pod }) {
    const readOnly = spec.securityContext?.readOnlyRootFilesystem;
    if (readOnly === true) return;
    if (pod.partial && readOnly !== false) return unsaid;
    if (runsOnWindows(pod.spec)) return notApplicable("Windows cannot mount it read-only");
    return "can write to its root file system";
  },

  examples: {
    good: [
      {
        title: "Read-only",
        resources: [
          deployment("api", {
            containers: [container("api", { securityContext: { readOnlyRootFilesystem: true } })],
          }),
        ],
      },
      {
        title: "Windows cannot do it",
        resources: [
          pod("api", { nodeSelector: { "kubernetes.io/os": "windows" }, containers: [container("api")] }),
        ],
      },
    ],
    bad: [
      { title: "The default", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "One container of two",
        resources: [
          pod("api", {
            containers: [
              container("api", { securityContext: { readOnlyRootFilesystem: true } }),
              container("log", { securityContext: { readOnlyRootFilesystem: false } }),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A flag that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [
              container("api", {
                securityContext: { readOnlyRootFilesystem: ref<boolean>("settings", "readOnly") },
              }),
            ],
          }),
        ],
      },
    ],
  },
});
