import { z } from "zod";
import { ref } from "../../example";
import { ecsContainers, taskDefinitions } from "../../reading/ecs";
import { isBehindLoadBalancer, services, taskDefinitionOf } from "../../reading/ecs-service";
import { notApplicable, rule } from "../../rule";
import { isSet, list, some, Unknown } from "../../value";

const containers = (...definitions: object[]) => JSON.stringify(definitions);
const api = { name: "api", image: "example/api:1.4.0", memory: 512 };
const healthCheck = { command: ["CMD-SHELL", "curl -f http://localhost:8000/health || exit 1"] };

export default rule({
  id: "aws-ecs-health-check",
  title: "ECS knows whether the tasks of a service are healthy.",
  severity: "medium",
  why: "Without a health check a task that hangs counts as running: ECS neither replaces it nor notices that a new version does not work.",
  fix: "Give the container a `healthCheck` with a `command`, or put the service behind a target group.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html"],
  checklists: ["foundational", "praviel"],

  on: [services],
  sees: [taskDefinitions],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    if (isBehindLoadBalancer(resource)) return;
    if (!isSet(props, "taskDefinition")) return notApplicable("has task sets instead of a task definition");
    const task = taskDefinitionOf(resource, stack);
    if (!task) throw new Unknown("taskDefinition");
    const checked = some(
      ecsContainers(task.props).map(([, container]) => container),
      ({ healthCheck }) => {
        const [kind] = list(healthCheck?.command);
        return kind !== undefined && kind !== "NONE";
      },
    );
    if (!checked) return "has neither a load balancer nor a container with a health check";
  },

  examples: {
    good: [
      {
        title: "A container with a health check",
        resources: [
          {
            type: taskDefinitions,
            name: "worker",
            props: { family: "worker", containerDefinitions: containers({ ...api, healthCheck }) },
          },
          { type: services, name: "worker-service", props: { taskDefinition: ref("worker", "arn") } },
          { type: services, name: "pinned", props: { taskDefinition: "worker:7" } },
        ],
      },
      {
        title: "A target group checks the tasks",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: { family: "api", containerDefinitions: containers(api) },
          },
          {
            type: services,
            name: "api-service",
            props: {
              taskDefinition: ref("api", "arn"),
              loadBalancers: [
                { targetGroupArn: ref("elsewhere"), containerName: "api", containerPort: 8000 },
              ],
            },
          },
          {
            type: services,
            name: "second",
            props: {
              taskDefinition: ref("api", "arn"),
              loadBalancers: [{ targetGroupArn: "arn:aws:tg", containerName: "api", containerPort: 8000 }],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Neither",
        resources: [
          {
            type: taskDefinitions,
            name: "worker",
            props: { family: "worker", containerDefinitions: containers(api) },
          },
          { type: services, name: "worker-service", props: { taskDefinition: ref("worker", "arn") } },
        ],
      },
      {
        title: "A health check that is switched off",
        resources: [
          {
            type: taskDefinitions,
            name: "worker",
            props: {
              family: "worker",
              containerDefinitions: containers({ ...api, healthCheck: { command: ["NONE"] } }),
            },
          },
          { type: services, name: "worker-service", props: { taskDefinition: "worker" } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A task definition from elsewhere",
        resources: [
          { type: services, name: "worker-service", props: { taskDefinition: ref("elsewhere", "arn") } },
        ],
      },
    ],
  },
});
