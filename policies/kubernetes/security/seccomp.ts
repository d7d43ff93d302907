import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { inherited } from "../../reading/securityContext";
import { containers, patches, runsOnWindows, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "kubernetes-security-seccomp",
  title: "Containers use a seccomp profile.",
  severity: "low",
  why: "Without one a container may make every system call, those through which kernels are broken included.",
  fix: 'Set `securityContext.seccompProfile.type: "RuntimeDefault"` on the pod.',
  links: ["https://kubernetes.io/docs/tutorials/security/seccomp/"],
  controls: {
    pss: ["Restricted: Seccomp"],
    nsa: ["Kernel hardening"],
    checkov: ["CKV_K8S_31"],
    trivy: ["KSV-0030"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    const type = inherited(container, "seccompProfile")?.type;
    if (type === "RuntimeDefault" || type === "Localhost") return;
    if (container.pod.partial && type !== "Unconfined") return unsaid;
    if (runsOnWindows(container.pod.spec)) return notApplicable("Windows has none");
    return type === "Unconfined" ? "may make every system call" : "has no seccomp profile";
  },

  examples: {
    good: [
      {
        title: "The runtime's, for the whole pod",
        resources: [
          deployment("api", {
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [container("api")],
          }),
        ],
      },
      {
        title: "Windows has none",
        resources: [pod("api", { os: { name: "windows" }, containers: [container("api")] })],
      },
    ],
    bad: [
      { title: "None", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "A container that takes back what its pod says",
        resources: [
          pod("api", {
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [container("api", { securityContext: { seccompProfile: { type: "Unconfined" } } })],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A profile that comes from elsewhere",
        resources: [
          deployment("api", {
            securityContext: { seccompProfile: { type: ref("settings", "profile") } },
            containers: [container("api")],
          }),
        ],
      },
    ],
  },
});
