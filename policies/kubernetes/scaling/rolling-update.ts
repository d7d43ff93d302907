import { z } from "zod";
import { ref } from "../../example";
import { container, daemonSet, deployment, statefulSet } from "../../examples/kubernetes";
import { mountsClaim, patches, pods, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const api = { containers: [container("api")] };
const updating = (strategy: { type?: string; rollingUpdate?: object }) =>
  deployment("api", api, { spec: { strategy } });
const rolled = /^kubernetes:apps\/v1:(Deployment|StatefulSet|DaemonSet)(List|Patch)?$/;

interface Strategy {
  type?: string;
  rollingUpdate?: { maxUnavailable?: number | string };
}

export default rule({
  id: "kubernetes-scaling-rolling-update",
  title: "Updates replace pods one after another.",
  severity: "medium",
  why: "With `Recreate` every update is an outage; with `OnDelete` it is not done until somebody deletes the pods.",
  fix: "Remove the strategy, or set its type to `RollingUpdate`, with `maxUnavailable` below 100 %.",
  links: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy"],
  controls: { kubeLinter: ["no-rolling-update-strategy"] },
  checklists: ["api-assistant", "foundational"],

  on: [...workloads, ...patches].filter((type) => rolled.test(type)),
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod) {
    const { kind, workload } = pod;
    const spec = workload.spec as { strategy?: Strategy; updateStrategy?: Strategy } | undefined;
    const strategy = kind === "Deployment" ? spec?.strategy : spec?.updateStrategy;
    const type = strategy?.type || "RollingUpdate";
    if (type === "Recreate") {
      if (mountsClaim(pod)) return notApplicable("has to let go of its volume before the next pod mounts it");
      return "ends every pod before the new ones start";
    }
    if (type === "OnDelete") return "is not updated until its pods are deleted by hand";
    if (kind === "StatefulSet" || strategy?.rollingUpdate?.maxUnavailable !== "100%") return;
    return "may end every pod at once when it is updated";
  },

  examples: {
    good: [
      { title: "The default", resources: [deployment("api", api), statefulSet("db", api)] },
      {
        title: "Written out",
        resources: [updating({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } })],
      },
      {
        title: "Recreate, for a pod whose volume no two pods can mount",
        resources: [
          deployment(
            "wiki",
            { ...api, volumes: [{ name: "data", persistentVolumeClaim: { claimName: "wiki" } }] },
            { spec: { strategy: { type: "Recreate" } } },
          ),
        ],
      },
    ],
    bad: [
      { title: "Recreate", resources: [updating({ type: "Recreate" })] },
      {
        title: "OnDelete",
        resources: [
          statefulSet("db", api, { spec: { updateStrategy: { type: "OnDelete" } } }),
          daemonSet("agent", api, { spec: { updateStrategy: { type: "OnDelete" } } }),
        ],
      },
      { title: "All at once", resources: [updating({ rollingUpdate: { maxUnavailable: "100%" } })] },
    ],
    undetermined: [
      {
        title: "A strategy that comes from elsewhere",
        resources: [updating({ type: ref("settings", "strategy") })],
      },
    ],
  },
});
