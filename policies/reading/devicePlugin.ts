import { attempt, items } from "../value";
import { hostPath } from "./hostPath";
import type { Pod, PodSpec } from "./workload";

type Volume = NonNullable<PodSpec["volumes"]>[number];

/**
 * Whether a pod offers the hardware of its node, such as GPUs: it must be root to reach the kubelet's sockets, and it is
 * the kubelet that watches it.
 */
export const isDevicePlugin = (pod: Pod): boolean =>
  pod.kind === "DaemonSet" &&
  items(attempt(() => pod.spec.volumes) as PodSpec["volumes"]).some((volume) =>
    holdsPluginSockets(volume as Volume),
  );

/** Whether a volume is the directory in which the kubelet and device plugins meet. */
export const holdsPluginSockets = (volume: Volume | undefined): boolean =>
  hostPath(attempt(() => volume?.hostPath?.path)) === "/var/lib/kubelet/device-plugins";
