import { z } from "zod";
import { ref } from "../../example";
import { autoscaler, container, deployment, statefulSet } from "../../examples/kubernetes";
import { autoscalerOf, autoscalers, replicas } from "../../reading/autoscaler";
import { namespaces } from "../../reading/namespace";
import { pods, unsaid } from "../../reading/workload";
import { rule } from "../../rule";
import { attempt, isSet, Unknown } from "../../value";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-scaling-replicas",
  title: "Every service runs at least two pods.",
  severity: "medium",
  why: "With one pod every crash, update and drained node is an outage.",
  fix: "Set `replicas` to 2 or more, or add a `HorizontalPodAutoscaler`.",
  links: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"],
  controls: { kubeLinter: ["minimum-three-replicas"] },
  checklists: ["api-assistant", "foundational"],

  on: [
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DeploymentList",
    "kubernetes:apps/v1:DeploymentPatch",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:StatefulSetList",
    "kubernetes:apps/v1:StatefulSetPatch",
  ],
  sees: [...autoscalers, namespaces],
  config: z.strictObject({ minimum: z.int().min(1).default(2).describe("The fewest pods.") }),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack, config }) {
    const written = attempt(() => replicas(pod));
    if (!(written instanceof Unknown) && written >= config.minimum) return;
    if (pod.partial && !isSet(pod.workload.spec as { replicas?: number } | undefined, "replicas"))
      return unsaid;
    if (autoscalerOf(pod, stack)) return;
    if (written instanceof Unknown) throw written;
    return `runs ${written === 1 ? "one pod" : `${written} pods`}; ${config.minimum} are required`;
  },

  examples: {
    good: [
      { title: "Two", resources: [deployment("api", api, { spec: { replicas: 2 } })] },
      {
        title: "An autoscaler that names it",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          autoscaler("api-scaler", { minReplicas: 2 }),
        ],
      },
      {
        title: "An autoscaler by reference",
        resources: [
          deployment("api", api),
          autoscaler("scaler", { scaleTargetRef: { kind: "Deployment", name: ref("api", "metadata.name") } }),
        ],
      },
      {
        title: "KEDA",
        resources: [
          deployment("api", api, { metadata: { name: "api", namespace: "shop" } }),
          {
            type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
            name: "scaler",
            props: {
              metadata: { namespace: "shop" },
              spec: { scaleTargetRef: { name: "api" }, minReplicaCount: 2 },
            },
          },
        ],
      },
    ],
    bad: [
      { title: "The default is one", resources: [deployment("api", api)] },
      { title: "One, written out", resources: [statefulSet("db", api, { spec: { replicas: 1 } })] },
      {
        title: "An autoscaler of something else",
        resources: [
          deployment("web", api, { metadata: { name: "web" } }),
          deployment("api", api, { metadata: { name: "api" }, spec: { replicas: 2 } }),
          autoscaler("scaler", { minReplicas: 2 }),
        ],
      },
      {
        title: "An autoscaler in another namespace",
        resources: [
          deployment("api", api, { metadata: { name: "api", namespace: "shop" } }),
          autoscaler("scaler", { minReplicas: 2 }, { namespace: "other" }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A number that comes from elsewhere",
        resources: [deployment("api", api, { spec: { replicas: ref<number>("sizing", "replicas") } })],
      },
      {
        title: "An autoscaler of what comes from elsewhere",
        resources: [
          deployment("api", api),
          autoscaler("scaler", { scaleTargetRef: { kind: "Deployment", name: ref("elsewhere", "name") } }),
        ],
      },
    ],
  },
});
