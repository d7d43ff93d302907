import { z } from "zod";
import { ref } from "../../example";
import { container, daemonSet, deployment, pod, statefulSet } from "../../examples/kubernetes";
import { needsNoProbe, probe } from "../../reading/probe";
import { containers, services } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "kubernetes-probes-readiness",
  title: "Every container has a readiness probe.",
  severity: "high",
  why: "Without one a pod gets requests before it can answer: every deployment drops some, and a broken version replaces a good one.",
  fix: "Set `readinessProbe` to what tells whether the container can serve now.",
  links: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
  ],
  controls: { checkov: ["CKV_K8S_9"], kubeLinter: ["no-readiness-probe"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: services,
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    if (probe(container, "readinessProbe")) return;
    const exempt = needsNoProbe(container);
    return exempt ? notApplicable(exempt) : "has no readiness probe";
  },

  examples: {
    good: [
      {
        title: "Over HTTP",
        resources: [
          deployment("api", {
            containers: [container("api", { readinessProbe: { httpGet: { path: "/ready", port: 8080 } } })],
          }),
        ],
      },
      {
        title: "A command",
        resources: [
          statefulSet("db", {
            containers: [container("db", { readinessProbe: { exec: { command: ["pg_isready"] } } })],
          }),
        ],
      },
      {
        title: "A pod that runs once",
        resources: [pod("migrate", { restartPolicy: "OnFailure", containers: [container("migrate")] })],
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
        title: "A startup probe and a liveness probe do not say it",
        resources: [
          deployment("api", {
            containers: [
              container("api", {
                startupProbe: { tcpSocket: { port: 8080 } },
                livenessProbe: { tcpSocket: { port: 8080 } },
              }),
            ],
          }),
        ],
      },
      {
        title: "One of two",
        resources: [
          statefulSet("db", {
            containers: [
              container("db", { readinessProbe: { exec: { command: ["pg_isready"] } } }),
              container("metrics"),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A probe that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [container("api", { readinessProbe: ref<object>("settings", "probe") })],
          }),
        ],
      },
    ],
  },
});
