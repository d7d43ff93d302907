import { z } from "zod";
import { scalingTargets } from "../../reading/ecs-service";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

const scaling = {
  scalableDimension: "ecs:service:DesiredCount",
  serviceNamespace: "ecs",
  resourceId: "service/main/api",
};

export default rule({
  id: "aws-ecs-autoscaling-range",
  title: "ECS services scale from two tasks to more.",
  severity: "medium",
  why: "Scaling to a single task gives up availability at quiet times, and a range without room does not scale at all.",
  fix: "Set `minCapacity` to 2 or more, and `maxCapacity` above it.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
  checklists: ["api-assistant", "foundational"],

  on: [scalingTargets],
  config: z.strictObject({
    minimum: z
      .number()
      .int()
      .nonnegative()
      .default(2)
      .describe("The least number of tasks to scale down to."),
  }),

  check({ serviceNamespace, minCapacity, maxCapacity }, { config }) {
    if (text(serviceNamespace) !== "ecs") return notApplicable("scales no ECS service");
    if (!(Number(minCapacity) >= config.minimum))
      return `scales down to ${Number(minCapacity)}; ${config.minimum} are required`;
    if (!(Number(maxCapacity) > Number(minCapacity)))
      return `has no room to scale: from ${Number(minCapacity)} to ${Number(maxCapacity)}`;
  },

  examples: {
    good: [
      {
        title: "From two to six",
        resources: [
          { type: scalingTargets, name: "api", props: { ...scaling, minCapacity: 2, maxCapacity: 6 } },
        ],
      },
      {
        title: "A table of DynamoDB",
        resources: [
          {
            type: scalingTargets,
            name: "table",
            props: {
              serviceNamespace: "dynamodb",
              scalableDimension: "dynamodb:table:ReadCapacityUnits",
              resourceId: "table/sessions",
              minCapacity: 1,
              maxCapacity: 1,
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Down to one",
        resources: [
          { type: scalingTargets, name: "api", props: { ...scaling, minCapacity: 1, maxCapacity: 6 } },
        ],
      },
      {
        title: "No room",
        resources: [
          { type: scalingTargets, name: "api", props: { ...scaling, minCapacity: 3, maxCapacity: 3 } },
        ],
      },
    ],
  },
});
