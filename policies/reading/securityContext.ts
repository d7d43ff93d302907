import type { Container, ContainerSpec, PodSpec } from "./workload";

type OfContainer = NonNullable<ContainerSpec["securityContext"]>;
type OfPod = NonNullable<PodSpec["securityContext"]>;
type Shared = keyof OfContainer & keyof OfPod;

/** What a container's security context says, else its pod's, as Kubernetes inherits it. */
export function inherited<K extends Shared>({ spec, pod }: Container, field: K): OfContainer[K] | OfPod[K] {
  return spec.securityContext?.[field] ?? pod.spec.securityContext?.[field];
}
