import { z } from "zod";
import { ref } from "../../example";
import { contents } from "../../reading/inNamespace";
import { namespaces } from "../../reading/namespace";
import { rule } from "../../rule";
import { list, some } from "../../value";

const ranges = ["kubernetes:core/v1:LimitRange", "kubernetes:core/v1:LimitRangeList"] as const;
const rangesIn = contents<{ limits?: object[] }, (typeof ranges)[number]>(ranges);

export default rule({
  id: "kubernetes-namespaces-limit-range",
  title: "Every namespace has a limit range.",
  severity: "low",
  why: "It gives limits to containers that are started without any, by hand or by a chart.",
  fix: "Add a `LimitRange` with default limits of containers to the namespace.",
  links: ["https://kubernetes.io/docs/concepts/policy/limit-range/"],
  controls: { nsa: ["Resource policies"], trivy: ["KSV-0039"] },
  checklists: ["api-assistant", "praviel"],

  on: [namespaces],
  sees: ranges,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const isThere = some(rangesIn(resource, stack), ({ limits }) => list(limits).length > 0);
    return isThere ? undefined : "has no limit range";
  },

  examples: {
    good: [
      {
        title: "A limit range, by reference",
        resources: [
          { type: namespaces, name: "shop", props: {} },
          {
            type: "kubernetes:core/v1:LimitRange",
            name: "limits",
            props: {
              metadata: { namespace: ref("shop", "metadata.name") },
              spec: { limits: [{ type: "Container", default: { cpu: "500m", memory: "512Mi" } }] },
            },
          },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: namespaces, name: "shop", props: {} }] },
      {
        title: "One of two namespaces",
        resources: [
          { type: namespaces, name: "shop", props: {} },
          { type: namespaces, name: "tools", props: {} },
          {
            type: "kubernetes:core/v1:LimitRange",
            name: "limits",
            props: {
              metadata: { namespace: ref("tools", "metadata.name") },
              spec: { limits: [{ type: "Container", default: { memory: "512Mi" } }] },
            },
          },
        ],
      },
    ],
  },
});
