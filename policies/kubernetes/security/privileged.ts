import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { containers, patches, workloads } from "../../reading/workload";
import { rule } from "../../rule";

export default rule({
  id: "kubernetes-security-privileged",
  title: "No container is privileged.",
  severity: "critical",
  why: "A privileged container has every capability and every device: whoever breaks into it owns the node.",
  fix: "Remove `securityContext.privileged` (on Windows, `windowsOptions.hostProcess`); add the one capability that is needed.",
  links: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  controls: {
    pss: ["Baseline: Privileged Containers", "Baseline: HostProcess"],
    nsa: ["Privileged containers"],
    checkov: ["CKV_K8S_16"],
    trivy: ["KSV-0017"],
    kubeLinter: ["privileged-container"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check({ spec, pod }) {
    if (spec.securityContext?.privileged === true) return "is privileged";
    const own = spec.securityContext?.windowsOptions?.hostProcess;
    const isHostProcess = own ?? pod.spec.securityContext?.windowsOptions?.hostProcess;
    return isHostProcess === true ? "is a process of its Windows node" : undefined;
  },

  examples: {
    good: [
      { title: "The default", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "Written out",
        resources: [
          pod("api", { containers: [container("api", { securityContext: { privileged: false } })] }),
        ],
      },
    ],
    bad: [
      {
        title: "A privileged container",
        resources: [
          deployment("api", { containers: [container("api", { securityContext: { privileged: true } })] }),
        ],
      },
      {
        title: "A privileged init container",
        resources: [
          pod("api", {
            containers: [container("api")],
            initContainers: [container("sysctl", { securityContext: { privileged: true } })],
          }),
        ],
      },
      {
        title: "A host process on Windows",
        resources: [
          pod("agent", {
            securityContext: { windowsOptions: { hostProcess: true } },
            containers: [container("agent")],
          }),
        ],
      },
      {
        title: "A patch",
        resources: [
          {
            type: "kubernetes:apps/v1:DaemonSetPatch",
            name: "agent",
            props: {
              spec: {
                template: {
                  spec: { containers: [{ name: "agent", securityContext: { privileged: true } }] },
                },
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A flag that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [
              container("api", { securityContext: { privileged: ref<boolean>("settings", "privileged") } }),
            ],
          }),
        ],
      },
    ],
  },
});
