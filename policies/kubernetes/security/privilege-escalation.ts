import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { containers, patches, runsOnWindows, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "kubernetes-security-privilege-escalation",
  title: "Processes in containers cannot gain privileges.",
  severity: "medium",
  why: "A set-uid program in the image makes root out of any user, unless the kernel is told not to allow it.",
  fix: "Set `securityContext.allowPrivilegeEscalation: false` on the container; the default is true.",
  links: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  controls: {
    pss: ["Restricted: Privilege Escalation"],
    nsa: ["Privilege escalation"],
    checkov: ["CKV_K8S_20"],
    trivy: ["KSV-0001"],
    kubeLinter: ["privilege-escalation-container"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check({ spec, pod }) {
    const allowed = spec.securityContext?.allowPrivilegeEscalation;
    if (allowed === false) return;
    if (pod.partial && allowed !== true) return unsaid;
    if (runsOnWindows(pod.spec)) return notApplicable("Windows knows no such thing");
    return "lets processes gain privileges";
  },

  examples: {
    good: [
      {
        title: "Forbidden",
        resources: [
          deployment("api", {
            containers: [container("api", { securityContext: { allowPrivilegeEscalation: false } })],
          }),
        ],
      },
      {
        title: "Windows",
        resources: [pod("api", { os: { name: "windows" }, containers: [container("api")] })],
      },
    ],
    bad: [
      { title: "The default", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "Allowed",
        resources: [
          pod("api", {
            containers: [container("api", { securityContext: { allowPrivilegeEscalation: true } })],
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
                securityContext: { allowPrivilegeEscalation: ref<boolean>("settings", "allowed") },
              }),
            ],
          }),
        ],
      },
    ],
  },
});
