import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { autoscaler, container, deployment } from "../../examples/kubernetes";
import { autoscalers, fewest } from "../../reading/autoscaler";
import { type BudgetSpec, budgets, budgetsOn } from "../../reading/disruption";
import { manifests } from "../../reading/manifest";
import { namespaces } from "../../reading/namespace";
import { pods } from "../../reading/workload";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { attempt, Unknown } from "../../value";

const api = { containers: [container("api")] };
const keeping = (spec: BudgetSpec): ExampleResource => ({
  type: "kubernetes:policy/v1:PodDisruptionBudget",
  name: "budget",
  props: { spec: { selector: { matchLabels: { app: "api" } }, ...spec } },
});
const counted = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:DeploymentList",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:StatefulSetList",
] as const;

export default rule({
  id: "kubernetes-availability-evictable",
  title: "A disruption budget lets at least one pod go.",
  severity: "high",
  why: "A budget that keeps every pod also keeps every node: none can be drained, and updates of the cluster hang or break it.",
  fix: "Set `maxUnavailable: 1`, or `minAvailable` below the number of pods.",
  links: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  controls: { kubeLinter: ["pdb-min-available", "pdb-max-unavailable"] },
  checklists: ["api-assistant"],

  on: [...budgets, "kubernetes:policy/v1:PodDisruptionBudgetPatch"],
  sees: [...counted, ...autoscalers, namespaces],
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [index, [name, manifest]] of [...manifests<BudgetSpec>(resource)].entries())
      yield [name, manifest instanceof Unknown ? manifest : { spec: manifest.spec, index }];
  },
  check({ spec, index }: { spec?: BudgetSpec; index: number }, { resource, stack }) {
    const { maxUnavailable: most, minAvailable: least } = spec ?? {};
    if (most !== undefined && most !== null)
      return /^0+%?$/.test(String(most)) ? `lets no pod go: maxUnavailable is ${most}` : undefined;
    if (least === undefined || least === null) return;
    const percent = /^(\d{1,3})%$/.exec(String(least))?.[1];
    if (Number(percent) >= 100) return `lets no pod go: minAvailable is ${least}`;
    const selected = selectedBy(resource as Resource, index, stack);
    if (selected === 0) return;
    const kept = percent === undefined ? Number(least) : Math.ceil((selected * Number(percent)) / 100);
    return kept >= selected
      ? `lets no pod go: minAvailable is ${least}, and ${selected === 1 ? "one pod runs" : `${selected} pods run`}`
      : undefined;
  },

  examples: {
    good: [
      { title: "One at a time", resources: [keeping({ maxUnavailable: 1 })] },
      {
        title: "Two of three",
        resources: [deployment("api", api, { spec: { replicas: 3 } }), keeping({ minAvailable: 2 })],
      },
      {
        title: "Half of the pods that an autoscaler leaves",
        resources: [
          deployment("api", api, { metadata: { name: "api" } }),
          autoscaler("scaler", { minReplicas: 2 }),
          keeping({ minAvailable: "50%" }),
        ],
      },
    ],
    bad: [
      { title: "No pod may go", resources: [keeping({ maxUnavailable: 0 })] },
      { title: "All pods must stay", resources: [keeping({ minAvailable: "100%" })] },
      {
        title: "As many as there are",
        resources: [deployment("api", api, { spec: { replicas: 2 } }), keeping({ minAvailable: 2 })],
      },
      {
        title: "The only one",
        resources: [deployment("api", api), keeping({ minAvailable: "50%" })],
      },
    ],
    undetermined: [
      {
        title: "A number of pods that comes from elsewhere",
        resources: [
          deployment("api", api, { spec: { replicas: ref<number>("sizing", "replicas") } }),
          keeping({ minAvailable: 2 }),
        ],
      },
    ],
  },
});

type Seen = Stack<(typeof budgets)[number] | (typeof counted)[number] | (typeof autoscalers)[number]>;

/** For each budget, how many pods of the stack it selects at least. */
const counts = new WeakMap<object, Map<string, number | Unknown>>();

function selectedBy(budget: Resource, index: number, stack: Seen): number {
  const known = counts.get(stack) ?? count(stack);
  counts.set(stack, known);
  const selected = known.get(key(budget, index)) ?? known.get("any") ?? 0;
  if (selected instanceof Unknown) throw selected;
  return selected;
}

const key = ({ urn }: Resource, index: number) => `${index} ${urn}`;

function count(stack: Seen): Map<string, number | Unknown> {
  const found = new Map<string, number | Unknown>();
  for (const resource of stack.all(...counted)) {
    const run = attempt(() => [...pods(resource)]);
    for (const [, pod] of run instanceof Unknown ? [] : run) {
      if (pod instanceof Unknown) continue;
      for (const budget of budgetsOn(pod, stack)) {
        if (budget instanceof Unknown) {
          found.set("any", budget);
          continue;
        }
        const at = key(budget.resource, budget.index);
        const before = found.get(at) ?? 0;
        const more = attempt(() => fewest(pod, stack));
        if (before instanceof Unknown) continue;
        found.set(at, more instanceof Unknown ? more : before + more);
      }
    }
  }
  return found;
}
