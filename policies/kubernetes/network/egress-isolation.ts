import { z } from "zod";
import { container, deployment, pod } from "../../examples/kubernetes";
import { namespaces } from "../../reading/namespace";
import { isolation, networkPolicies } from "../../reading/networkPolicy";
import { pods, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-network-egress-isolation",
  title: "A network policy says what each workload may reach.",
  severity: "low",
  why: "A pod that was broken into can send what it holds anywhere, unless a policy names where it may connect to.",
  fix: "Add a `NetworkPolicy` to the workload's namespace whose `podSelector` selects its pods, with `Egress` among its `policyTypes` and `egress` rules for what it needs (DNS, too).",
  links: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],
  controls: { nsa: ["Network separation and hardening"] },
  checklists: ["lexia", "api-assistant"],

  on: workloads,
  sees: [...networkPolicies, namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack }) {
    switch (isolation(pod, "Egress", stack)) {
      case "isolated":
        return;
      case "open":
        return "is selected by a network policy that lets everything out";
      default:
        if (pod.spec.hostNetwork === true) return notApplicable("uses the network of its node");
        return "is selected by no network policy for what goes out";
    }
  },

  examples: {
    good: [
      {
        title: "Egress rules, which imply the policy type",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "api",
            props: {
              spec: {
                podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["api", "web"] }] },
                egress: [{ ports: [{ port: 53, protocol: "UDP" }, { port: 5432 }] }],
              },
            },
          },
        ],
      },
      {
        title: "Everything is denied, then what is needed allowed",
        resources: [
          pod("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicyList",
            name: "policies",
            props: {
              items: [
                { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
                {
                  spec: {
                    podSelector: { matchLabels: { app: "api" } },
                    egress: [{ ports: [{ port: 443 }] }],
                  },
                },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      { title: "No policy", resources: [deployment("api", api)] },
      {
        title: "A policy without egress rules is about what comes in",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "api",
            props: { spec: { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] } },
          },
        ],
      },
      {
        title: "A policy that lets everything out",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "open",
            props: { spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{}] } },
          },
        ],
      },
    ],
  },
});
