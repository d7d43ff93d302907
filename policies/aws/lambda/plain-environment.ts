import { z } from "zod";
import { ref, secret } from "../../example";
import { secretIn, settings } from "../../reading/secret";
import { rule } from "../../rule";

export default rule({
  id: "aws-lambda-plain-environment",
  title: "No function gets a secret as plain text in its environment.",
  severity: "high",
  why: "Everybody who may see the function's configuration, the program or its state sees the secret, too.",
  fix: "Give the function the ARN of a Secrets Manager secret or an SSM parameter and let it read that at start; or take the value from `config.requireSecret`. Change the value that was written down.",
  links: [
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-encryption",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html",
  ],
  controls: { checkov: ["CKV_AWS_45"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: ["aws:lambda/function:Function"],
  config: z.strictObject({}),

  *each(props) {
    yield* settings(props.environment?.variables, "environment");
  },
  check(setting, context) {
    const kind = secretIn(setting, context);
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "The ARN of a secret, read at start",
        resources: [
          { type: "aws:secretsmanager/secret:Secret", name: "db", props: {} },
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: {
              role: "api",
              environment: { variables: { DB_SECRET_ARN: ref("db", "arn"), STAGE: "live" } },
            },
          },
        ],
      },
      {
        title: "A secret setting of the program",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: { role: "api", environment: { variables: { API_KEY: secret("apiKey") } } },
          },
        ],
      },
      {
        title: "A value of another resource is no literal",
        resources: [
          { type: "aws:secretsmanager/secret:Secret", name: "db", props: {} },
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: { role: "api", environment: { variables: { DB_SECRET: ref("db", "name") } } },
          },
        ],
      },
      {
        title: "The name that Pulumi gave a secret, as the deployment shows it",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: { role: "api", environment: { variables: { DB_SECRET: "db-1a2b3c4" } } },
          },
        ],
      },
      {
        title: "Counts, lengths of time and switches",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: {
              role: "api",
              environment: { variables: { MAX_TOKENS: "4096", TOKEN_TTL: "15m", USE_API_KEY: "false" } },
            },
          },
        ],
      },
      {
        title: "No environment",
        resources: [{ type: "aws:lambda/function:Function", name: "api", props: { role: "api" } }],
      },
    ],
    bad: [
      {
        title: "A literal password",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: {
              role: "api",
              environment: { variables: { STAGE: "live", DB_PASSWORD: "correct-horse" } },
            },
          },
        ],
      },
      {
        title: "A password inside a URL, under a harmless name",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: {
              role: "api",
              environment: { variables: { DATABASE: "mysql://app:correct-horse@db.example.com/app" } },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A value from outside the stack under a secret's name",
        resources: [
          {
            type: "aws:lambda/function:Function",
            name: "api",
            props: { role: "api", environment: { variables: { API_TOKEN: ref("elsewhere", "token") } } },
          },
        ],
      },
    ],
  },
});
