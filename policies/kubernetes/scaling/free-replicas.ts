import { z } from "zod";
import { autoscaler, container, deployment } from "../../examples/kubernetes";
import { autoscalerOf, autoscalers } from "../../reading/autoscaler";
import { namespaces } from "../../reading/namespace";
import { pods } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-scaling-free-replicas",
  title: "What an autoscaler scales has no number of its own.",
  severity: "low",
  why: "Every deployment sets the number back, in the middle of the busy hour, and the autoscaler starts over.",
  fix: "Remove `replicas` where an autoscaler sets it.",
  links: [
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
  ],
  checklists: ["api-assistant", "foundational"],

  on: [
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DeploymentList",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:StatefulSetList",
  ],
  sees: [...autoscalers, namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack }) {
    if (!isSet(pod.workload.spec as { replicas?: number } | undefined, "replicas")) return;
    if (isSet(pod.metadata, "uid"))
      return notApplicable("is read back from the cluster, which fills the number in");
    return autoscalerOf(pod, stack) ? "has a fixed number of pods and an autoscaler" : undefined;
  },

  examples: {
    good: [
      {
        title: "The number is left to the autoscaler",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          autoscaler("scaler", { minReplicas: 2 }),
        ],
      },
      {
        title: "A number, and no autoscaler",
        resources: [deployment("api", api, { spec: { replicas: 3 } })],
      },
    ],
    bad: [
      {
        title: "Both",
        resources: [
          deployment("api", api, { metadata: { name: "api" }, spec: { replicas: 3 } }),
          autoscaler("scaler", { minReplicas: 2 }),
        ],
      },
      {
        title: "KEDA makes an autoscaler, too",
        resources: [
          deployment("api", api, { metadata: { name: "api" }, spec: { replicas: 1 } }),
          {
            type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
            name: "scaler",
            props: { spec: { scaleTargetRef: { name: "api" } } },
          },
        ],
      },
    ],
  },
});
