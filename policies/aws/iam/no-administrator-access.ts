import { z } from "zod";
import { ref } from "../../example";
import { managedName } from "../../reading/iam";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { attempt, items, peek, Unknown } from "../../value";

const attachments = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

export default rule({
  id: "aws-iam-no-administrator-access",
  title: "The managed policies of administrators are not attached.",
  severity: "high",
  why: "Whoever gets hold of such an identity, by a leaked key or a bug in the application, owns the whole account.",
  fix: "Attach a policy that lists the actions and resources that are needed.",
  links: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  ],
  controls: { checkov: ["CKV_AWS_274"] },
  checklists: ["api-assistant"],

  on: [
    "aws:iam/role:Role",
    attachments,
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
  ],
  config: z.strictObject({
    policies: z
      .array(z.string().min(1))
      .default(["AdministratorAccess"])
      .describe("Names of AWS managed policies that nothing may have."),
  }),

  *each(_, { resource, stack }) {
    if (resource.type !== "aws:iam/role:Role") {
      yield ["", peek(resource.props, "policyArn")];
      return;
    }
    const attached = peek(resource.props, "managedPolicyArns");
    if (attached instanceof Unknown) yield ["managedPolicyArns", attached];
    else {
      const others = attachedTo(resource, stack);
      for (const [i, arn] of items(attached).entries())
        if (!others.has(arn)) yield [`managedPolicyArns[${i}]`, arn];
    }
  },
  check(arn, { config }) {
    const name = managedName(arn);
    if (name && config.policies.includes(name)) return `attaches ${name}`;
  },

  examples: {
    good: [
      {
        title: "A managed policy for one purpose, and one of our own",
        resources: [
          {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "execution",
            props: {
              role: "app",
              policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
            },
          },
          {
            type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
            name: "own",
            props: { user: "app", policyArn: "arn:aws:iam::123456789012:policy/AdministratorAccess" },
          },
        ],
      },
      {
        title: "A role that is attached nothing",
        resources: [{ type: "aws:iam/role:Role", name: "app", props: { assumeRolePolicy: "{}" } }],
      },
    ],
    bad: [
      {
        title: "An administrator's role",
        resources: [
          {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "admin",
            props: { role: "app", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
          },
        ],
      },
      {
        title: "A role that names its policies",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: "{}",
              managedPolicyArns: [
                "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "arn:aws-cn:iam::aws:policy/AdministratorAccess",
              ],
            },
          },
        ],
      },
      {
        title: "A policy that the configuration forbids, for a group",
        config: { policies: ["AdministratorAccess", "PowerUserAccess"] },
        resources: [
          {
            type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
            name: "power",
            props: { group: "people", policyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The policy comes from another stack",
        resources: [
          {
            type: "aws:iam/policyAttachment:PolicyAttachment",
            name: "shared",
            props: { roles: ["app"], policyArn: ref("elsewhere", "arn") },
          },
        ],
      },
    ],
  },
});

/** A deployed role repeats the attachments that are resources of their own; they are judged there. */
function attachedTo(role: Resource, stack: Stack<typeof attachments>): ReadonlySet<unknown> {
  const own = attempt(() => stack.pointingAt(role, attachments, "role"));
  if (own instanceof Unknown) return new Set();
  return new Set(own.map((attachment) => peek(attachment.props, "policyArn")));
}
