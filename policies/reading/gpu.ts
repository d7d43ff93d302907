import { isSet, items, list, peek, some, text, Unknown } from "../value";
import { image } from "./image";
import { instanceFamily } from "./instance-types";
import { quantity } from "./quantity";
import { type Container, type ContainerSpec, containersOf, type Pod } from "./workload";

/** The GPUs of NVIDIA as Kubernetes counts them: whole ones, shared ones, and slices of one (MIG). */
const isGpuResource = (name: string): boolean =>
  name === "nvidia.com/gpu" || name === "nvidia.com/gpu.shared" || name.startsWith("nvidia.com/mig-");

/** The names of the GPU resources that a container asks for, in limits or requests. */
export function gpuResources(container: ContainerSpec): string[] {
  const { limits, requests } = container.resources ?? {};
  const found = [limits, requests].flatMap((amounts) =>
    typeof amounts === "object" && amounts !== null
      ? Object.keys(amounts).filter((name) => isGpuResource(name) && isSet(amounts, name))
      : [],
  );
  return [...new Set(found)];
}

/** Whether a container asks for a GPU of NVIDIA. What is set to 0 asks for none. */
export function asksForGpu(container: ContainerSpec): boolean {
  const { limits, requests } = container.resources ?? {};
  return gpuResources(container).some((name) => quantity(limits?.[name] ?? requests?.[name]) !== 0);
}

/** Whether a container asks for an accelerator of anybody's, as a counted resource or as a claim. */
export function asksForAccelerator(container: ContainerSpec): boolean {
  if (asksForGpu(container)) return true;
  const { limits, claims } = container.resources ?? {};
  const named = typeof limits === "object" && limits !== null ? Object.keys(limits) : [];
  return list(claims).length > 0 || named.some((name) => others.test(name));
}

const others =
  /^(?:amd\.com\/gpu|gpu\.intel\.com\/|habana\.ai\/|google\.com\/tpu|aws\.amazon\.com\/neuron|qualcomm\.com\/)/;

/** Words in the names and tags of images that say that what is in them computes on a GPU of NVIDIA. */
export const gpuWords = ["cuda", "vllm", "sglang", "tritonserver", "tensorrt", "text-generation-inference"];
const otherwise =
  /(?:^|[^a-z])(?:cpu|rocm|hpu|gaudi|xpu|neuron|tpu|router|gateway|proxy|exporter|operator|plugin|discovery|toolkit|driver|ui)(?:[^a-z]|$)/;

/** Whether an image's name says that it needs a GPU: `vllm/vllm-openai`, `pytorch:2.7-cuda12.6`, `api:1.4-gpu`. */
export function needsGpu(reference: unknown, words: readonly string[]): boolean {
  const { repository, name, tag = "" } = image(reference) ?? { repository: "", name: "" };
  const written = `${repository}:${tag}`.toLowerCase();
  if (otherwise.test(written)) return false;
  const parts = written.split(/[^a-z0-9]+/).map((part) => part.replace(/\d+$/, ""));
  const is = (word: string) => (/[^a-z0-9]/.test(word) ? written.includes(word) : parts.includes(word));
  return words.some((word) => is(word.toLowerCase())) || /-gpu$/.test(name) || /(?:^|[^a-z])gpu$/.test(tag);
}

/** Whether a value of `NVIDIA_VISIBLE_DEVICES` makes NVIDIA's runtime show a GPU. */
export const showsGpu = (value: unknown): boolean =>
  typeof value === "string" && !["", "void", "none"].includes(value.trim().toLowerCase());

/** The containers of a pod that run for its work; nothing for those that only prepare it. */
export const working = (pod: Pod): (Container | Unknown)[] =>
  Array.from(containersOf(pod), ([, container]) => container).filter(
    (container) =>
      container instanceof Unknown || container.role === "container" || container.role === "sidecar",
  );

/** Whether a pod says that it is GPU work, by its runtime, the nodes that it selects, or its labels. */
export function isForGpu(pod: Pod): boolean {
  if (text(pod.spec.runtimeClassName)?.startsWith("nvidia")) return true;
  return (
    some(entries(pod.spec.nodeSelector), ([key, value]) => selectsGpu(key, value())) ||
    some(
      entries(pod.labels),
      ([key, value]) => /^(?:gpu|accelerator|workload|workload-type)$/.test(key) && isGpu(key, value()),
    )
  );
}

/** The labels of nodes with a GPU: NVIDIA's own, those of AWS, Google and Karpenter, and customary ones. */
function selectsGpu(key: string, value: unknown): boolean {
  if (/^nvidia\.com\/(?:gpu|mig|cuda)/.test(key)) return value !== "false";
  if (key === "node.kubernetes.io/instance-type") return instanceFamily(value)?.accelerator === "nvidia";
  if (key.startsWith("karpenter.k8s.aws/instance-gpu-name")) return true;
  const name = key.slice(key.lastIndexOf("/") + 1);
  if (/^(?:gke-accelerator|accelerator|instance-gpu-manufacturer)$/.test(name))
    return isGpu(name, value) || /nvidia/.test(text(value) ?? "");
  return (
    /^(?:gpu|workload|workload-type|node-type|node-pool|nodepool|pool)$/.test(name) && isGpu(name, value)
  );
}

const isGpu = (key: string, value: unknown): boolean =>
  /^(?:gpus?|nvidia)$/i.test(text(value) ?? "") || (key === "gpu" && value === "true");

function entries(map: unknown): (readonly [key: string, value: () => unknown])[] {
  if (typeof map !== "object" || map === null) return [];
  return Object.keys(map).map((key) => [key, () => (map as Record<string, unknown>)[key]] as const);
}

/** The environment variables of a container that are written as they are, by name. */
export function literals(variables: unknown): [name: string, value: string | Unknown][] {
  return items(variables as readonly { name?: string; value?: string }[]).flatMap((variable) => {
    if (variable instanceof Unknown || typeof variable !== "object" || variable === null) return [];
    const name = peek(variable, "name");
    const value = peek(variable, "value");
    return typeof name === "string" && (typeof value === "string" || value instanceof Unknown)
      ? [[name, value]]
      : [];
  });
}
