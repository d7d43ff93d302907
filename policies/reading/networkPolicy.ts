import type { Props } from "../resources";
import { attempt, list, Unknown } from "../value";
import { type Selecting, selections } from "./selection";

export const networkPolicies = [
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:networking.k8s.io/v1:NetworkPolicyList",
] as const;

type Spec = NonNullable<Props<"kubernetes:networking.k8s.io/v1:NetworkPolicy">["spec"]>;
type Direction = "Ingress" | "Egress";

/** The network policies that select a pod. */
export const policiesOn = selections<Spec, (typeof networkPolicies)[number]>(
  networkPolicies,
  (spec) => spec.podSelector ?? {},
);

/** Whether a policy isolates the pods that it selects. What it then lets through is another question. */
export function isolates({ spec }: Selecting<Spec>, direction: Direction): boolean {
  if (spec instanceof Unknown) throw spec;
  const types = list(spec.policyTypes);
  if (types.length > 0) return types.includes(direction);
  return direction === "Ingress" || list(spec.egress).length > 0;
}

/** Whether a policy, as far as it is known, lets everything through. */
export function letsAllThrough({ spec }: Selecting<Spec>, direction: Direction): boolean {
  if (spec instanceof Unknown) return false;
  const empty = attempt(() =>
    direction === "Ingress"
      ? list(spec.ingress).some((rule) => list(rule?.ports).length === 0 && list(rule?.from).length === 0)
      : list(spec.egress).some((rule) => list(rule?.ports).length === 0 && list(rule?.to).length === 0),
  );
  return !(empty instanceof Unknown) && empty;
}
