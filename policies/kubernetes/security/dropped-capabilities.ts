import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { capability } from "../../reading/capability";
import { containers, patches, runsOnWindows, unsaid, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { items, some } from "../../value";

const having = (drop?: string[], add?: string[]) =>
  deployment("api", { containers: [container("api", { securityContext: { capabilities: { drop, add } } })] });

export default rule({
  id: "kubernetes-security-dropped-capabilities",
  title: "Containers drop all capabilities, and add back what they need of them.",
  severity: "medium",
  why: "By default a container may forge packets, change owners and make device files: little needs it, and every attack does.",
  fix: 'Set `securityContext.capabilities.drop: ["ALL"]`; add back `NET_BIND_SERVICE` for ports below 1024.',
  links: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  controls: {
    pss: ["Restricted: Capabilities"],
    nsa: ["Linux capabilities"],
    checkov: ["CKV_K8S_28", "CKV_K8S_37"],
    trivy: ["KSV-0003"],
    kubeLinter: ["drop-net-raw-capability"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    allowed: z
      .array(z.string())
      .default(["NET_BIND_SERVICE"])
      .describe("Capabilities that may be added back."),
  }),

  each: (_, { resource }) => containers(resource),
  check({ spec, pod }, { config }) {
    const capabilities = spec.securityContext?.capabilities;
    const dropsAll = some(items(capabilities?.drop), (name) => capability(name) === "ALL");
    if (!dropsAll) {
      if (pod.partial && !capabilities?.drop) return unsaid;
      return runsOnWindows(pod.spec) ? notApplicable("Windows has none") : "does not drop all capabilities";
    }
    const allowed = config.allowed.map(capability);
    const adds = some(items(capabilities?.add), (name) => !allowed.includes(capability(name)));
    return adds ? `adds back more capabilities than ${config.allowed.join(", ") || "none"}` : undefined;
  },

  examples: {
    good: [
      { title: "All dropped", resources: [having(["ALL"])] },
      { title: "The one for low ports added back", resources: [having(["all"], ["NET_BIND_SERVICE"])] },
      {
        title: "Windows has none",
        resources: [pod("api", { os: { name: "windows" }, containers: [container("api")] })],
      },
    ],
    bad: [
      { title: "The default", resources: [deployment("api", { containers: [container("api")] })] },
      { title: "One of them", resources: [having(["NET_RAW"])] },
      { title: "Another added back", resources: [having(["ALL"], ["CHOWN"])] },
    ],
    undetermined: [
      { title: "A list that comes from elsewhere", resources: [having(ref<string[]>("settings", "drop"))] },
    ],
  },
});
