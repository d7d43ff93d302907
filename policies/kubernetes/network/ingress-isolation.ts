import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, job, pod } from "../../examples/kubernetes";
import { namespaces } from "../../reading/namespace";
import { isolation, networkPolicies } from "../../reading/networkPolicy";
import { pods, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-network-ingress-isolation",
  title: "A network policy says who may reach each workload.",
  severity: "medium",
  why: "Without one, every pod of the cluster reaches every other: one broken front end is inside the database's network.",
  fix: "Add a `NetworkPolicy` to the workload's namespace whose `podSelector` selects its pods, with `Ingress` among its `policyTypes` and `ingress` rules for those who may.",
  links: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/"],
  controls: {
    checkov: ["CKV2_K8S_6"],
    kubeLinter: ["non-isolated-pod"],
    nsa: ["Network separation and hardening"],
  },
  checklists: ["lexia", "api-assistant"],

  on: workloads,
  sees: [...networkPolicies, namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod, { stack }) {
    switch (isolation(pod, "Ingress", stack)) {
      case "isolated":
        return;
      case "open":
        return "is selected by a network policy that lets everything in";
      default:
        if (pod.spec.hostNetwork === true) return notApplicable("uses the network of its node");
        return "is selected by no network policy for what comes in";
    }
  },

  examples: {
    good: [
      {
        title: "A policy that selects the pods by their labels",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "api",
            props: {
              spec: {
                podSelector: { matchLabels: { app: "api" } },
                ingress: [
                  { from: [{ podSelector: { matchLabels: { app: "web" } } }], ports: [{ port: 8080 }] },
                ],
              },
            },
          },
        ],
      },
      {
        title: "Everything in a namespace is denied by default",
        resources: [
          { type: "kubernetes:core/v1:Namespace", name: "shop", props: {} },
          deployment("api", api, { metadata: { namespace: ref("shop", "metadata.name") } }),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "deny",
            props: {
              metadata: { namespace: ref("shop", "metadata.name") },
              spec: { podSelector: {}, policyTypes: ["Ingress"] },
            },
          },
        ],
      },
      {
        title: "A namespace by its name on one side and by reference on the other",
        resources: [
          { type: "kubernetes:core/v1:Namespace", name: "shop", props: { metadata: { name: "shop" } } },
          job("migrate", api, { namespace: "shop" }),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "deny",
            props: {
              metadata: { namespace: ref("shop", "metadata.name") },
              spec: { podSelector: { matchExpressions: [{ key: "public", operator: "DoesNotExist" }] } },
            },
          },
        ],
      },
      {
        title: "A pod on its node's network, which no policy isolates",
        resources: [pod("agent", { hostNetwork: true, containers: [container("agent")] })],
      },
    ],
    bad: [
      { title: "No policy", resources: [deployment("api", api)] },
      {
        title: "A policy for other pods, and one for what goes out",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "web",
            props: { spec: { podSelector: { matchLabels: { app: "web" } } } },
          },
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "egress",
            props: { spec: { podSelector: {}, policyTypes: ["Egress"] } },
          },
        ],
      },
      {
        title: "A policy in another namespace",
        resources: [
          { type: "kubernetes:core/v1:Namespace", name: "shop", props: {} },
          { type: "kubernetes:core/v1:Namespace", name: "tools", props: {} },
          deployment("api", api, { metadata: { namespace: ref("shop", "metadata.name") } }),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "deny",
            props: { metadata: { namespace: ref("tools", "metadata.name") }, spec: { podSelector: {} } },
          },
        ],
      },
      {
        title: "A policy that lets everything in isolates from nothing",
        resources: [
          deployment("api", api),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "open",
            props: { spec: { podSelector: {}, ingress: [{}] } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A policy whose namespace comes from another stack",
        resources: [
          deployment("api", api, { metadata: { namespace: "shop" } }),
          {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            name: "deny",
            props: { metadata: { namespace: ref("elsewhere", "metadata.name") }, spec: { podSelector: {} } },
          },
        ],
      },
      {
        title: "A policy of a network plugin, which selects pods in its own way",
        resources: [
          deployment("api", api),
          { type: "kubernetes:cilium.io/v2:CiliumNetworkPolicy", name: "deny", props: {} },
        ],
      },
    ],
  },
});
