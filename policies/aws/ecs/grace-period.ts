import { z } from "zod";
import { ref } from "../../example";
import { deploymentController, isBehindLoadBalancer, services } from "../../reading/ecs-service";
import { notApplicable, rule } from "../../rule";

const loadBalancers = [{ targetGroupArn: "arn:aws:tg", containerName: "api", containerPort: 8000 }];

export default rule({
  id: "aws-ecs-grace-period",
  title: "ECS tasks behind a load balancer get time to start.",
  severity: "low",
  why: "Without a grace period the load balancer's first failing checks kill tasks that are still starting, and a deployment never ends.",
  fix: "Set `healthCheckGracePeriodSeconds` to what the container needs to start, such as 60.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"],
  checklists: ["foundational", "praviel"],

  on: [services],
  config: z.strictObject({
    minimum: z
      .number()
      .int()
      .positive()
      .default(1)
      .describe("The shortest grace period, in seconds, that counts."),
  }),

  check(props, { resource, config }) {
    if (deploymentController(resource) === "EXTERNAL") return notApplicable("is deployed by EXTERNAL");
    if (!isBehindLoadBalancer(resource)) return notApplicable("has no load balancer");
    const seconds = Number(props.healthCheckGracePeriodSeconds ?? 0);
    if (!(seconds >= config.minimum)) return "is behind a load balancer, and its tasks get no time to start";
  },

  examples: {
    good: [
      {
        title: "A minute to start",
        resources: [
          { type: services, name: "api", props: { loadBalancers, healthCheckGracePeriodSeconds: 60 } },
        ],
      },
      {
        title: "A worker that nothing checks from outside",
        resources: [{ type: services, name: "worker", props: {} }],
      },
    ],
    bad: [
      { title: "No grace period", resources: [{ type: services, name: "api", props: { loadBalancers } }] },
      {
        title: "A grace period of nothing",
        resources: [
          { type: services, name: "api", props: { loadBalancers, healthCheckGracePeriodSeconds: 0 } },
        ],
      },
    ],
    undetermined: [
      {
        title: "Load balancers that are not known yet",
        resources: [{ type: services, name: "api", props: { loadBalancers: ref<never>("elsewhere") } }],
      },
    ],
  },
});
