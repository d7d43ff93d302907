import { z } from "zod";
import { ref } from "../../example";
import { container, daemonSet, deployment, pod } from "../../examples/kubernetes";
import { needsNoProbe, probe } from "../../reading/probe";
import { containers, services } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "kubernetes-probes-liveness",
  title: "Every container has a liveness probe.",
  severity: "medium",
  why: "A process that hangs without ending is never restarted, unless Kubernetes asks whether it lives.",
  fix: "Set `livenessProbe` to something that only fails when a restart would help.",
  links: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  ],
  controls: { checkov: ["CKV_K8S_8"], kubeLinter: ["no-liveness-probe"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: services,
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    if (probe(container, "livenessProbe")) return;
    const exempt = needsNoProbe(container);
    return exempt ? notApplicable(exempt) : "has no liveness probe";
  },

  examples: {
    good: [
      {
        title: "Over HTTP",
        resources: [
          deployment("api", {
            containers: [container("api", { livenessProbe: { httpGet: { path: "/live", port: 8080 } } })],
            initContainers: [container("migrate")],
          }),
        ],
      },
      {
        title: "Over gRPC, on a port that is not known yet",
        resources: [
          deployment("api", {
            containers: [
              container("api", { livenessProbe: { grpc: { port: ref<number>("settings", "port") } } }),
            ],
          }),
        ],
      },
      {
        title: "A pod that runs once",
        resources: [pod("migrate", { restartPolicy: "Never", containers: [container("migrate")] })],
      },
      {
        title: "A device plugin, which the kubelet watches",
        resources: [
          daemonSet("device-plugin", {
            containers: [container("device-plugin")],
            volumes: [{ name: "sockets", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
          }),
        ],
      },
    ],
    bad: [
      { title: "None", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "Readiness is another question",
        resources: [
          pod("api", { containers: [container("api", { readinessProbe: { tcpSocket: { port: 8080 } } })] }),
        ],
      },
      {
        title: "Timing without a question",
        resources: [
          deployment("api", { containers: [container("api", { livenessProbe: { periodSeconds: 5 } })] }),
        ],
      },
    ],
  },
});
