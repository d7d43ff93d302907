import { z } from "zod";
import { container, deployment } from "../../examples/kubernetes";
import { amounts } from "../../reading/limits";
import { type Container, containers, patches, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { Unknown } from "../../value";

const bounded = (requests: Record<string, string>, limits: Record<string, string>) =>
  deployment("api", { containers: [container("api", { resources: { requests, limits } })] });

export default rule({
  id: "kubernetes-resources-limit-ratio",
  title: "A container's limit is not far above its request.",
  severity: "low",
  why: "Nodes are filled by requests: where containers may use many times what they ask for, a busy hour overcommits the node.",
  fix: "Bring `resources.requests` nearer to `resources.limits`.",
  links: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  checklists: ["foundational"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    ratio: z.number().min(1).default(10).describe("How many times its request a limit may be."),
  }),

  *each(_, { resource }) {
    for (const [name, container] of containers(resource)) {
      for (const what of ["cpu", "memory"])
        yield [`${name}, ${what}`, container instanceof Unknown ? container : { container, what }];
    }
  },
  check({ container, what }: { container: Container; what: string }, { config }) {
    const [request, limit] = [own(container, "requests", what), own(container, "limits", what)];
    if (!request || !limit) return;
    if (request > limit) return "has a request above its limit";
    const times = Math.round((limit / request) * 10) / 10;
    return limit / request > config.ratio
      ? `has a limit of ${times} times its request; ${config.ratio} times is the most`
      : undefined;
  },

  examples: {
    good: [
      { title: "Twice the request", resources: [bounded({ cpu: "250m" }, { cpu: "500m" })] },
      { title: "A limit alone is its own request", resources: [bounded({}, { memory: "1Gi" })] },
      { title: "A request alone has no ratio", resources: [bounded({ memory: "1Gi" }, {})] },
    ],
    bad: [
      { title: "Twenty times the request", resources: [bounded({ cpu: "100m" }, { cpu: "2" })] },
      { title: "More than the limit", resources: [bounded({ memory: "2Gi" }, { memory: "1Gi" })] },
    ],
  },
});

function own(container: Container, side: "requests" | "limits", what: string): number | undefined {
  const [amount] = amounts(container, side, what);
  if (amount instanceof Unknown) throw amount;
  return amount;
}
