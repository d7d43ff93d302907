import { z } from "zod";
import { ref } from "../../example";
import {
  grantsOf,
  identityPolicies,
  isEveryAction,
  isOnEverything,
  isOnlyBoundary,
  policyUsers,
} from "../../reading/iam";
import { notApplicable, rule } from "../../rule";
import { every, some } from "../../value";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

export default rule({
  id: "aws-iam-no-admin",
  title: "No IAM policy allows every action on every resource.",
  severity: "high",
  why: "Whoever gets hold of such an identity, by a leaked key or a bug in the application, owns the whole account.",
  fix: "List the actions that are needed, and the resources that they are needed on.",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
  ],
  controls: {
    fsbp: ["IAM.1"],
    controlTower: ["CT.IAM.PR.1"],
    config: ["IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS"],
    checkov: ["CKV_AWS_62"],
    trivy: ["AWS-0345"],
  },
  checklists: ["api-assistant"],

  on: identityPolicies,
  sees: policyUsers,
  config: z.strictObject({}),

  each: (_, { resource, stack }) => grantsOf(resource, stack),
  check(statement, { resource, stack }) {
    const isAdmin = every(
      [
        () => statement.isAllow(),
        () => some(statement.actions, isEveryAction),
        () => isOnEverything(statement),
      ],
      (holds) => holds(),
    );
    if (!isAdmin) return;
    if (isOnlyBoundary(resource, stack)) return notApplicable("bounds permissions and grants none");
    return "allows every action on every resource";
  },

  examples: {
    good: [
      {
        title: "A permissions boundary, which grants nothing",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "boundary",
            props: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
          },
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: { assumeRolePolicy: "{}", permissionsBoundary: ref("boundary", "arn") },
          },
        ],
      },
      {
        title: "Two actions on one bucket",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "audio",
            props: {
              policy: document({
                Effect: "Allow",
                Action: ["s3:GetObject", "s3:PutObject"],
                Resource: "arn:aws:s3:::example-audio/*",
              }),
            },
          },
        ],
      },
      {
        title: "Everything is denied, which grants nothing",
        resources: [
          {
            type: "aws:iam/userPolicy:UserPolicy",
            name: "locked",
            props: {
              user: "example",
              policy: document({ Effect: "Deny", Action: "*", Resource: "*" }),
            },
          },
        ],
      },
      {
        title: "A document as an object, on what another resource is called",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: "reads",
            props: {
              role: "example",
              policy: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: ref("audio", "arn") }],
              },
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A permissions boundary that is attached, too",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "both",
            props: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
          },
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: { assumeRolePolicy: "{}", permissionsBoundary: ref("both", "arn") },
          },
          {
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "grants",
            props: { role: ref("app", "name"), policyArn: ref("both", "arn") },
          },
        ],
      },
      {
        title: "A permissions boundary that is one of a role's policies",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "both",
            props: { policy: document({ Effect: "Allow", Action: "*", Resource: "*" }) },
          },
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: { assumeRolePolicy: "{}", permissionsBoundary: ref("both", "arn") },
          },
          {
            type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
            name: "grants",
            props: { roleName: ref("app", "name"), policyArns: [ref("both", "arn")] },
          },
        ],
      },
      {
        title: "An administrator",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "admin",
            props: { policy: document({ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }) },
          },
        ],
      },
      {
        title: "Among lists, in a statement that is no list",
        resources: [
          {
            type: "aws:iam/groupPolicy:GroupPolicy",
            name: "operators",
            props: {
              group: "operators",
              policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: { Effect: "Allow", Action: ["ec2:Describe*", "*:*"], Resource: ["*"] },
              }),
            },
          },
        ],
      },
      {
        title: "Inside a role, beside a statement that is well",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document(),
              inlinePolicies: [
                {
                  name: "app",
                  policy: document(
                    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example/*" },
                    { Effect: "Allow", Action: "*", Resource: "*" },
                  ),
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The document comes from another stack",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "shared",
            props: { policy: ref("elsewhere", "json") },
          },
        ],
      },
    ],
  },
});
