import { z } from "zod";
import { ref } from "../../example";
import { ecsContainers, isFargate, isWindows, mebibytes, taskDefinitions } from "../../reading/ecs";
import { rule } from "../../rule";
import { isSet } from "../../value";

export default rule({
  id: "aws-ecs-memory-limit",
  title: "ECS containers run under a hard memory limit.",
  severity: "high",
  why: "A container without a hard limit takes the memory of its whole instance, and the kernel then kills whatever it likes.",
  fix: "Set `memory` on each container, or on the task definition.",
  links: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",
  ],
  controls: { controlTower: ["CT.ECS.PR.7"], config: ["ECS_TASK_DEFINITION_MEMORY_HARD_LIMIT"] },
  checklists: ["lexia", "api-assistant", "foundational"],

  on: [taskDefinitions],
  config: z.strictObject({
    minimum: z.number().positive().default(4).describe("The least limit, in MiB, that counts as one."),
  }),

  *each(task) {
    // The task's own limit holds for all of its containers, whatever they are. Windows on EC2 ignores it.
    if (isSet(task, "memory") && (isFargate(task) || !isWindows(task))) yield ["", { memory: task.memory }];
    else yield* ecsContainers(task);
  },
  check(container, { config }) {
    if (!isSet(container, "memory")) {
      return isSet(container, "memoryReservation")
        ? "has a memory reservation only, which is no limit"
        : "has no memory limit";
    }
    const limit = mebibytes(container.memory);
    if (limit === undefined) return "has a memory limit that is no number";
    if (!(limit >= config.minimum))
      return `has a memory limit of ${limit} MiB, which is less than ${config.minimum}`;
  },

  examples: {
    good: [
      {
        title: "Every container has its limit",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([
                { name: "api", image: "example/api:1.4.0", memory: 512 },
                { name: "proxy", image: "example/proxy:1.2.0", memory: 64, memoryReservation: 32 },
              ]),
            },
          },
        ],
      },
      {
        title: "The task on Fargate has the limit, whatever its containers will be",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              requiresCompatibilities: ["FARGATE"],
              cpu: "512",
              memory: "1024",
              containerDefinitions: ref("elsewhere"),
            },
          },
          {
            type: taskDefinitions,
            name: "worker",
            props: {
              family: "worker",
              requiresCompatibilities: ["FARGATE"],
              cpu: "512",
              memory: "1024",
              containerDefinitions: JSON.stringify([{ name: "worker", image: "example/worker:1.4.0" }]),
            },
          },
        ],
      },
      {
        title: "A task on EC2 with a limit of its own",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              memory: "1 GB",
              containerDefinitions: JSON.stringify([{ name: "api", image: "example/api:1.4.0" }]),
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No limit at all",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([{ name: "api", image: "example/api:1.4.0" }]),
            },
          },
        ],
      },
      {
        title: "One container of two has only a reservation",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              requiresCompatibilities: ["EC2"],
              containerDefinitions: JSON.stringify([
                { name: "api", image: "example/api:1.4.0", memory: "512" },
                { name: "proxy", image: "example/proxy:1.2.0", memoryReservation: 128 },
              ]),
            },
          },
        ],
      },
      {
        title: "A limit of nothing",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([{ Name: "api", Image: "example/api:1.4.0", Memory: 0 }]),
            },
          },
        ],
      },
      {
        title: "Windows on EC2 ignores the limit of the task",
        resources: [
          {
            type: taskDefinitions,
            name: "report",
            props: {
              family: "report",
              memory: "4096",
              runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
              containerDefinitions: JSON.stringify([{ name: "report", image: "example/report:1.4.0" }]),
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Containers that hold an output",
        resources: [
          {
            type: taskDefinitions,
            name: "api",
            props: {
              family: "api",
              containerDefinitions: JSON.stringify([{ name: "api", image: ref("elsewhere"), memory: 512 }]),
            },
          },
        ],
      },
    ],
  },
});
