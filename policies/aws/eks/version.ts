import { z } from "zod";
import { ref } from "../../example";
import { endOfSupport } from "../../reading/eks-versions";
import { clusters } from "../../reading/node-group";
import { rule } from "../../rule";

const base = {
  roleArn: "arn:aws:iam::123456789012:role/eks",
  vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
};
const config = { day: "2026-11-21" };

export default rule({
  id: "aws-eks-version",
  title: "EKS runs a supported version of Kubernetes.",
  severity: "medium",
  why: "Past standard support a cluster costs six times as much, and a year later AWS upgrades it at a time of its own choosing.",
  fix: "Upgrade `version`, one minor version at a time.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"],
  controls: { fsbp: ["EKS.2"], config: ["EKS_CLUSTER_SUPPORTED_VERSION"], checkov: ["CKV_AWS_339"] },
  checklists: ["api-assistant"],

  on: [clusters],
  config: z.strictObject({
    day: z
      .string()
      .regex(/^(\d{4}-\d\d-\d\d)?$/)
      .default("")
      .describe("The day to judge for, as 2026-11-21; empty for today."),
    extended: z.boolean().default(false).describe("Whether extended support is enough."),
  }),

  check({ version }, { config }) {
    const ends = endOfSupport(version);
    if (!ends) return;
    const [kind, end] = config.extended ? ["extended", ends.extended] : ["standard", ends.standard];
    const today = config.day || new Date().toISOString().slice(0, 10);
    if (end <= today) return `runs Kubernetes ${version}, whose ${kind} support ended on ${end}`;
  },

  examples: {
    good: [
      {
        title: "In standard support",
        config,
        resources: [{ type: clusters, name: "main", props: { ...base, version: "1.35" } }],
      },
      {
        title: "EKS's newest, by default, and one that is newer than this rule",
        config,
        resources: [
          { type: clusters, name: "main", props: base },
          { type: clusters, name: "next", props: { ...base, version: "1.99" } },
        ],
      },
      {
        title: "In extended support, where that is enough",
        config: { ...config, extended: true },
        resources: [{ type: clusters, name: "main", props: { ...base, version: "1.33" } }],
      },
    ],
    bad: [
      {
        title: "Past standard support",
        config,
        resources: [{ type: clusters, name: "main", props: { ...base, version: "1.32" } }],
      },
      {
        title: "Past all support",
        config: { ...config, extended: true },
        resources: [{ type: clusters, name: "main", props: { ...base, version: "1.21" } }],
      },
    ],
    undetermined: [
      {
        title: "A version that is not known yet",
        resources: [{ type: clusters, name: "main", props: { ...base, version: ref("elsewhere") } }],
      },
    ],
  },
});
