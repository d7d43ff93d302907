import { z } from "zod";
import { ref } from "../../example";
import { clusters } from "../../reading/node-group";
import { rule } from "../../rule";
import { isSet, some } from "../../value";

const base = {
  roleArn: "arn:aws:iam::123456789012:role/eks",
  vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] },
};

export default rule({
  id: "aws-eks-secrets-encryption",
  title: "EKS encrypts Kubernetes secrets with a key of one's own.",
  severity: "low",
  why: "Since Kubernetes 1.28 EKS encrypts all data with a key of AWS: only a key of one's own can be audited and withdrawn.",
  fix: 'Set `encryptionConfig` with `resources: ["secrets"]` and the `keyArn` of a KMS key.',
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html"],
  controls: {
    fsbp: ["EKS.3"],
    controlTower: ["CT.EKS.PR.2"],
    config: ["EKS_SECRETS_ENCRYPTED"],
    checkov: ["CKV_AWS_58"],
    trivy: ["AWS-0039"],
  },
  checklists: ["api-assistant"],

  on: [clusters],
  config: z.strictObject({}),

  check({ encryptionConfig }) {
    const secrets =
      Array.isArray(encryptionConfig?.resources) && some(encryptionConfig.resources, (r) => r === "secrets");
    if (!secrets || !isSet(encryptionConfig.provider, "keyArn"))
      return "encrypts secrets with a key of AWS, not one of its own";
  },

  examples: {
    good: [
      {
        title: "A key of one's own",
        resources: [
          {
            type: clusters,
            name: "main",
            props: {
              ...base,
              encryptionConfig: { resources: ["secrets"], provider: { keyArn: ref("elsewhere", "arn") } },
            },
          },
          {
            type: clusters,
            name: "other",
            props: {
              ...base,
              encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:key" } },
            },
          },
        ],
      },
    ],
    bad: [
      { title: "Nothing said", resources: [{ type: clusters, name: "main", props: base }] },
      {
        title: "A key for nothing",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { ...base, encryptionConfig: { resources: [], provider: { keyArn: "arn:aws:kms:key" } } },
          },
        ],
      },
    ],
  },
});
