import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, pod } from "../../examples/kubernetes";
import { pods, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { isSet, peek } from "../../value";

const api = { containers: [container("api")] };

export default rule({
  id: "kubernetes-rbac-service-account",
  title: "Every workload has a service account of its own.",
  severity: "medium",
  why: "What is granted to the account `default` is granted to every pod of the namespace that names none.",
  fix: "Make a `ServiceAccount` and name it in `serviceAccountName`, or set `automountServiceAccountToken: false`.",
  links: ["https://kubernetes.io/docs/concepts/security/service-accounts/"],
  controls: {
    nsa: ["Service account tokens"],
    checkov: ["CKV_K8S_38", "CKV_K8S_41", "CKV_K8S_42"],
    trivy: ["KSV-0036"],
    kubeLinter: ["default-service-account"],
  },
  checklists: ["api-assistant"],

  on: workloads,
  config: z.strictObject({}),

  each: (_, { resource }) => pods(resource),
  check({ spec }) {
    // What is not known yet is the name of an account that the stack makes.
    const names = (["serviceAccountName", "serviceAccount"] as const).filter((key) => isSet(spec, key));
    if (names.some((key) => peek(spec, key) !== "default")) return;
    if (spec.automountServiceAccountToken === false) return;
    return "runs with the default service account";
  },

  examples: {
    good: [
      {
        title: "An account by its name",
        resources: [deployment("api", { ...api, serviceAccountName: "api" })],
      },
      {
        title: "An account of the stack",
        resources: [
          { type: "kubernetes:core/v1:ServiceAccount", name: "api-account", props: {} },
          deployment("api", { ...api, serviceAccountName: ref("api-account", "metadata.name") }),
        ],
      },
      { title: "No token at all", resources: [pod("api", { ...api, automountServiceAccountToken: false })] },
    ],
    bad: [
      { title: "None", resources: [deployment("api", api)] },
      {
        title: "The default by its name",
        resources: [pod("api", { ...api, serviceAccountName: "default" })],
      },
    ],
  },
});
