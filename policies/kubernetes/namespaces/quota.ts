import { z } from "zod";
import { ref } from "../../example";
import { contents } from "../../reading/inNamespace";
import { namespaces } from "../../reading/namespace";
import { rule } from "../../rule";
import { some } from "../../value";

const quotas = ["kubernetes:core/v1:ResourceQuota", "kubernetes:core/v1:ResourceQuotaList"] as const;
const quotasIn = contents<{ hard?: object }, (typeof quotas)[number]>(quotas);

export default rule({
  id: "kubernetes-namespaces-quota",
  title: "Every namespace has a resource quota.",
  severity: "medium",
  why: "Without one, what runs away in one namespace takes the whole cluster.",
  fix: "Add a `ResourceQuota` with `hard` amounts to the namespace.",
  links: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],
  controls: { nsa: ["Resource policies"], trivy: ["KSV-0040"] },
  checklists: ["api-assistant", "praviel"],

  on: [namespaces],
  sees: quotas,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const isThere = some(quotasIn(resource, stack), ({ hard }) => Object.keys(hard ?? {}).length > 0);
    return isThere ? undefined : "has no resource quota";
  },

  examples: {
    good: [
      {
        title: "A quota, by reference",
        resources: [
          { type: namespaces, name: "shop", props: {} },
          {
            type: "kubernetes:core/v1:ResourceQuota",
            name: "quota",
            props: {
              metadata: { namespace: ref("shop", "metadata.name") },
              spec: { hard: { "limits.cpu": "20", "limits.memory": "64Gi" } },
            },
          },
        ],
      },
      {
        title: "A quota, by name",
        resources: [
          { type: namespaces, name: "shop", props: { metadata: { name: "shop" } } },
          {
            type: "kubernetes:core/v1:ResourceQuota",
            name: "quota",
            props: { metadata: { namespace: "shop" }, spec: { hard: { pods: "50" } } },
          },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: namespaces, name: "shop", props: {} }] },
      {
        title: "A quota of another namespace, and an empty one",
        resources: [
          { type: namespaces, name: "shop", props: { metadata: { name: "shop" } } },
          {
            type: "kubernetes:core/v1:ResourceQuota",
            name: "other",
            props: { metadata: { namespace: "other" }, spec: { hard: { pods: "50" } } },
          },
          {
            type: "kubernetes:core/v1:ResourceQuota",
            name: "empty",
            props: { metadata: { namespace: "shop" }, spec: {} },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A quota whose namespace comes from elsewhere",
        resources: [
          { type: namespaces, name: "shop", props: {} },
          {
            type: "kubernetes:core/v1:ResourceQuota",
            name: "quota",
            props: { metadata: { namespace: ref("elsewhere", "namespace") }, spec: { hard: { pods: "50" } } },
          },
        ],
      },
    ],
  },
});
