import { z } from "zod";
import { ref } from "../../example";
import { clusters } from "../../reading/node-group";
import { rule } from "../../rule";
import { items, some } from "../../value";

const base = {
  roleArn: "arn:aws:iam::123456789012:role/eks",
  vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
};
const kinds = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

export default rule({
  id: "aws-eks-logs",
  title: "EKS keeps the logs of its control plane.",
  severity: "medium",
  why: "Who changed what in a cluster stands in these logs only, and they are off unless they are asked for.",
  fix: "List all of `api`, `audit`, `authenticator`, `controllerManager` and `scheduler` in `enabledClusterLogTypes`.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"],
  controls: {
    fsbp: ["EKS.8"],
    checkov: ["CKV_AWS_37"],
    trivy: ["AWS-0038"],
  },
  checklists: ["api-assistant"],

  on: [clusters],
  config: z.strictObject({
    types: z
      .array(z.enum(kinds))
      .default([...kinds])
      .describe("The kinds of log that must be on."),
  }),

  check({ enabledClusterLogTypes }, { config }) {
    const missing = config.types.filter(
      (type) => !some(items(enabledClusterLogTypes), (enabled) => enabled === type),
    );
    if (missing.length > 0) return `does not log ${missing.join(", ")}`;
  },
  remediate: (_, { config }) => ({ enabledClusterLogTypes: config.types }),

  examples: {
    good: [
      {
        title: "All of them",
        resources: [{ type: clusters, name: "main", props: { ...base, enabledClusterLogTypes: [...kinds] } }],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: clusters, name: "main", props: base }] },
      {
        title: "Some",
        resources: [
          { type: clusters, name: "main", props: { ...base, enabledClusterLogTypes: ["api", "audit"] } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A list that is not known yet",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { ...base, enabledClusterLogTypes: ref<never>("elsewhere") },
          },
        ],
      },
    ],
  },
});
