import { isSet } from "../value";
import { quantity } from "./quantity";
import type { ContainerSpec } from "./workload";

/** The GPUs of NVIDIA as Kubernetes counts them: whole ones, shared ones, and slices of one (MIG). */
export const isGpuResource = (name: string): boolean =>
  name === "nvidia.com/gpu" || name === "nvidia.com/gpu.shared" || name.startsWith("nvidia.com/mig-");

/** The names of the GPU resources that a container asks for, in limits or requests. What is set to 0 asks for none. */
export function gpuResources(container: ContainerSpec): string[] {
  const { limits, requests } = container.resources ?? {};
  const found = [limits, requests].flatMap((amounts) =>
    typeof amounts === "object" && amounts !== null
      ? Object.keys(amounts).filter((name) => isGpuResource(name) && isSet(amounts, name))
      : [],
  );
  return [...new Set(found)];
}

/** Whether a container asks for a GPU. */
export const asksForGpu = (container: ContainerSpec): boolean =>
  gpuResources(container).some((name) => {
    const { limits, requests } = container.resources ?? {};
    return quantity(limits?.[name] ?? requests?.[name]) !== 0;
  });
