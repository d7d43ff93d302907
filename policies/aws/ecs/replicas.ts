import { z } from "zod";
import { ref } from "../../example";
import {
  deploymentController,
  isDaemon,
  scalingTargets,
  scalingTargetsOf,
  services,
} from "../../reading/ecs-service";
import { notApplicable, rule } from "../../rule";
import { peek, some, Unknown } from "../../value";

const scaling = { scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" };

export default rule({
  id: "aws-ecs-replicas",
  title: "ECS services run at least two tasks.",
  severity: "medium",
  why: "One task is down during every deployment that fails, every restart and every loss of its instance or zone.",
  fix: "Set `desiredCount` to 2 or more, or scale the service with a minimum of 2.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html"],
  checklists: ["api-assistant", "foundational"],

  on: [services],
  sees: [scalingTargets],
  config: z.strictObject({
    minimum: z.number().int().positive().default(2).describe("The least number of tasks."),
  }),

  check(props, { resource, stack, config }) {
    if (isDaemon(resource)) return notApplicable("runs one task on each instance");
    if (deploymentController(resource) === "EXTERNAL") return notApplicable("is deployed by EXTERNAL");
    const wanted = peek(props, "desiredCount");
    if (Number(wanted) >= config.minimum) return;
    const targets = scalingTargetsOf(resource, stack);
    if (some(targets, (target) => Number(target.props.minCapacity) >= config.minimum)) return;
    if (wanted instanceof Unknown) throw wanted;
    return `runs ${wanted === 1 ? "one task" : `${Number(wanted) || "no"} tasks`}; ${config.minimum} are required`;
  },

  examples: {
    good: [
      { title: "Two tasks", resources: [{ type: services, name: "api", props: { desiredCount: 2 } }] },
      {
        title: "Scaled from two upwards",
        resources: [
          { type: services, name: "api", props: { cluster: ref("elsewhere"), name: "api" } },
          {
            type: scalingTargets,
            name: "api-scaling",
            props: {
              ...scaling,
              minCapacity: 2,
              maxCapacity: 6,
              resourceId: `service/${ref("elsewhere")}/${ref("api", "name")}`,
            },
          },
          { type: services, name: "literal", props: { cluster: "main", name: "literal" } },
          {
            type: scalingTargets,
            name: "literal-scaling",
            props: { ...scaling, minCapacity: 2, maxCapacity: 6, resourceId: "service/main/literal" },
          },
        ],
      },
      {
        title: "One on each instance",
        resources: [{ type: services, name: "agent", props: { schedulingStrategy: "DAEMON" } }],
      },
    ],
    bad: [
      { title: "One task", resources: [{ type: services, name: "api", props: { desiredCount: 1 } }] },
      { title: "No count, which is none", resources: [{ type: services, name: "api", props: {} }] },
      {
        title: "Scaled from one upwards, and another service from two",
        resources: [
          { type: services, name: "api", props: { desiredCount: 1, cluster: "main" } },
          { type: services, name: "other", props: { desiredCount: 2, cluster: "main" } },
          {
            type: scalingTargets,
            name: "api-scaling",
            props: {
              ...scaling,
              minCapacity: 1,
              maxCapacity: 6,
              resourceId: `service/main/${ref("api", "name")}`,
            },
          },
          {
            type: scalingTargets,
            name: "other-scaling",
            props: {
              ...scaling,
              minCapacity: 2,
              maxCapacity: 6,
              resourceId: `service/main/${ref("other", "name")}`,
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A scaling target for a service that is not known yet",
        resources: [
          { type: services, name: "api", props: { desiredCount: 1 } },
          {
            type: scalingTargets,
            name: "scaling",
            props: { ...scaling, minCapacity: 2, maxCapacity: 6, resourceId: ref("elsewhere") },
          },
        ],
      },
    ],
  },
});
