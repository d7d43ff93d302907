import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import { some, text } from "../../value";

const repositories = "aws:ecr/repository:Repository";
const lifecycles = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

export default rule({
  id: "aws-ecr-lifecycle",
  title: "Image repositories remove old images.",
  severity: "low",
  why: "Every build adds an image that is paid for, scanned and kept with its holes, for ever.",
  fix: "Add a `LifecyclePolicy` that expires images by age or number.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html"],
  controls: { fsbp: ["ECR.3"], controlTower: ["CT.ECR.PR.1"] },
  checklists: ["api-assistant"],

  on: [repositories],
  sees: [lifecycles],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const policies = stack.pointingAt(resource, lifecycles, "repository");
    if (policies.length === 0) return "has no lifecycle policy";
    return some(policies, (policy) => expires(policy.props.policy))
      ? undefined
      : "has a lifecycle policy that expires nothing";
  },

  examples: {
    good: [
      {
        title: "The last 30 images",
        resources: [
          { type: repositories, name: "api", props: {} },
          {
            type: lifecycles,
            name: "trim",
            props: {
              repository: ref("api", "name"),
              policy: JSON.stringify({
                rules: [
                  {
                    rulePriority: 1,
                    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 30 },
                    action: { type: "expire" },
                  },
                ],
              }),
            },
          },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: repositories, name: "api", props: {} }] },
      {
        title: "A policy without rules",
        resources: [
          { type: repositories, name: "api", props: { name: "api" } },
          { type: lifecycles, name: "trim", props: { repository: "api", policy: '{"rules":[]}' } },
        ],
      },
      {
        title: "The policy of another repository",
        resources: [
          { type: repositories, name: "api", props: { name: "api" } },
          {
            type: lifecycles,
            name: "trim",
            props: { repository: "web", policy: '{"rules":[{"action":{"type":"expire"}}]}' },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A policy written outside the stack",
        resources: [
          { type: repositories, name: "api", props: {} },
          {
            type: lifecycles,
            name: "trim",
            props: { repository: ref("api", "name"), policy: ref("elsewhere", "json") },
          },
        ],
      },
    ],
  },
});

/** A policy is JSON text, or the object that the provider makes text of. */
function expires(policy: unknown): boolean {
  let document = policy;
  try {
    if (typeof policy === "string") document = JSON.parse(policy);
  } catch {
    return false;
  }
  const rules = (document as { rules?: unknown } | null)?.rules;
  if (!Array.isArray(rules)) return false;
  return rules.some(
    (r: { action?: { type?: unknown } } | null) => text(r?.action?.type)?.toLowerCase() === "expire",
  );
}
