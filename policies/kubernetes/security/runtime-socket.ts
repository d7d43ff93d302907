import { z } from "zod";
import { container, daemonSet, deployment } from "../../examples/kubernetes";
import { handsOverRuntime } from "../../reading/hostPath";
import { volumes } from "../../reading/volume";
import { patches, workloads } from "../../reading/workload";
import { rule } from "../../rule";

export default rule({
  id: "kubernetes-security-runtime-socket",
  title: "No pod gets the socket of its node's container runtime.",
  severity: "critical",
  why: "Who can write to the socket starts a privileged container: it is root on the node, and then in the cluster.",
  fix: "Remove the volume; build images with a builder that needs no socket.",
  links: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],
  controls: {
    pss: ["Baseline: HostPath Volumes"],
    checkov: ["CKV_K8S_27"],
    trivy: ["KSV-0006"],
    kubeLinter: ["docker-sock"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => volumes(resource),
  check(volume) {
    const path = volume?.hostPath?.path;
    return handsOverRuntime(path) ? `mounts ${path}, and with it the container runtime` : undefined;
  },

  examples: {
    good: [
      {
        title: "A volume of its own",
        resources: [
          deployment("api", { containers: [container("api")], volumes: [{ name: "tmp", emptyDir: {} }] }),
        ],
      },
    ],
    bad: [
      {
        title: "Docker's socket",
        resources: [
          deployment("ci", {
            containers: [container("ci")],
            volumes: [{ name: "docker", hostPath: { path: "/var/run/docker.sock" } }],
          }),
        ],
      },
      {
        title: "The directory that holds it",
        resources: [
          daemonSet("agent", {
            containers: [container("agent")],
            volumes: [{ name: "run", hostPath: { path: "/run/containerd/" } }],
          }),
        ],
      },
    ],
  },
});
