import { z } from "zod";
import { ref } from "../../example";
import { autoscaler, container, deployment } from "../../examples/kubernetes";
import { autoscalerOf, autoscalers } from "../../reading/autoscaler";
import { namespaces } from "../../reading/namespace";
import { mountsClaim, pods } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-scaling-autoscaler",
  title: "Deployments are scaled by their load.",
  severity: "medium",
  why: "A fixed number of pods is too small for the busy hour, or paid for all night.",
  fix: "Add a `HorizontalPodAutoscaler` (or a KEDA `ScaledObject`) whose `scaleTargetRef` names the deployment.",
  links: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],
  checklists: ["api-assistant", "foundational"],

  on: ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:DeploymentList"],
  sees: [...autoscalers, namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack }) {
    if (autoscalerOf(pod, stack)) return;
    // Of a controller that elects a leader, more pods only wait.
    if (pod.place.namespace === "kube-system") return notApplicable("is part of the cluster itself");
    if (mountsClaim(pod)) return notApplicable("keeps data that more pods would have to share");
    return "has no autoscaler";
  },

  examples: {
    good: [
      {
        title: "A controller of the cluster itself",
        resources: [
          deployment("cluster-autoscaler", api, {
            metadata: { namespace: "kube-system" },
            spec: { replicas: 2 },
          }),
        ],
      },
      {
        title: "An autoscaler by reference, in a namespace by reference",
        resources: [
          { type: "kubernetes:core/v1:Namespace", name: "shop", props: {} },
          deployment("api", api, { metadata: { namespace: ref("shop", "metadata.name") } }),
          autoscaler(
            "scaler",
            { scaleTargetRef: { kind: "Deployment", name: ref("api", "metadata.name") } },
            { namespace: ref("shop", "metadata.name") },
          ),
        ],
      },
      {
        title: "The first version of the API",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          {
            type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
            name: "scaler",
            props: { spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, maxReplicas: 5 } },
          },
        ],
      },
      {
        title: "Nothing that more pods would help: they would share one volume",
        resources: [
          deployment("wiki", {
            ...api,
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "wiki" } }],
          }),
        ],
      },
    ],
    bad: [
      { title: "None", resources: [deployment("api", api, { spec: { replicas: 3 } })] },
      {
        title: "One for a stateful set of the same name",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          autoscaler("scaler", { scaleTargetRef: { kind: "StatefulSet", name: "api" } }),
        ],
      },
    ],
  },
});
