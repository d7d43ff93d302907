import { z } from "zod";
import { ref } from "../../example";
import { autoscaler } from "../../examples/kubernetes";
import { horizontal } from "../../reading/autoscaler";
import { manifests } from "../../reading/manifest";
import { rule } from "../../rule";
import { items, list, peek, Unknown } from "../../value";

interface Target {
  type?: string;
  averageUtilization?: number;
}
interface Metric {
  type?: string;
  resource?: { name?: string; target?: Target };
  containerResource?: { name?: string; target?: Target };
}
interface Spec {
  metrics?: Metric[];
  targetCPUUtilizationPercentage?: number;
}
type Goal = () => { name: string; percent: number } | undefined;

const scalingOn = (name: string, averageUtilization: number) =>
  autoscaler("scaler", {
    metrics: [{ type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization } } }],
  });

export default rule({
  id: "kubernetes-scaling-autoscaler-targets",
  title: "Autoscalers act before CPU and memory run out.",
  severity: "medium",
  why: "New pods take a while to start: an autoscaler that waits for 90 % comes too late, and slow answers become none.",
  fix: "Set a target of at most 70 % for CPU and 80 % for memory. Without metrics the default is 80 % CPU.",
  links: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"],
  checklists: ["api-assistant", "foundational"],

  on: horizontal,
  config: z.strictObject({
    cpu: z
      .number()
      .positive()
      .default(70)
      .describe("The highest average use of CPU, in percent of what is asked for."),
    memory: z.number().positive().default(80).describe("The highest average use of memory, in percent."),
  }),

  *each(_, { resource }) {
    const isFirst = resource.type.startsWith("kubernetes:autoscaling/v1:");
    for (const [name, manifest] of manifests<Spec>(resource)) {
      const spec = manifest instanceof Unknown ? manifest : (peek(manifest, "spec") ?? {});
      if (spec instanceof Unknown) yield [name, spec];
      else
        for (const [part, goal] of isFirst ? [cpuOf(spec)] : goals(spec))
          yield [[name, part].filter(Boolean).join(", "), goal];
    }
  },
  check(goal: Goal, { config }) {
    const { name, percent } = goal() ?? {};
    const most = name === "cpu" ? config.cpu : name === "memory" ? config.memory : Number.POSITIVE_INFINITY;
    return Number(percent) > most ? `waits for ${percent} % ${name}; ${most} % is the most` : undefined;
  },

  examples: {
    good: [
      { title: "70 % CPU", resources: [scalingOn("cpu", 70)] },
      { title: "80 % memory", resources: [scalingOn("memory", 80)] },
      {
        title: "The length of a queue is no percentage",
        resources: [
          autoscaler("scaler", {
            metrics: [
              {
                type: "External",
                external: {
                  metric: { name: "queue_length" },
                  target: { type: "AverageValue", averageValue: "30" },
                },
              },
            ],
          }),
        ],
      },
    ],
    bad: [
      { title: "90 % CPU", resources: [scalingOn("cpu", 90)] },
      { title: "95 % memory", resources: [scalingOn("memory", 95)] },
      { title: "No metrics: 80 % CPU", resources: [autoscaler("scaler", {})] },
      {
        title: "The first version of the API, whose default is the same",
        resources: [
          {
            type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
            name: "scaler",
            props: { spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, maxReplicas: 5 } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A target that comes from elsewhere",
        resources: [scalingOn("cpu", ref<number>("sizing", "cpu"))],
      },
    ],
  },
});

/** What Kubernetes scales on where nothing is written. */
const byDefault = 80;

const cpuOf = (spec: Spec): readonly [string, Goal] => [
  "CPU",
  () => ({ name: "cpu", percent: Number(spec.targetCPUUtilizationPercentage ?? byDefault) }),
];

function* goals(spec: Spec): Iterable<readonly [string, Goal | Unknown]> {
  const metrics = peek(spec, "metrics");
  if (metrics instanceof Unknown) yield ["metrics", metrics];
  else if (list(metrics).length === 0) yield ["CPU", () => ({ name: "cpu", percent: byDefault })];
  for (const [i, metric] of (metrics instanceof Unknown ? [] : items(metrics)).entries())
    yield [`metric ${i + 1}`, metric instanceof Unknown ? metric : () => goalOf(metric)];
}

function goalOf(metric: Metric): ReturnType<Goal> {
  const { name, target } = metric?.resource ?? metric?.containerResource ?? {};
  const percent = target?.averageUtilization;
  return name && percent !== undefined && percent !== null ? { name, percent: Number(percent) } : undefined;
}
