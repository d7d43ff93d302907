import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { namespaces, together } from "../../reading/namespace";
import { pods, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { Unknown } from "../../value";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-namespaces-not-default",
  title: "Workloads are in a namespace of their own.",
  severity: "medium",
  why: "In `default` everything shares names, quotas, network policies and access: nothing can be held apart or cleaned up.",
  fix: "Make a `Namespace` and set `metadata.namespace`, or the `namespace` of the provider.",
  links: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
  controls: {
    nsa: ["Namespaces"],
    checkov: ["CKV_K8S_21"],
    trivy: ["KSV-0110"],
    kubeLinter: ["use-namespace"],
  },
  checklists: ["api-assistant", "foundational"],

  on: workloads,
  sees: [namespaces],
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check(pod) {
    const isDefault = together(pod.place, { namespace: "default", sources: [] });
    if (isDefault instanceof Unknown) throw isDefault;
    return isDefault ? "is in the namespace default" : undefined;
  },

  examples: {
    good: [
      { title: "A namespace", resources: [deployment("api", api, { metadata: { namespace: "shop" } })] },
      {
        title: "A namespace of the stack",
        resources: [
          { type: namespaces, name: "shop", props: {} },
          deployment("api", api, { metadata: { namespace: ref("shop", "metadata.name") } }),
        ],
      },
      {
        title: "The provider's namespace",
        resources: [{ ...deployment("api", api), provider: { namespace: "shop" } }],
      },
    ],
    bad: [
      { title: "None", resources: [deployment("api", api)] },
      { title: "The default by its name", resources: [pod("api", api, { namespace: "default" })] },
    ],
    undetermined: [
      {
        title: "A namespace that comes from elsewhere",
        resources: [deployment("api", api, { metadata: { namespace: ref("elsewhere", "metadata.name") } })],
      },
    ],
  },
});
