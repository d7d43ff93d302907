import { z } from "zod";
import { ref } from "../../example";
import {
  deploymentController,
  isDaemon,
  scalingPolicies,
  scalingPoliciesOf,
  scalingTargets,
  scalingTargetsOf,
  services,
} from "../../reading/ecs-service";
import { scales } from "../../reading/scaling";
import { notApplicable, rule } from "../../rule";
import { some } from "../../value";

const scaling = { scalableDimension: "ecs:service:DesiredCount", serviceNamespace: "ecs" };
const targetTrackingScalingPolicyConfiguration = {
  targetValue: 70,
  predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
};
const policyType = "TargetTrackingScaling";

export default rule({
  id: "aws-ecs-autoscaling",
  title: "ECS services scale with their load.",
  severity: "medium",
  why: "A fixed number of tasks is too small at the peak, when it matters, and too large for the rest of the day.",
  fix: "Add an `appautoscaling.Target` for the service and a target tracking `appautoscaling.Policy` on it.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html"],
  checklists: ["api-assistant", "foundational"],

  on: [services],
  sees: [scalingTargets, scalingPolicies],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    if (isDaemon(resource)) return notApplicable("runs one task on each instance");
    if (deploymentController(resource) === "EXTERNAL") return notApplicable("is deployed by EXTERNAL");
    if (scalingTargetsOf(resource, stack).length === 0) return "has no scaling target";
    if (!some(scalingPoliciesOf(resource, stack), scales))
      return "has a scaling target, and no policy that scales it";
  },

  examples: {
    good: [
      {
        title: "A target and a policy on it",
        resources: [
          { type: services, name: "api", props: { cluster: ref("elsewhere") } },
          {
            type: scalingTargets,
            name: "api-scaling",
            props: {
              ...scaling,
              minCapacity: 2,
              maxCapacity: 6,
              resourceId: `service/main/${ref("api", "name")}`,
            },
          },
          {
            type: scalingPolicies,
            name: "api-cpu",
            props: {
              ...scaling,
              policyType,
              targetTrackingScalingPolicyConfiguration,
              resourceId: ref("api-scaling", "resourceId"),
            },
          },
          { type: services, name: "second", props: { cluster: "main", name: "second" } },
          {
            type: scalingTargets,
            name: "second-scaling",
            props: { ...scaling, minCapacity: 2, maxCapacity: 6, resourceId: "service/main/second" },
          },
          {
            type: scalingPolicies,
            name: "second-steps",
            props: {
              ...scaling,
              stepScalingPolicyConfiguration: { stepAdjustments: [{ scalingAdjustment: 1 }] },
              resourceId: "service/main/second",
            },
          },
        ],
      },
      {
        title: "One on each instance",
        resources: [{ type: services, name: "agent", props: { schedulingStrategy: "DAEMON" } }],
      },
    ],
    bad: [
      { title: "A fixed number", resources: [{ type: services, name: "api", props: { desiredCount: 4 } }] },
      {
        title: "A target without a policy",
        resources: [
          { type: services, name: "api", props: { cluster: "main" } },
          {
            type: scalingTargets,
            name: "api-scaling",
            props: {
              ...scaling,
              minCapacity: 2,
              maxCapacity: 6,
              resourceId: `service/main/${ref("api", "name")}`,
            },
          },
        ],
      },
      {
        title: "A policy that only forecasts, and the scaling of a service of another cluster",
        resources: [
          { type: services, name: "api", props: { cluster: "main", name: "api" } },
          {
            type: scalingTargets,
            name: "api-scaling",
            props: { ...scaling, minCapacity: 2, maxCapacity: 6, resourceId: "service/main/api" },
          },
          {
            type: scalingPolicies,
            name: "api-forecast",
            props: {
              ...scaling,
              policyType: "PredictiveScaling",
              predictiveScalingPolicyConfiguration: { metricSpecifications: [], mode: "ForecastOnly" },
              resourceId: "service/main/api",
            },
          },
          {
            type: scalingPolicies,
            name: "other-cpu",
            props: {
              ...scaling,
              policyType,
              targetTrackingScalingPolicyConfiguration,
              resourceId: "service/other/api",
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A target for a service that is not known yet",
        resources: [
          { type: services, name: "api", props: { cluster: "main" } },
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
