import { z } from "zod";
import { ref } from "../../example";
import { container, cronJob, deployment, pod } from "../../examples/kubernetes";
import { isLimited, says } from "../../reading/limits";
import { containers, patches, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";

const limited = { resources: { limits: { cpu: "500m" } } };

export default rule({
  id: "kubernetes-resources-cpu-limit",
  title: "Every container has a CPU limit.",
  severity: "medium",
  why: "One busy container takes every core of its node, and its neighbours miss their deadlines and their probes.",
  fix: "Set `resources.limits.cpu` on the container (init containers, too), or `resources` on the pod.",
  links: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  controls: {
    checkov: ["CKV_K8S_11"],
    trivy: ["KSV-0011"],
    nsa: ["Resource policies"],
  },
  checklists: ["lexia", "api-assistant", "foundational", "praviel"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    if (container.role === "ephemeral container")
      return notApplicable("ephemeral containers have no resources of their own");
    if (container.pod.partial && !says(container, "limits", "cpu")) return unsaid;
    if (isLimited(container, "cpu")) return;
    return "has no CPU limit";
  },

  examples: {
    good: [
      {
        title: "A limit",
        resources: [deployment("api", { containers: [container("api", limited)] })],
      },
      {
        title: "A limit of the pod stands for its containers'",
        resources: [
          deployment("api", {
            resources: { limits: { cpu: "1" } },
            containers: [container("api"), container("proxy")],
          }),
        ],
      },
      {
        title: "A CronJob, its init container, too",
        resources: [
          cronJob("report", {
            containers: [container("report", limited)],
            initContainers: [container("fetch", { resources: { limits: { cpu: "0.5" } } })],
          }),
        ],
      },
      {
        title: "Ephemeral containers cannot have one",
        resources: [
          pod("api", {
            containers: [container("api", limited)],
            ephemeralContainers: [{ name: "debug", image: "busybox:1.36" }],
          }),
        ],
      },
      {
        title: "A patch says nothing of limits",
        resources: [
          {
            type: "kubernetes:apps/v1:DeploymentPatch",
            name: "api",
            props: {
              metadata: { name: "api" },
              spec: { template: { spec: { containers: [{ name: "api", image: "api:2" }] } } },
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No resources at all",
        resources: [deployment("api", { containers: [container("api")] })],
      },
      {
        title: "A request limits nothing",
        resources: [
          pod("api", { containers: [container("api", { resources: { requests: { cpu: "1" } } })] }),
        ],
      },
      {
        title: "Zero is no limit",
        resources: [
          deployment("api", { containers: [container("api", { resources: { limits: { cpu: "0" } } })] }),
        ],
      },
      {
        title: "One of several containers, an init container and a sidecar",
        resources: [
          deployment("api", {
            containers: [
              container("api", limited),
              container("metrics", { resources: { limits: { memory: "1Gi" } } }),
            ],
            initContainers: [container("migrate"), container("proxy", { restartPolicy: "Always" })],
          }),
        ],
      },
      {
        title: "An item of a list",
        resources: [
          {
            type: "kubernetes:core/v1:PodList",
            name: "pods",
            props: { items: [{ metadata: { name: "api" }, spec: { containers: [container("api")] } }] },
          },
        ],
      },
      {
        title: "A patch that lifts the limit",
        resources: [
          {
            type: "kubernetes:apps/v1:DeploymentPatch",
            name: "api",
            props: {
              metadata: { name: "api" },
              spec: {
                template: { spec: { containers: [{ name: "api", resources: { limits: { cpu: "0" } } }] } },
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A limit that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [container("api", { resources: { limits: { cpu: ref("sizing", "cpu") } } })],
          }),
        ],
      },
    ],
  },
});
