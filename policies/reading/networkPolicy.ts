import type { Props } from "../resources";
import type { Stack } from "../stack";
import { attempt, list, some, Unknown } from "../value";
import { type Selecting, selections } from "./selection";
import type { Pod } from "./workload";

const native = [
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:networking.k8s.io/v1:NetworkPolicyList",
] as const;
/** Policies of network plugins, which select pods in ways of their own. */
const foreign = [
  "kubernetes:cilium.io/v2:CiliumNetworkPolicy",
  "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy",
  "kubernetes:crd.projectcalico.org/v1:NetworkPolicy",
  "kubernetes:crd.projectcalico.org/v1:GlobalNetworkPolicy",
  "kubernetes:projectcalico.org/v3:NetworkPolicy",
  "kubernetes:projectcalico.org/v3:GlobalNetworkPolicy",
] as const;
export const networkPolicies = [...native, ...foreign] as const;

type Spec = NonNullable<Props<"kubernetes:networking.k8s.io/v1:NetworkPolicy">["spec"]>;
type Direction = "Ingress" | "Egress";

/** The network policies of Kubernetes that select a pod. */
export const policiesOn = selections<Spec, (typeof native)[number]>(native, (spec) => spec.podSelector ?? {});

/**
 * How far network policies isolate a pod from what comes in, or from where it goes. Kubernetes isolates a pod as soon
 * as one policy selects it; then all of them together say what is let through.
 */
export function isolation(
  pod: Pod,
  direction: Direction,
  stack: Stack<(typeof networkPolicies)[number]>,
): "isolated" | "open" | "none" {
  const policies = [...policiesOn(pod, stack)];
  if (some(policies, (policy) => isolates(policy, direction))) {
    const isOpen = policies.some((p) => !(p instanceof Unknown) && letsAllThrough(p, direction));
    return isOpen ? "open" : "isolated";
  }
  const [other] = stack.all(...foreign);
  if (other) throw new Unknown(`the pods that ${other.name} selects`);
  return "none";
}

function isolates({ spec }: Selecting<Spec>, direction: Direction): boolean {
  if (spec instanceof Unknown) throw spec;
  const types = list(spec.policyTypes);
  if (types.length > 0) return types.includes(direction);
  return direction === "Ingress" || list(spec.egress).length > 0;
}

/** Whether a policy, as far as it is known, lets everything through. */
function letsAllThrough({ spec }: Selecting<Spec>, direction: Direction): boolean {
  if (spec instanceof Unknown) return false;
  const isEmpty = attempt(() =>
    direction === "Ingress"
      ? list(spec.ingress).some((rule) => list(rule?.ports).length === 0 && list(rule?.from).length === 0)
      : list(spec.egress).some((rule) => list(rule?.ports).length === 0 && list(rule?.to).length === 0),
  );
  return isEmpty === true;
}
