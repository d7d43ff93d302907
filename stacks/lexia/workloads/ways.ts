import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

type Rule = k8s.types.input.networking.v1.NetworkPolicyEgressRule;

/** Somebody to speak to: pods of the same namespace by their label, or addresses. */
type Peer = { port: number } & ({ app: string } | { cidr: pulumi.Input<string> });

export interface WaysArgs {
  namespace: pulumi.Input<string>;
  /** Who may call, at which of this app's ports. */
  from?: Peer[];
  /** Whom it may call. */
  to?: Peer[];
}

/** HTTPS to wherever it is: services of AWS and Hugging Face have no addresses that could be listed. */
export const internet: Peer = { cidr: "0.0.0.0/0", port: 443 };
/** The agent on each node that hands a pod the credentials of its own role. */
export const podIdentityAgent: Peer = { cidr: "169.254.170.23/32", port: 80 };

/** What one app may hear and say, and nothing more. Whoever may call anybody may also ask for their address. */
export function ways(app: string, args: WaysArgs, opts: pulumi.CustomResourceOptions): void {
  const { from = [], to = [] } = args;
  const spec = {
    podSelector: { matchLabels: { app } },
    policyTypes: ["Ingress", "Egress"],
    ingress: from.map((peer) => ({ from: [place(peer)], ports: [tcp(peer.port)] })),
    egress:
      to.length > 0 ? [names, ...to.map((peer) => ({ to: [place(peer)], ports: [tcp(peer.port)] }))] : [],
  };
  new k8s.networking.v1.NetworkPolicy(
    app,
    { metadata: { name: app, namespace: args.namespace }, spec },
    opts,
  );
}

const tcp = (port: number) => ({ protocol: "TCP", port });

const place = (peer: Peer): k8s.types.input.networking.v1.NetworkPolicyPeer =>
  "app" in peer ? { podSelector: { matchLabels: { app: peer.app } } } : { ipBlock: { cidr: peer.cidr } };

const names: Rule = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: ["UDP", "TCP"].map((protocol) => ({ protocol, port: 53 })),
};
