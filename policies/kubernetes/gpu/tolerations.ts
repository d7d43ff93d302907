import { z } from "zod";
import { ref } from "../../example";
import { asksForGpu } from "../../reading/gpu";
import { containersOf, patches, pods, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { items, some } from "../../value";

const gpu = { limits: { "nvidia.com/gpu": "1" } };
const image = "example/inference:1.4.0";

export default rule({
  id: "kubernetes-gpu-tolerations",
  title: "Pods that ask for a GPU tolerate the taint of GPU nodes.",
  severity: "medium",
  why: "GPU nodes are tainted to keep other pods away: a GPU pod that does not tolerate the taint stays pending for ever.",
  fix: 'Add `{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }` to the pod\'s `tolerations`.',
  links: ["https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"],
  checklists: ["lexia"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    keys: z
      .array(z.string().min(1))
      .default(["nvidia.com/gpu"])
      .describe("Taint keys of the GPU nodes, of which one must be tolerated."),
  }),

  *each(_, { resource }) {
    yield* pods(resource);
  },
  check(pod, { config }) {
    if (pod.partial) return notApplicable("changes a workload that something else made");
    const containers = Array.from(containersOf(pod), ([, container]) => container);
    if (!some(containers, ({ spec }) => asksForGpu(spec))) return notApplicable("asks for no GPU");
    const tolerates = some(items(pod.spec.tolerations), (toleration) => {
      const { key, operator, effect } = toleration ?? {};
      if (effect && effect !== "NoSchedule") return false;
      return key ? config.keys.includes(key) : operator === "Exists";
    });
    if (!tolerates) return `asks for a GPU and does not tolerate the taint ${config.keys.join(" or ")}`;
  },

  examples: {
    good: [
      {
        title: "The taint is tolerated",
        resources: [
          {
            type: "kubernetes:apps/v1:Deployment",
            name: "inference",
            props: {
              spec: {
                selector: {},
                template: {
                  spec: {
                    containers: [{ name: "inference", image, resources: gpu }],
                    tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
                  },
                },
              },
            },
          },
        ],
      },
      {
        title: "Every taint is tolerated",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "inference",
            props: {
              spec: {
                containers: [
                  {
                    name: "inference",
                    image,
                    resources: { limits: { "nvidia.com/mig-1g.5gb": 1 as never } },
                  },
                ],
                tolerations: [{ operator: "Exists" }],
              },
            },
          },
        ],
      },
      {
        title: "A pod without a GPU",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "api",
            props: { spec: { containers: [{ name: "api", image }] } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No toleration",
        resources: [
          {
            type: "kubernetes:batch/v1:Job",
            name: "training",
            props: {
              spec: { template: { spec: { containers: [{ name: "training", image, resources: gpu }] } } },
            },
          },
        ],
      },
      {
        title: "Another taint, or another effect of it",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "inference",
            props: {
              spec: {
                containers: [{ name: "inference", image, resources: gpu }],
                tolerations: [
                  { key: "spot", operator: "Exists" },
                  { key: "nvidia.com/gpu", operator: "Exists", effect: "NoExecute" },
                ],
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Tolerations that are not known yet",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "inference",
            props: {
              spec: {
                containers: [{ name: "inference", image, resources: gpu }],
                tolerations: [{ key: ref("elsewhere"), operator: "Exists" }],
              },
            },
          },
        ],
      },
    ],
  },
});
