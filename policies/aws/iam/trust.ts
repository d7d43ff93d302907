import { z } from "zod";
import { ref } from "../../example";
import { documentAt, isPublic } from "../../reading/iam";
import { rule } from "../../rule";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

export default rule({
  id: "aws-iam-trust",
  title: "IAM roles do not trust everybody.",
  severity: "critical",
  why: "A role that trusts `*` can be assumed from any AWS account in the world, with all that it is allowed to do.",
  fix: "Name the service, account, role or identity provider that assumes the role in `Principal`, or tie the request to your organization with `aws:PrincipalOrgID`.",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html",
  ],
  controls: { checkov: ["CKV_AWS_60"], trivy: ["AWS-0342"] },
  checklists: ["api-assistant"],

  on: ["aws:iam/role:Role"],
  config: z.strictObject({}),

  each: (props) => documentAt(props, "assumeRolePolicy"),
  check(statement) {
    if (isPublic(statement)) return "can be assumed by anybody: no principal or condition says who";
  },

  examples: {
    good: [
      {
        title: "A service",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Principal: { Service: "ecs-tasks.amazonaws.com" },
                  },
                ],
              },
            },
          },
        ],
      },
      {
        title: "Anybody of one organization",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "readers",
            props: {
              assumeRolePolicy: document({
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { AWS: "*" },
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } },
              }),
            },
          },
        ],
      },
      {
        title: "An identity provider",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "deploys",
            props: {
              assumeRolePolicy: document({
                Effect: "Allow",
                Action: "sts:AssumeRoleWithWebIdentity",
                Principal: {
                  Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
                },
                Condition: {
                  StringEquals: {
                    "token.actions.githubusercontent.com:sub": "repo:example/app:ref:refs/heads/main",
                  },
                },
              }),
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Everybody",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }),
            },
          },
        ],
      },
      {
        title: "Everybody, in a list beside an account",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document(
                { Effect: "Deny", Action: "sts:AssumeRole", Principal: "*" },
                {
                  Sid: "Accounts",
                  Effect: "Allow",
                  Action: "sts:AssumeRole",
                  Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] },
                },
              ),
            },
          },
        ],
      },
      {
        title: "Everybody who knows an external id, which is no secret",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "vendor",
            props: {
              assumeRolePolicy: document({
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { AWS: "*" },
                Condition: { StringEquals: { "sts:ExternalId": "example" } },
              }),
            },
          },
        ],
      },
      {
        title: "A condition that lets everybody pass",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document({
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { AWS: "*" },
                Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
              }),
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The trusted account comes from another stack",
        resources: [
          {
            type: "aws:iam/role:Role",
            name: "app",
            props: {
              assumeRolePolicy: document({
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: { AWS: ref("elsewhere", "principal") },
              }),
            },
          },
        ],
      },
    ],
  },
});
