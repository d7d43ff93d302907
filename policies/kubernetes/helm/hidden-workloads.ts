import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { rule } from "../../rule";
import { attempt, text } from "../../value";

const release = (chart: string): ExampleResource => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "redis",
  props: { chart, version: "21.2.13", repositoryOpts: { repo: "https://charts.example.com" } },
});

export default rule({
  id: "kubernetes-helm-hidden-workloads",
  title: "What a Helm release deploys has been looked at by somebody.",
  severity: "low",
  why: "A `Release` hands its chart to Helm: no rule sees the workloads in it, whether they have limits, probes or root.",
  fix: "Use `helm.v4.Chart`, whose resources every rule judges, or review the chart's values and name it in `reviewed`.",
  links: [
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/choosing-the-right-helm-resource-for-your-use-case/",
  ],
  checklists: ["lexia", "api-assistant"],

  on: ["kubernetes:helm.sh/v3:Release"],
  config: z.strictObject({
    reviewed: z
      .array(z.string())
      .default([])
      .describe("Charts whose values somebody has reviewed, by their name."),
  }),

  check(props, { config }) {
    const chart = attempt(() => text(props.chart));
    const name = typeof chart === "string" ? chart.replace(/^.*\//, "") : undefined;
    if (name && config.reviewed.includes(name)) return;
    return `hides the workloads of ${name ? `the chart ${name}` : "its chart"} from every other rule`;
  },

  examples: {
    good: [
      {
        title: "A chart that somebody has reviewed",
        config: { reviewed: ["redis"] },
        resources: [release("oci://registry.example.com/charts/redis")],
      },
    ],
    bad: [
      { title: "A chart", resources: [release("redis")] },
      { title: "A chart that is not known yet", resources: [release(ref("elsewhere", "chart"))] },
    ],
  },
});
