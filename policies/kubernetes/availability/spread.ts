import { z } from "zod";
import { ref } from "../../example";
import { container, deployment } from "../../examples/kubernetes";
import { autoscalers, runsSeveral } from "../../reading/autoscaler";
import { namespaces } from "../../reading/namespace";
import { type Selector, selects } from "../../reading/selector";
import { type Pod, pods } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { attempt, items, some, Unknown } from "../../value";

const api = { containers: [container("api")] };
const own = { labelSelector: { matchLabels: { app: "api" } } };
const twice = { spec: { replicas: 2 } };

export default rule({
  id: "kubernetes-availability-spread",
  title: "The pods of a service are spread over nodes or zones.",
  severity: "low",
  why: "Two pods on one node are one outage: nothing but a rule keeps the scheduler from putting them there.",
  fix: "Add `topologySpreadConstraints`, or a `podAntiAffinity`, whose label selector selects the workload's own pods.",
  links: ["https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"],
  controls: { kubeLinter: ["no-anti-affinity"] },
  checklists: ["api-assistant"],

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
    const spread = attempt(() =>
      some([constraints, required, preferred], (terms) => separates(terms(pod), pod)),
    );
    if (spread === true) return;
    if (!runsSeveral(pod, stack)) return notApplicable("runs one pod");
    if (spread !== false) throw spread;
    return "has nothing that keeps its pods apart";
  },

  examples: {
    good: [
      {
        title: "Spread over zones",
        resources: [
          deployment(
            "api",
            {
              ...api,
              topologySpreadConstraints: [
                {
                  maxSkew: 1,
                  topologyKey: "topology.kubernetes.io/zone",
                  whenUnsatisfiable: "ScheduleAnyway",
                  ...own,
                },
              ],
            },
            twice,
          ),
        ],
      },
      {
        title: "Kept apart by nodes, where that is possible",
        resources: [
          deployment(
            "api",
            {
              ...api,
              affinity: {
                podAntiAffinity: {
                  preferredDuringSchedulingIgnoredDuringExecution: [
                    { weight: 100, podAffinityTerm: { topologyKey: "kubernetes.io/hostname", ...own } },
                  ],
                },
              },
            },
            twice,
          ),
        ],
      },
      { title: "One pod", resources: [deployment("api", api)] },
    ],
    bad: [
      { title: "Nothing", resources: [deployment("api", api, twice)] },
      {
        title: "Kept apart from others",
        resources: [
          deployment(
            "api",
            {
              ...api,
              affinity: {
                podAntiAffinity: {
                  requiredDuringSchedulingIgnoredDuringExecution: [
                    {
                      topologyKey: "kubernetes.io/hostname",
                      labelSelector: { matchLabels: { app: "batch" } },
                    },
                  ],
                },
              },
            },
            twice,
          ),
        ],
      },
    ],
    undetermined: [
      {
        title: "Constraints that come from elsewhere",
        resources: [
          deployment("api", { ...api, topologySpreadConstraints: ref<[]>("settings", "constraints") }, twice),
        ],
      },
    ],
  },
});

interface Term {
  labelSelector?: Selector;
}
type Terms = readonly (Term | undefined | Unknown)[];

const constraints = ({ spec }: Pod): Terms => items(spec.topologySpreadConstraints);
const required = ({ spec }: Pod): Terms =>
  items(spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution);
const preferred = ({ spec }: Pod): Terms =>
  items(spec.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution).map((term) =>
    term instanceof Unknown ? term : attempt(() => term?.podAffinityTerm),
  );

/** Without a selector a term is about no pods at all. */
const separates = (terms: Terms, pod: Pod): boolean =>
  some(terms, (term) => {
    const selector = term?.labelSelector;
    return typeof selector === "object" && selector !== null && selects(selector, pod.labels);
  });
