import { z } from "zod";
import { ref } from "../../example";
import { container, daemonSet, deployment } from "../../examples/kubernetes";
import { holdsPluginSockets } from "../../reading/devicePlugin";
import { volumes } from "../../reading/volume";
import { patches, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

export default rule({
  id: "kubernetes-security-host-path",
  title: "No pod mounts a directory of its node.",
  severity: "medium",
  why: "What a pod reads or writes on its node is outside its walls, and gone when it moves to another.",
  fix: "Use a `PersistentVolumeClaim`, an `emptyDir` or a projected volume.",
  links: [
    "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],
  controls: {
    pss: ["Baseline: HostPath Volumes"],
    trivy: ["KSV-0023"],
    kubeLinter: ["sensitive-host-mounts"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => volumes(resource),
  check(volume, { resource }) {
    if (!isSet(volume ?? {}, "hostPath")) return;
    const everywhere = resource.type.startsWith("kubernetes:apps/v1:DaemonSet");
    if (everywhere && holdsPluginSockets(volume))
      return notApplicable("is where device plugins meet the kubelet");
    return "is a directory of the node";
  },

  examples: {
    good: [
      {
        title: "A device plugin",
        resources: [
          daemonSet("device-plugin", {
            containers: [container("device-plugin")],
            volumes: [{ name: "sockets", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
          }),
        ],
      },
      {
        title: "A claim",
        resources: [
          deployment("api", {
            containers: [container("api")],
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "The kubelet's sockets, by something that does not run on every node",
        resources: [
          deployment("device-plugin", {
            containers: [container("device-plugin")],
            volumes: [{ name: "sockets", hostPath: { path: "/var/lib/kubelet/device-plugins" } }],
          }),
        ],
      },
      {
        title: "The logs of the node",
        resources: [
          daemonSet("agent", {
            containers: [container("agent")],
            volumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
          }),
        ],
      },
      {
        title: "A path that is not known yet is one of the node",
        resources: [
          deployment("api", {
            containers: [container("api")],
            volumes: [{ name: "data", hostPath: { path: ref("settings", "path") } }],
          }),
        ],
      },
    ],
  },
});
