import { z } from "zod";
import { ref } from "../../example";
import { container, deployment } from "../../examples/kubernetes";
import { type Probe, probe, same } from "../../reading/probe";
import { containers, services } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const probed = (livenessProbe?: Probe, readinessProbe?: Probe) =>
  deployment("api", { containers: [container("api", { livenessProbe, readinessProbe })] });
const health = { path: "/health", port: 8080 };

export default rule({
  id: "kubernetes-probes-distinct",
  title: "Liveness and readiness probes are not the same.",
  severity: "medium",
  why: "When both fail at once, Kubernetes restarts the container that should only have been left alone for a while.",
  fix: "Ask liveness something simpler, or give it a higher `failureThreshold`.",
  links: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: services,
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    const liveness = probe(container, "livenessProbe");
    const readiness = probe(container, "readinessProbe");
    if (!liveness || !readiness) return notApplicable("does not have both probes");
    return same(liveness, readiness) ? "has the same liveness and readiness probe" : undefined;
  },

  examples: {
    good: [
      {
        title: "Two endpoints",
        resources: [
          probed({ httpGet: { path: "/live", port: 8080 } }, { httpGet: { path: "/ready", port: 8080 } }),
        ],
      },
      {
        title: "One endpoint, and more patience before a restart",
        resources: [probed({ httpGet: health, failureThreshold: 10 }, { httpGet: health })],
      },
    ],
    bad: [
      { title: "The same twice", resources: [probed({ httpGet: health }, { httpGet: health })] },
      {
        title: "The same with a default written out",
        resources: [
          probed({ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 8080 }, failureThreshold: 3 }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A path that comes from elsewhere",
        resources: [probed({ httpGet: { path: ref("settings", "path"), port: 8080 } }, { httpGet: health })],
      },
    ],
  },
});
