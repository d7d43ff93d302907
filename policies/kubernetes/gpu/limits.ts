import { z } from "zod";
import { ref } from "../../example";
import { daemonSet, deployment } from "../../examples/kubernetes";
import {
  asksForAccelerator,
  gpuWords,
  isForGpu,
  literals,
  needsGpu,
  showsGpu,
  working,
} from "../../reading/gpu";
import { type Container, patches, pods, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { peek, some, text, Unknown } from "../../value";

const vllm = { name: "llm", image: "vllm/vllm-openai:v0.11.0" };
const gpu = { limits: { "nvidia.com/gpu": "1" } };

export default rule({
  id: "kubernetes-gpu-limits",
  title: "Containers that compute on a GPU ask for one.",
  severity: "medium",
  why: "Kubernetes gives a GPU only to a container that has a limit for it: without one, the model runs on the CPU, or crashes at its start.",
  fix: 'Add `"nvidia.com/gpu": 1` (or a `nvidia.com/mig-…` slice) to `resources.limits`.',
  links: ["https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/"],
  checklists: ["lexia"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    words: z
      .array(z.string().min(1))
      .default(gpuWords)
      .describe("Words in the name or tag of an image that say that it computes on a GPU."),
  }),

  *each(_, { resource }) {
    yield* pods(resource);
  },
  check(pod, { config }) {
    if (pod.partial) return notApplicable("changes a workload that something else made");
    if (pod.kind === "DaemonSet") return notApplicable("is an agent of the nodes");
    const containers = working(pod);
    for (const container of containers) {
      if (container instanceof Unknown || !computes(container, config.words)) continue;
      if (!asksForAccelerator(container.spec))
        return `runs ${text(peek(container.spec, "image")) ?? "a container"}, which computes on a GPU, and asks for none`;
    }
    if (some(containers, ({ spec }) => asksForAccelerator(spec))) return;
    if (isForGpu(pod)) return "is GPU work by its nodes or labels, and none of its containers asks for a GPU";
    return notApplicable("does not compute on a GPU, as far as its images and labels say");
  },

  examples: {
    good: [
      {
        title: "A GPU for the model",
        resources: [deployment("llm", { containers: [{ ...vllm, resources: gpu }] })],
      },
      {
        title: "A slice of one",
        resources: [
          deployment("embeddings", {
            containers: [
              {
                name: "embeddings",
                image: "nvcr.io/nvidia/tritonserver:25.09-py3",
                resources: { limits: { "nvidia.com/mig-1g.10gb": "1" } },
              },
            ],
          }),
        ],
      },
      {
        title: "A claim, and a GPU of AMD",
        resources: [
          deployment("llm", { containers: [{ ...vllm, resources: { claims: [{ name: "gpu" }] } }] }),
          deployment("amd", { containers: [{ ...vllm, resources: { limits: { "amd.com/gpu": "1" } } }] }),
        ],
      },
      {
        title: "Containers that compute on no GPU, and an exporter of its metrics",
        resources: [
          deployment("api", { containers: [{ name: "api", image: "registry.example.com/api:1.4.2" }] }),
          deployment("desktop", {
            nodeSelector: { "node.kubernetes.io/instance-type": "g4ad.xlarge" },
            containers: [{ name: "desktop", image: "registry.example.com/desktop:1.4.2" }],
          }),
          deployment("cpu", { containers: [{ name: "llm", image: "vllm/vllm-cpu:v0.11.0" }] }),
          daemonSet("metrics", {
            containers: [{ name: "dcgm", image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.4.1" }],
          }),
        ],
      },
    ],
    bad: [
      { title: "A model server without a GPU", resources: [deployment("llm", { containers: [vllm] })] },
      {
        title: "An image for CUDA, beside a container that has the GPU",
        resources: [
          deployment("llm", {
            containers: [
              { ...vllm, resources: gpu },
              { name: "speech", image: "registry.example.com/whisper:1.2-cuda12.6" },
            ],
          }),
        ],
      },
      {
        title: "Pods for GPU nodes",
        resources: [
          deployment("training", {
            nodeSelector: { "node.kubernetes.io/instance-type": "p5.48xlarge" },
            containers: [{ name: "training", image: "registry.example.com/training:1.4.2" }],
          }),
          deployment("inference", {
            nodeSelector: { "nvidia.com/gpu.present": "true" },
            containers: [{ name: "inference", image: "registry.example.com/inference:1.4.2" }],
          }),
        ],
      },
      {
        title: "A GPU shown past Kubernetes",
        resources: [
          deployment("inference", {
            containers: [
              {
                name: "inference",
                image: "registry.example.com/inference:1.4.2",
                env: [{ name: "NVIDIA_VISIBLE_DEVICES", value: "all" }],
              },
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "Resources that are not known yet",
        resources: [deployment("llm", { containers: [{ ...vllm, resources: ref<never>("elsewhere") }] })],
      },
    ],
  },
});

function computes({ spec }: Container, words: readonly string[]): boolean {
  if (needsGpu(peek(spec, "image"), words)) return true;
  return literals(peek(spec, "env")).some(
    ([name, value]) => name === "NVIDIA_VISIBLE_DEVICES" && showsGpu(value),
  );
}
