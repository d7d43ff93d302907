import { z } from "zod";
import { ref } from "../../example";
import { deployment } from "../../examples/kubernetes";
import { working } from "../../reading/gpu";
import { placeOf, together } from "../../reading/namespace";
import { quantity } from "../../reading/quantity";
import { type Pod, pods, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { peek, Unknown } from "../../value";

const quotas = "kubernetes:core/v1:ResourceQuota";
const inNamespace = (namespace: string, replicas: number, gpus = "1") =>
  deployment(
    "inference",
    {
      containers: [
        {
          name: "inference",
          image: "registry.example.com/inference:1.4.2",
          resources: { limits: { "nvidia.com/gpu": gpus } },
        },
      ],
    },
    { metadata: { namespace }, spec: { replicas } },
  );
const quota = (namespace: string, hard: Record<string, string>) =>
  ({ type: quotas, name: "quota", props: { metadata: { namespace }, spec: { hard } } }) as const;

export default rule({
  id: "kubernetes-gpu-quota",
  title: "A quota for GPUs has room for the pods that the stack runs.",
  severity: "medium",
  why: "A pod beyond the quota is never created: the Deployment stays short of replicas, and its next version never starts.",
  fix: "Raise `requests.nvidia.com/gpu` in the quota to the GPUs of all replicas, with room for one more while versions change.",
  links: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],
  checklists: ["lexia"],

  on: [quotas],
  sees: workloads,
  config: z.strictObject({
    spare: z.number().int().nonnegative().default(0).describe("GPUs that must be left over."),
  }),

  *each({ spec }) {
    const hard = spec?.hard;
    if (typeof hard !== "object" || hard === null) return;
    for (const key of Object.keys(hard)) {
      if (/^requests\.nvidia\.com\/(gpu|mig-.+)$/.test(key)) yield [key, { key, hard }] as const;
    }
  },
  check({ key, hard }, { resource, stack, config }) {
    const allowed = quantity(hard[key]);
    if (allowed === undefined) return `is no number of GPUs`;
    const here = placeOf(resource, resource.props.metadata);
    let needed = config.spare;
    let possible = 0;
    let open: Unknown | undefined;
    for (const workload of stack.all(...workloads)) {
      for (const [, pod] of pods(workload)) {
        if (pod instanceof Unknown) continue;
        const gpus = gpusOf(pod, key.slice("requests.".length));
        if (gpus === 0) continue;
        const same = together(here, placeOf(workload, pod.workload.metadata));
        if (same === true) needed += gpus;
        if (!(same instanceof Unknown)) continue;
        possible += gpus;
        open ??= same;
      }
    }
    if (needed > allowed) return `allows ${allowed}; ${needed} are needed`;
    if (open && needed + possible > allowed) throw open;
  },

  examples: {
    good: [
      {
        title: "Room for both replicas",
        resources: [quota("models", { "requests.nvidia.com/gpu": "3" }), inNamespace("models", 2)],
      },
      {
        title: "The pods of another namespace",
        resources: [quota("models", { "requests.nvidia.com/gpu": "1" }), inNamespace("training", 4)],
      },
      {
        title: "A quota for something else",
        resources: [quota("models", { "requests.cpu": "1" }), inNamespace("models", 4)],
      },
    ],
    bad: [
      {
        title: "Room for one of two replicas",
        resources: [quota("models", { "requests.nvidia.com/gpu": "1" }), inNamespace("models", 2)],
      },
      {
        title: "No room for a new version",
        config: { spare: 1 },
        resources: [quota("models", { "requests.nvidia.com/gpu": "4" }), inNamespace("models", 2, "2")],
      },
    ],
    undetermined: [
      {
        title: "Pods of a namespace that is not known yet",
        resources: [quota("models", { "requests.nvidia.com/gpu": "1" }), inNamespace(ref("elsewhere"), 2)],
      },
    ],
  },
});

/** The GPUs of all pods of a workload. On how many nodes a DaemonSet runs cannot be told. */
function gpusOf(pod: Pod, name: string): number {
  if (pod.kind === "DaemonSet") return 0;
  const each = working(pod).reduce((sum, container) => {
    if (container instanceof Unknown) return sum;
    const { limits, requests } = container.spec.resources ?? {};
    return sum + (quantity(limits?.[name] ?? requests?.[name]) ?? 0);
  }, 0);
  if (each === 0) return 0;
  const spec = pod.workload.spec as { replicas?: number; parallelism?: number };
  const replicas = peek(spec, pod.kind === "Job" ? "parallelism" : "replicas") ?? 1;
  if (replicas instanceof Unknown) throw replicas;
  return pod.kind === "Pod" || pod.kind === "CronJob" ? each : each * Number(replicas);
}
