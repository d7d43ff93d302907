import { z } from "zod";
import { ref } from "../../example";
import { deployment } from "../../examples/kubernetes";
import { gpuResources } from "../../reading/gpu";
import { quantity } from "../../reading/quantity";
import { containers, patches, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

const inference = (resources: { limits?: Record<string, string>; requests?: Record<string, string> }) => [
  deployment("inference", {
    containers: [{ name: "inference", image: "registry.example.com/inference:1.4.2", resources }],
  }),
];

export default rule({
  id: "kubernetes-gpu-whole",
  title: "A container's GPUs are whole, and its request is its limit.",
  severity: "medium",
  why: "Kubernetes shares no GPU between containers: a part of one, or a request that is not the limit, is refused.",
  fix: "Write a whole number under `resources.limits`, and the same or nothing under `requests`.",
  links: ["https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/"],
  checklists: ["lexia"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check({ spec, pod }) {
    const names = gpuResources(spec);
    if (names.length === 0) return notApplicable("counts no GPU");
    const { limits = {}, requests = {} } = spec.resources ?? {};
    for (const name of names) {
      if (!isSet(limits, name)) {
        if (pod.partial) continue;
        return `requests ${name} without a limit for it`;
      }
      const limit = quantity(limits[name]);
      if (limit === undefined || !Number.isInteger(limit))
        return `has a limit for ${name} that is no whole number`;
      if (isSet(requests, name) && quantity(requests[name]) !== limit)
        return `requests another number of ${name} than its limit`;
    }
  },

  examples: {
    good: [
      { title: "One", resources: inference({ limits: { "nvidia.com/gpu": "1" } }) },
      {
        title: "Two, requested and limited",
        resources: inference({ limits: { "nvidia.com/gpu": "2" }, requests: { "nvidia.com/gpu": "2" } }),
      },
      { title: "None", resources: inference({ limits: { memory: "1Gi" } }) },
    ],
    bad: [
      { title: "A half", resources: inference({ limits: { "nvidia.com/gpu": "500m" } }) },
      { title: "A request alone", resources: inference({ requests: { "nvidia.com/mig-1g.5gb": "1" } }) },
      {
        title: "A request that is not the limit",
        resources: inference({ limits: { "nvidia.com/gpu": "2" }, requests: { "nvidia.com/gpu": "1" } }),
      },
    ],
    undetermined: [
      {
        title: "A number that is not known yet",
        resources: inference({ limits: { "nvidia.com/gpu": ref("elsewhere") } }),
      },
    ],
  },
});
