import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import { text } from "../../value";

const repositories = "aws:ecr/repository:Repository";
const templates = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

export default rule({
  id: "aws-ecr-immutable-tags",
  title: "A pushed image keeps its tag.",
  severity: "medium",
  why: "A tag that can be pushed again is another image tomorrow: what was tested is not what runs, and a rollback brings back nothing.",
  fix: 'Set `imageTagMutability` to "IMMUTABLE".',
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html"],
  controls: {
    fsbp: ["ECR.2"],
    controlTower: ["CT.ECR.PR.2"],
    config: ["ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED"],
    checkov: ["CKV_AWS_51"],
    trivy: ["AWS-0031"],
  },
  checklists: ["api-assistant", "foundational"],

  on: [repositories, templates],
  config: z.strictObject({}),

  check({ imageTagMutability }) {
    const mutability = text(imageTagMutability)?.toUpperCase();
    if (mutability === "IMMUTABLE" || mutability === "IMMUTABLE_WITH_EXCLUSION") return;
    return "lets a tag be pushed again with another image";
  },

  examples: {
    good: [
      {
        title: "Immutable",
        resources: [
          { type: repositories, name: "api", props: { imageTagMutability: "IMMUTABLE" } },
          {
            type: repositories,
            name: "tools",
            props: {
              imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
              imageTagMutabilityExclusionFilters: [{ filter: "dev-*", filterType: "WILDCARD" }],
            },
          },
        ],
      },
    ],
    bad: [
      { title: "Nothing said", resources: [{ type: repositories, name: "api", props: {} }] },
      {
        title: "Mutable",
        resources: [
          { type: repositories, name: "api", props: { imageTagMutability: "MUTABLE" } },
          {
            type: repositories,
            name: "tools",
            props: { imageTagMutability: "MUTABLE_WITH_EXCLUSION" },
          },
        ],
      },
      {
        title: "A template for repositories to come",
        resources: [
          { type: templates, name: "prod", props: { prefix: "prod", appliedFors: ["CREATE_ON_PUSH"] } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A setting that is not known yet",
        resources: [{ type: repositories, name: "api", props: { imageTagMutability: ref("elsewhere") } }],
      },
    ],
  },
});
