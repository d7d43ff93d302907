import { z } from "zod";
import { ref } from "../../example";
import {
  grantsOf,
  identityPolicies,
  isEveryAction,
  isOnEverything,
  isOnlyBoundary,
  isWholeService,
  policyUsers,
} from "../../reading/iam";
import { notApplicable, rule } from "../../rule";
import { every, some, Unknown } from "../../value";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

export default rule({
  id: "aws-iam-no-service-wildcards",
  title: "IAM policies name actions, not whole services.",
  severity: "medium",
  why: "`s3:*` deletes buckets and opens them to the world as well as it reads an object; nobody who asked for it needs all of that.",
  fix: "Replace the wildcard with the actions that are needed, such as `s3:GetObject`; replace `NotAction` with `Action`.",
  links: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  ],
  controls: {
    fsbp: ["IAM.21"],
    controlTower: ["CT.IAM.PR.3"],
    config: ["IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS"],
    checkov: ["CKV_AWS_63"],
    trivy: ["AWS-0346"],
  },
  checklists: ["api-assistant"],

  on: identityPolicies,
  sees: policyUsers,
  config: z.strictObject({
    services: z
      .array(z.string().min(1))
      .default([])
      .describe("Services that may be allowed as a whole, such as `xray`."),
  }),

  each: (_, { resource, stack }) => grantsOf(resource, stack),
  check(statement, { resource, stack, config }) {
    const allowed = new Set(config.services.map((service) => service.toLowerCase()));
    const isWhole = (action: string) =>
      isWholeService(action) && !allowed.has(action.slice(0, action.indexOf(":")).toLowerCase());
    const isTooWide = every(
      [
        () => statement.isAllow(),
        () =>
          statement.notActions.length > 0 || some(statement.actions, (a) => isEveryAction(a) || isWhole(a)),
      ],
      (holds) => holds(),
    );
    if (!isTooWide) return;
    if (isOnlyBoundary(resource, stack)) return notApplicable("bounds permissions and grants none");
    if (statement.notActions.length > 0) return "allows every action but some (`NotAction`)";
    const whole = statement.actions.flatMap((a) => (a instanceof Unknown || !isWhole(a) ? [] : a));
    if (whole.length > 0) return `allows all of ${whole.join(", ")}`;
    // On every resource it is an administrator's, which is a rule of its own.
    return isOnEverything(statement) ? undefined : "allows every action of every service";
  },

  examples: {
    good: [
      {
        title: "A permissions boundary, which grants nothing",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "boundary",
            props: { policy: document({ Effect: "Allow", Action: "s3:*", Resource: "*" }) },
          },
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: { assumeRolePolicy: "{}", permissionsBoundary: ref("boundary", "arn") },
          },
        ],
      },
      {
        title: "Actions by name, and by what they begin with",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "reads",
            props: {
              policy: document({
                Effect: "Allow",
                Action: ["s3:Get*", "s3:List*", "sqs:SendMessage"],
                Resource: "arn:aws:s3:::example-audio/*",
              }),
            },
          },
        ],
      },
      {
        title: "All but two actions are denied",
        resources: [
          {
            type: "aws:iam/groupPolicy:GroupPolicy",
            name: "second-factor",
            props: {
              group: "people",
              policy: document(
                {
                  Effect: "Deny",
                  NotAction: ["iam:ListMFADevices", "sts:GetSessionToken"],
                  Resource: "*",
                  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
                },
                { Effect: "Deny", Action: "iam:*", Resource: "*" },
              ),
            },
          },
        ],
      },
      {
        title: "A service that the configuration lets through",
        config: { services: ["xray"] },
        resources: [
          {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: "traces",
            props: { role: "app", policy: document({ Effect: "Allow", Action: "XRay:*", Resource: "*" }) },
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
            props: { policy: document({ Effect: "Allow", Action: "s3:*", Resource: "*" }) },
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
        title: "All of S3 on one bucket",
        resources: [
          {
            type: "aws:iam/userPolicy:UserPolicy",
            name: "backup",
            props: {
              user: "backup",
              policy: document({
                Sid: "Backup",
                Effect: "Allow",
                Action: ["sqs:SendMessage", "s3:*"],
                Resource: "arn:aws:s3:::example/*",
              }),
            },
          },
        ],
      },
      {
        title: "All but IAM",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "power",
            props: { policy: document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }) },
          },
        ],
      },
      {
        title: "Two services as a whole, inside a role",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document(),
              inlinePolicies: [
                { policy: document({ Effect: "Allow", Action: ["iam:*", "EC2:**"], Resource: "*" }) },
              ],
            },
          },
        ],
      },
      {
        title: "Every action on one table",
        resources: [
          {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: "orders",
            props: {
              role: "app",
              policy: document({
                Effect: "Allow",
                Action: "*",
                Resource: "arn:aws:dynamodb:eu-west-3:123456789012:table/orders",
              }),
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The document is written around another stack's table",
        resources: [
          {
            type: "aws:iam/policy:Policy",
            name: "orders",
            props: {
              policy: document({ Effect: "Allow", Action: "dynamodb:*", Resource: ref("elsewhere", "arn") }),
            },
          },
        ],
      },
    ],
  },
});
