import { z } from "zod";
import { ref } from "../../example";
import { container, pod } from "../../examples/kubernetes";
import { pods, services } from "../../reading/workload";
import { rule } from "../../rule";

const restarted = (restartPolicy?: string) => pod("api", { restartPolicy, containers: [container("api")] });

export default rule({
  id: "kubernetes-pods-restart-policy",
  title: "Kubernetes restarts the containers of services.",
  severity: "medium",
  why: 'With the policy "Never" a pod that crashes stays down until somebody notices.',
  fix: "Remove `restartPolicy`, whose default is `Always`; make what is to run once a `Job`.",
  links: ["https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy"],
  controls: { kubeLinter: ["restart-policy"] },
  checklists: ["lexia", "foundational", "praviel"],

  on: services,
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check: ({ spec }) => (spec.restartPolicy === "Never" ? "is never restarted" : undefined),

  examples: {
    good: [
      { title: "The default", resources: [restarted()] },
      { title: "On failure", resources: [restarted("OnFailure")] },
    ],
    bad: [
      { title: "Never", resources: [restarted("Never")] },
      {
        title: "An item of a list",
        resources: [
          {
            type: "kubernetes:core/v1:PodList",
            name: "pods",
            props: { items: [{ spec: { restartPolicy: "Never", containers: [container("api")] } }] },
          },
        ],
      },
    ],
    undetermined: [
      { title: "A policy that comes from elsewhere", resources: [restarted(ref("settings", "restart"))] },
    ],
  },
});
