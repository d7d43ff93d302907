import { z } from "zod";
import { ref } from "../../example";
import { autoscaler, container, deployment, statefulSet } from "../../examples/kubernetes";
import { autoscalers, runsSeveral } from "../../reading/autoscaler";
import { budgets, budgetsOn } from "../../reading/disruption";
import { namespaces } from "../../reading/namespace";
import { pods } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { attempt, some } from "../../value";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-availability-disruption-budget",
  title: "A disruption budget keeps some pods of every service.",
  severity: "medium",
  why: "When nodes are drained for an update, Kubernetes may take all pods of a service at once, unless a budget says how many must stay.",
  fix: "Add a `PodDisruptionBudget` to the workload's namespace whose selector selects its pods.",
  links: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  checklists: ["api-assistant"],

  on: [
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DeploymentList",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:StatefulSetList",
  ],
  sees: [...budgets, ...autoscalers, namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack }) {
    const kept = attempt(() => some(budgetsOn(pod, stack), () => true));
    if (kept === true) return;
    if (!runsSeveral(pod, stack)) return notApplicable("runs one pod, which no budget can keep");
    if (kept !== false) throw kept;
    return "is kept by no disruption budget";
  },

  examples: {
    good: [
      {
        title: "A budget that selects its pods",
        resources: [
          deployment("api", api, { spec: { replicas: 3 } }),
          {
            type: "kubernetes:policy/v1:PodDisruptionBudget",
            name: "api",
            props: { spec: { maxUnavailable: 1, selector: { matchLabels: { app: "api" } } } },
          },
        ],
      },
      {
        title: "By an expression, in a namespace by reference",
        resources: [
          { type: "kubernetes:core/v1:Namespace", name: "shop", props: {} },
          statefulSet("db", api, {
            metadata: { namespace: ref("shop", "metadata.name") },
            spec: { replicas: 3 },
          }),
          {
            type: "kubernetes:policy/v1:PodDisruptionBudget",
            name: "db",
            props: {
              metadata: { namespace: ref("shop", "metadata.name") },
              spec: {
                minAvailable: 2,
                selector: { matchExpressions: [{ key: "app", operator: "In", values: ["db", "cache"] }] },
              },
            },
          },
        ],
      },
      { title: "One pod", resources: [deployment("api", api, { spec: { replicas: 1 } })] },
    ],
    bad: [
      { title: "None", resources: [deployment("api", api, { spec: { replicas: 3 } })] },
      {
        title: "One for other pods, and one that selects none",
        resources: [
          deployment("api", api, { spec: { replicas: 3 } }),
          {
            type: "kubernetes:policy/v1:PodDisruptionBudget",
            name: "web",
            props: { spec: { maxUnavailable: 1, selector: { matchLabels: { app: "web" } } } },
          },
          {
            type: "kubernetes:policy/v1:PodDisruptionBudget",
            name: "nothing",
            props: { spec: { maxUnavailable: 1 } },
          },
        ],
      },
      {
        title: "A service that is scaled",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          autoscaler("scaler", { minReplicas: 2 }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A budget whose labels come from elsewhere",
        resources: [
          deployment("api", api, { spec: { replicas: 3 } }),
          {
            type: "kubernetes:policy/v1:PodDisruptionBudget",
            name: "api",
            props: {
              spec: { maxUnavailable: 1, selector: { matchLabels: { app: ref("elsewhere", "app") } } },
            },
          },
        ],
      },
    ],
  },
});
