import { z } from "zod";
import { ref } from "../../example";
import { deploymentController, services } from "../../reading/ecs-service";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

export default rule({
  id: "aws-ecs-rollback",
  title: "A failed ECS deployment rolls back by itself.",
  severity: "medium",
  why: "Without the circuit breaker ECS starts a broken version again and again, and nobody brings the last good one back.",
  fix: "Set `deploymentCircuitBreaker` to `{ enable: true, rollback: true }`.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"],
  checklists: ["foundational", "praviel"],

  on: [services],
  config: z.strictObject({}),

  check(props, { resource }) {
    const controller = deploymentController(resource);
    if (controller !== "ECS") return notApplicable(`is deployed by ${controller}`);
    const breaker = props.deploymentCircuitBreaker;
    if (!breaker || !isTrue(breaker.enable)) return "has no deployment circuit breaker";
    if (!isTrue(breaker.rollback)) return "stops a failed deployment and does not roll it back";
  },
  remediate: ({ deploymentController }) =>
    (text(deploymentController?.type) || "ECS") === "ECS"
      ? { deploymentCircuitBreaker: { enable: true, rollback: true } }
      : undefined,

  examples: {
    good: [
      {
        title: "The circuit breaker rolls back",
        resources: [
          {
            type: services,
            name: "api",
            props: { deploymentCircuitBreaker: { enable: true, rollback: true } },
          },
        ],
      },
      {
        title: "CodeDeploy rolls back in its own way",
        resources: [
          { type: services, name: "api", props: { deploymentController: { type: "CODE_DEPLOY" } } },
        ],
      },
    ],
    bad: [
      { title: "No circuit breaker", resources: [{ type: services, name: "api", props: {} }] },
      {
        title: "It stops, and leaves the broken version",
        resources: [
          {
            type: services,
            name: "api",
            props: {
              deploymentController: { type: "ECS" },
              deploymentCircuitBreaker: { enable: true, rollback: false },
            },
          },
        ],
      },
      {
        title: "Switched off",
        resources: [
          {
            type: services,
            name: "api",
            props: { deploymentCircuitBreaker: { enable: false, rollback: true } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A switch that is not known yet",
        resources: [
          {
            type: services,
            name: "api",
            props: { deploymentCircuitBreaker: { enable: ref<never>("elsewhere"), rollback: true } },
          },
        ],
      },
    ],
  },
});
