import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { amounts } from "../../reading/limits";
import { containers, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { some } from "../../value";

export default rule({
  id: "kubernetes-resources-requests",
  title: "Every container asks for the CPU and memory it needs.",
  severity: "medium",
  why: "The scheduler packs pods by what they ask for: those that ask for nothing crowd onto one node and are evicted first.",
  fix: "Set `resources.requests.cpu` and `resources.requests.memory`; a limit stands for a request that is missing.",
  links: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  controls: {
    checkov: ["CKV_K8S_10", "CKV_K8S_12"],
    trivy: ["KSV-0015", "KSV-0016"],
    kubeLinter: ["unset-cpu-requirements"],
  },
  checklists: ["foundational"],

  on: workloads,
  config: z.strictObject({}),

  each: (_, { resource }) => containers(resource),
  check(container) {
    if (container.role !== "container") return notApplicable("is judged by its limits");
    const asked = (name: string) =>
      some(
        [...amounts(container, "requests", name), ...amounts(container, "limits", name)],
        (n) => Number(n) > 0,
      );
    const missing = ["cpu", "memory"].filter((name) => !asked(name));
    return missing.length === 0 ? undefined : `asks for no ${missing.join(" and no ")}`;
  },

  examples: {
    good: [
      {
        title: "Both requests",
        resources: [
          deployment("api", {
            containers: [container("api", { resources: { requests: { cpu: "100m", memory: "256Mi" } } })],
          }),
        ],
      },
      {
        title: "A missing request equals the limit",
        resources: [
          deployment("api", {
            containers: [
              container("api", {
                resources: { requests: { cpu: "100m" }, limits: { cpu: "1", memory: "256Mi" } },
              }),
            ],
          }),
        ],
      },
      {
        title: "The requests of the pod",
        resources: [
          pod("api", {
            resources: { requests: { cpu: "1", memory: "1Gi" } },
            containers: [container("api"), container("proxy")],
          }),
        ],
      },
    ],
    bad: [
      { title: "None", resources: [deployment("api", { containers: [container("api")] })] },
      {
        title: "CPU, but no memory",
        resources: [
          pod("api", {
            containers: [
              container("api", { resources: { requests: { cpu: "100m" }, limits: { cpu: "1" } } }),
            ],
          }),
        ],
      },
      {
        title: "Zero asks for nothing",
        resources: [
          deployment("api", {
            containers: [container("api", { resources: { requests: { cpu: "0", memory: "256Mi" } } })],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A request that comes from elsewhere",
        resources: [
          deployment("api", {
            containers: [
              container("api", { resources: { requests: { cpu: ref("sizing", "cpu"), memory: "256Mi" } } }),
            ],
          }),
        ],
      },
    ],
  },
});
