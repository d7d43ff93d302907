import { z } from "zod";
import { ref } from "../../example";
import { container, cronJob, daemonSet, deployment, pod } from "../../examples/kubernetes";
import { isDevicePlugin } from "../../reading/devicePlugin";
import { inherited } from "../../reading/securityContext";
import { containers, patches, runsOnWindows, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { attempt, Unknown } from "../../value";

export default rule({
  id: "kubernetes-security-non-root",
  title: "Containers run as a user other than root.",
  severity: "high",
  why: "Root in a container is root on its node, held back by the container's walls alone.",
  fix: "Set `securityContext.runAsNonRoot: true`, or `runAsUser` above 0, on the pod or on the container.",
  links: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  controls: {
    pss: ["Restricted: Running as Non-root", "Restricted: Running as Non-root user"],
    nsa: ["Non-root containers"],
    checkov: ["CKV_K8S_23", "CKV_K8S_40"],
    trivy: ["KSV-0012"],
    kubeLinter: ["run-as-non-root"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    const user = attempt(() => inherited(container, "runAsUser"));
    const isUser = typeof user === "number" || typeof user === "string";
    if (isUser && Number(user) > 0) return;
    const isRoot = isUser && Number(user) === 0;
    const nonRoot = inherited(container, "runAsNonRoot");
    if (nonRoot === true && !isRoot) return;
    if (user instanceof Unknown) throw user;
    if (runsOnWindows(container.pod.spec)) return notApplicable("Windows has no root");
    if (isDevicePlugin(container.pod)) return notApplicable("the kubelet's sockets belong to root");
    if (isRoot) return "runs as root";
    if (nonRoot === false) return "is allowed to run as root";
    return container.pod.partial ? unsaid : "may run as root";
  },

  examples: {
    good: [
      {
        title: "The pod says so for its containers",
        resources: [
          deployment("api", {
            securityContext: { runAsNonRoot: true },
            containers: [container("api")],
            initContainers: [container("migrate")],
          }),
        ],
      },
      {
        title: "A user above 0",
        resources: [
          cronJob("report", { containers: [container("report", { securityContext: { runAsUser: 1000 } })] }),
        ],
      },
      {
        title: "A device plugin, which speaks to the kubelet",
        resources: [
          daemonSet("device-plugin", {
            containers: [container("device-plugin")],
            volumes: [{ name: "sockets", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
          }),
        ],
      },
      {
        title: "Windows has no root",
        resources: [pod("api", { os: { name: "windows" }, containers: [container("api")] })],
      },
    ],
    bad: [
      { title: "Nothing set", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "A container that takes back what its pod says",
        resources: [
          deployment("api", {
            securityContext: { runAsNonRoot: true },
            containers: [
              container("api", { securityContext: { runAsNonRoot: false } }),
              container("proxy", { securityContext: { runAsUser: 0 } }),
            ],
          }),
        ],
      },
      {
        title: "The pod's user is root",
        resources: [pod("api", { securityContext: { runAsUser: 0 }, containers: [container("api")] })],
      },
      {
        title: "An init container alone",
        resources: [
          deployment("api", {
            containers: [container("api", { securityContext: { runAsNonRoot: true } })],
            initContainers: [container("chown")],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A user that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [
              container("api", { securityContext: { runAsUser: ref<number>("settings", "user") } }),
            ],
          }),
        ],
      },
    ],
  },
});
