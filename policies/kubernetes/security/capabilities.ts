import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { capability, harmless } from "../../reading/capability";
import { containers, patches, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { items, some } from "../../value";

const adding = (...add: string[]) =>
  deployment("api", { containers: [container("api", { securityContext: { capabilities: { add } } })] });

export default rule({
  id: "kubernetes-security-capabilities",
  title: "No container adds a powerful capability.",
  severity: "high",
  why: "With `SYS_ADMIN`, `NET_ADMIN` or `ALL` a container does to its node much of what root does.",
  fix: "Remove the capability from `securityContext.capabilities.add`.",
  links: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  controls: {
    pss: ["Baseline: Capabilities"],
    nsa: ["Linux capabilities"],
    checkov: ["CKV_K8S_25"],
  },
  checklists: ["api-assistant"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    allowed: z.array(z.string()).default(harmless).describe("Capabilities that may be added."),
  }),

  each: (_, { resource }) => containers(resource),
  check({ spec }, { config }) {
    const allowed = config.allowed.map(capability);
    let powerful = "";
    const found = some(items(spec.securityContext?.capabilities?.add), (name) => {
      powerful = capability(name);
      return powerful !== "" && !allowed.includes(powerful);
    });
    return found ? `adds the capability ${powerful}` : undefined;
  },

  examples: {
    good: [
      { title: "None", resources: [pod("api", { containers: [container("api")] })] },
      { title: "The one for low ports", resources: [adding("NET_BIND_SERVICE")] },
    ],
    bad: [
      { title: "All of them", resources: [adding("ALL")] },
      { title: "A powerful one among others", resources: [adding("CHOWN", "SYS_ADMIN")] },
    ],
    undetermined: [
      { title: "A capability that comes from elsewhere", resources: [adding(ref("settings", "name"))] },
    ],
  },
});
