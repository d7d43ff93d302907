import { z } from "zod";
import { ref } from "../../example";
import { deployment } from "../../examples/kubernetes";
import { literals } from "../../reading/gpu";
import { containers, patches, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { items, text, Unknown } from "../../value";

const variables = ["GPU_MEMORY_UTIL", "GPU_MEMORY_UTILIZATION", "VLLM_GPU_MEMORY_UTILIZATION"];
const llm = (more: object) => [
  deployment("llm", { containers: [{ name: "llm", image: "vllm/vllm-openai:v0.11.0", ...more }] }),
];

export default rule({
  id: "kubernetes-gpu-memory-share",
  title: "A model server leaves a part of its GPU's memory free.",
  severity: "low",
  why: "A server that takes all of the GPU's memory for its cache has none left for a long request, and dies with it.",
  fix: "Set `GPU_MEMORY_UTIL` (`--gpu-memory-utilization`) to at most 0.9.",
  links: ["https://docs.vllm.ai/en/latest/configuration/conserving_memory.html"],
  checklists: ["lexia"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    most: z.number().positive().max(1).default(0.9).describe("The largest part of the GPU's memory to use."),
  }),

  each: (_, { resource }) => containers(resource),
  check({ spec }, { config }) {
    const shares = [
      ...fromEnvironment(spec.env),
      ...fromArguments([...items(spec.command), ...items(spec.args)]),
    ];
    let open: Unknown | undefined;
    for (const share of shares) {
      if (share instanceof Unknown) open ??= share;
      else if (share > config.most) return `uses ${share} of its GPU's memory; ${config.most} is the most`;
    }
    if (open) throw open;
    if (shares.length === 0) return notApplicable("does not say how much of a GPU's memory it uses");
  },

  examples: {
    good: [
      { title: "0.9", resources: llm({ env: [{ name: "GPU_MEMORY_UTIL", value: "0.9" }] }) },
      {
        title: "As an argument that leaves room",
        resources: llm({ args: ["--gpu-memory-utilization", "0.85"] }),
      },
      { title: "Nothing said", resources: llm({}) },
    ],
    bad: [
      { title: "0.98", resources: llm({ env: [{ name: "GPU_MEMORY_UTIL", value: "0.98" }] }) },
      { title: "As an argument", resources: llm({ args: ["serve", "--gpu-memory-utilization=0.95"] }) },
      { title: "In percent", resources: llm({ env: [{ name: "GPU_MEMORY_UTILIZATION", value: "95" }] }) },
    ],
    undetermined: [
      {
        title: "A value that is not known yet",
        resources: llm({ env: [{ name: "GPU_MEMORY_UTIL", value: ref("elsewhere") }] }),
      },
    ],
  },
});

function fromEnvironment(env: unknown): (number | Unknown)[] {
  return literals(env).flatMap(([name, value]) => (variables.includes(name) ? share(value) : []));
}

function fromArguments(words: readonly unknown[]): (number | Unknown)[] {
  return words.flatMap((word, i) => {
    const [, value] = /^--gpu-memory-utilization(?:=(.*))?$/s.exec(text(word) ?? "") ?? [];
    if (value !== undefined) return share(value);
    return word === "--gpu-memory-utilization" ? share(words[i + 1]) : [];
  });
}

/** A part of 1; above that, it was meant in percent. */
function share(value: unknown): (number | Unknown)[] {
  if (value instanceof Unknown) return [value];
  const number = Number(text(value)?.trim() || Number.NaN);
  return Number.isNaN(number) ? [] : [number > 1 ? number / 100 : number];
}
