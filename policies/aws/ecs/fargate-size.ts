import { z } from "zod";
import { isFargate, taskDefinitions } from "../../reading/ecs";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

const containerDefinitions = JSON.stringify([
  { name: "api", image: "example/api:1.4.0", cpu: 256, memory: 512 },
]);

export default rule({
  id: "aws-ecs-fargate-size",
  title: "Tasks on Fargate name their CPU and memory.",
  severity: "medium",
  why: "Fargate runs a task in a machine of exactly its size: without one the task cannot be registered.",
  fix: "Set `cpu` and `memory` on the task definition, such as 512 and 1024.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"],
  checklists: ["lexia", "api-assistant", "foundational"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  check(task) {
    if (!isFargate(task)) return notApplicable("is not for Fargate");
    const missing = (["cpu", "memory"] as const).filter((key) => !isSet(task, key));
    if (missing.length > 0) return `is for Fargate, and has no ${missing.join(" and no ")}`;
  },

  examples: {
    good: [
      {
        title: "Half a vCPU and 1 GB",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              requiresCompatibilities: ["FARGATE"],
              cpu: "512",
              memory: "1024",
              containerDefinitions,
            },
          },
        ],
      },
      {
        title: "A task on EC2 needs none",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: { family: "api", requiresCompatibilities: ["EC2"], containerDefinitions },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Only the container has a size",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: { family: "api", requiresCompatibilities: ["FARGATE"], containerDefinitions },
          },
        ],
      },
      {
        title: "Memory is missing",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              requiresCompatibilities: ["EC2", "FARGATE"],
              cpu: "256",
              containerDefinitions,
            },
          },
        ],
      },
    ],
  },
});
