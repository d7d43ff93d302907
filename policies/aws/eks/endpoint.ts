import { z } from "zod";
import { ref } from "../../example";
import { isFalse } from "../../reading/flag";
import { clusters } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import { isSet, items, some, text } from "../../value";

const roleArn = "arn:aws:iam::123456789012:role/eks";
const subnetIds = ["subnet-1", "subnet-2"];

export default rule({
  id: "aws-eks-endpoint",
  title: "The API server of an EKS cluster is not open to the world.",
  severity: "high",
  why: "Whoever reaches the API server of a cluster is one leaked token or one vulnerability away from all that runs in it.",
  fix: "Set `vpcConfig.endpointPublicAccess` to false, or `publicAccessCidrs` to the networks that need it.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"],
  controls: {
    fsbp: ["EKS.1"],
    controlTower: ["CT.EKS.PR.1"],
    config: ["EKS_ENDPOINT_NO_PUBLIC_ACCESS"],
    checkov: ["CKV_AWS_38", "CKV_AWS_39"],
    trivy: ["AWS-0040", "AWS-0041"],
  },
  checklists: ["api-assistant"],

  on: [clusters],
  config: z.strictObject({}),

  check(props) {
    if (isSet(props, "outpostConfig")) return notApplicable("is a local cluster on an Outpost");
    const { vpcConfig } = props;
    if (isFalse(vpcConfig?.endpointPublicAccess)) return;
    const cidrs = items(vpcConfig?.publicAccessCidrs);
    if (cidrs.length === 0) return "has an API server that is open to the world";
    if (some(cidrs, (cidr) => text(cidr)?.trim().endsWith("/0") === true))
      return "has an API server that is open to the world by its `publicAccessCidrs`";
  },

  examples: {
    good: [
      {
        title: "Private",
        resources: [
          {
            type: clusters,
            name: "main",
            props: {
              roleArn,
              vpcConfig: { subnetIds, endpointPublicAccess: false, endpointPrivateAccess: true },
            },
          },
        ],
      },
      {
        title: "Open to one network",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { roleArn, vpcConfig: { subnetIds, publicAccessCidrs: ["203.0.113.0/24"] } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Nothing said, which is public",
        resources: [{ type: clusters, name: "main", props: { roleArn, vpcConfig: { subnetIds } } }],
      },
      {
        title: "The world among the networks",
        resources: [
          {
            type: clusters,
            name: "main",
            props: {
              roleArn,
              vpcConfig: {
                subnetIds,
                endpointPublicAccess: true,
                publicAccessCidrs: ["203.0.113.0/24", "::/0"],
              },
            },
          },
        ],
      },
      {
        title: "Private as well, and still public",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { roleArn, vpcConfig: { subnetIds, endpointPrivateAccess: true } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A network that is not known yet",
        resources: [
          {
            type: clusters,
            name: "main",
            props: { roleArn, vpcConfig: { subnetIds, publicAccessCidrs: [ref("elsewhere")] } },
          },
        ],
      },
    ],
  },
});
