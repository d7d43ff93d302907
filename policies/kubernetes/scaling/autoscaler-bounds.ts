import { z } from "zod";
import { ref } from "../../example";
import { autoscaler } from "../../examples/kubernetes";
import { horizontal } from "../../reading/autoscaler";
import { manifests } from "../../reading/manifest";
import { rule } from "../../rule";

interface Spec {
  minReplicas?: number;
  maxReplicas?: number;
}

export default rule({
  id: "kubernetes-scaling-autoscaler-bounds",
  title: "Autoscalers leave two pods at least, and have room above.",
  severity: "medium",
  why: "An autoscaler that may leave one pod makes an outage of its crash; one whose maximum is its minimum scales nothing.",
  fix: "Set `minReplicas` to 2 or more and `maxReplicas` above it.",
  links: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],
  controls: { kubeLinter: ["hpa-minimum-three-replicas"] },
  checklists: ["api-assistant", "foundational"],

  on: horizontal,
  config: z.strictObject({
    minimum: z.int().min(1).default(2).describe("The fewest pods that it may leave."),
  }),

  each: (_, { resource }) => manifests<Spec>(resource),
  check({ spec }, { config }) {
    const min = Number(spec?.minReplicas ?? 1);
    if (min < config.minimum)
      return `may leave ${min === 1 ? "one pod" : `${min} pods`}; ${config.minimum} are required`;
    const max = Number(spec?.maxReplicas);
    return max <= min ? `has room for no more than its minimum of ${min} pods` : undefined;
  },

  examples: {
    good: [{ title: "Two to ten", resources: [autoscaler("scaler", { minReplicas: 2, maxReplicas: 10 })] }],
    bad: [
      { title: "The default minimum is one", resources: [autoscaler("scaler", {})] },
      { title: "No room", resources: [autoscaler("scaler", { minReplicas: 3, maxReplicas: 3 })] },
      {
        title: "The first version of the API",
        resources: [
          {
            type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
            name: "scaler",
            props: {
              spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, minReplicas: 1, maxReplicas: 5 },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A minimum that comes from elsewhere",
        resources: [autoscaler("scaler", { minReplicas: ref<number>("sizing", "least") })],
      },
    ],
  },
});
