import { z } from "zod";
import { ref } from "../../example";
import { ecsContainers, taskDefinitions } from "../../reading/ecs";
import { type Setting, secretIn, shown } from "../../reading/secret";
import { rule } from "../../rule";
import { list, text, Unknown } from "../../value";

export default rule({
  id: "aws-ecs-plain-environment",
  title: "No ECS container gets a secret as plain text in its environment.",
  severity: "high",
  why: "Everybody who may describe the task definition, in any of its revisions, sees the secret.",
  fix: "Name the value in the container's `secrets`, with the ARN of a Secrets Manager secret or an SSM parameter as `valueFrom`. Change the value that was written down.",
  links: [
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8",
  ],
  controls: { fsbp: ["ECS.8"], controlTower: ["CT.ECS.PR.12"], trivy: ["AWS-0036"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(props) {
    for (const [part, container] of ecsContainers(props)) {
      if (container instanceof Unknown) {
        yield [part, container];
        continue;
      }
      for (const variable of list(container.environment)) {
        const name = text(variable?.name) ?? "";
        const within = text(variable?.value) ?? "";
        const input = "containerDefinitions";
        const setting: Setting = { name, of: props, key: input, input, within };
        yield [`${part}, variable ${shown(name)}`, setting];
      }
    }
  },
  check(setting, context) {
    const kind = secretIn(setting, context);
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "The password comes from Secrets Manager",
        resources: [
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([
                {
                  name: "api",
                  image: "api:1.0",
                  environment: [
                    { name: "LOG_LEVEL", value: "info" },
                    { name: "MAX_TOKENS", value: "4096" },
                    { name: "DB_SECRET_NAME", value: "prod-db" },
                  ],
                  secrets: [
                    {
                      name: "DB_PASSWORD",
                      valueFrom: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db-a1B2c3",
                    },
                  ],
                },
              ]),
            },
          },
        ],
      },
      {
        title: "No environment",
        resources: [
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([{ name: "api", image: "api:1.0" }]),
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A literal password",
        resources: [
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([
                {
                  name: "api",
                  image: "api:1.0",
                  environment: [
                    { name: "LOG_LEVEL", value: "info" },
                    { name: "DB_PASSWORD", value: "correct-horse" },
                  ],
                },
              ]),
            },
          },
        ],
      },
      {
        title: "A password inside a URL, in the second container, keys in CloudFormation's form",
        resources: [
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([
                { Name: "api", Image: "api:1.0" },
                {
                  Name: "worker",
                  Image: "worker:1.0",
                  Environment: [{ Name: "BROKER", Value: "amqps://app:correct-horse@queue:5671/" }],
                },
              ]),
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "An image that is not known yet makes all of the text unknown",
        resources: [
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([
                { name: "api", image: ref("elsewhere", "url"), environment: [{ name: "A", value: "b" }] },
              ]),
            },
          },
        ],
      },
    ],
  },
});
