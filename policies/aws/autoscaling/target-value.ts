import { z } from "zod";
import { ref } from "../../example";
import { scalingPolicies } from "../../reading/ecs-service";
import { groupPolicies, trackedResource, tracking } from "../../reading/scaling";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

const ecs = {
  serviceNamespace: "ecs",
  scalableDimension: "ecs:service:DesiredCount",
  resourceId: "service/main/api",
  policyType: "TargetTrackingScaling",
};
const tracked = (predefinedMetricType: string, targetValue: number) => ({
  predefinedMetricSpecification: { predefinedMetricType },
  targetValue,
});
const cpu = "ECSServiceAverageCPUUtilization";

export default rule({
  id: "aws-autoscaling-target-value",
  title: "Scaling starts before CPU or memory are used up.",
  severity: "medium",
  why: "New capacity takes minutes: a policy that waits until CPU or memory are nearly full comes too late.",
  fix: "Lower `targetValue` to at most 70 for CPU and 80 for memory.",
  links: [
    "https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html",
  ],
  checklists: ["api-assistant", "foundational"],

  on: [scalingPolicies, groupPolicies],
  config: z.strictObject({
    cpu: z
      .number()
      .positive()
      .max(100)
      .default(70)
      .describe("The highest CPU utilisation to hold, in percent."),
    memory: z
      .number()
      .positive()
      .max(100)
      .default(80)
      .describe("The highest memory utilisation to hold, in percent."),
  }),

  check(props, { resource, config }) {
    const namespace = resource.type === scalingPolicies ? text(resource.props.serviceNamespace) : "ec2";
    if (namespace !== "ecs" && namespace !== "ec2") return notApplicable("scales neither ECS nor EC2");
    if (text(props.policyType) !== "TargetTrackingScaling") return notApplicable("tracks no target");
    const configuration = tracking(resource);
    const what = configuration && trackedResource(configuration);
    if (!what) return notApplicable("tracks neither CPU nor memory");
    const value = Number(configuration.targetValue);
    const named = what === "cpu" ? "CPU" : "memory";
    if (!(value <= config[what])) return `scales at ${value} % ${named}; ${config[what]} % is the most`;
  },

  examples: {
    good: [
      {
        title: "CPU at 60 %, memory at 80 %",
        resources: [
          {
            type: scalingPolicies,
            name: "cpu",
            props: { ...ecs, targetTrackingScalingPolicyConfiguration: tracked(cpu, 60) },
          },
          {
            type: scalingPolicies,
            name: "memory",
            props: {
              ...ecs,
              targetTrackingScalingPolicyConfiguration: tracked("ECSServiceAverageMemoryUtilization", 80),
            },
          },
        ],
      },
      {
        title: "A number of requests is no percentage",
        resources: [
          {
            type: groupPolicies,
            name: "requests",
            props: {
              autoscalingGroupName: "api",
              policyType: "TargetTrackingScaling",
              targetTrackingConfiguration: tracked("ALBRequestCountPerTarget", 1000),
            },
          },
        ],
      },
      {
        title: "Steps",
        resources: [
          {
            type: groupPolicies,
            name: "steps",
            props: { autoscalingGroupName: "api", scalingAdjustment: 1 },
          },
        ],
      },
    ],
    bad: [
      {
        title: "CPU at 90 %",
        resources: [
          {
            type: scalingPolicies,
            name: "cpu",
            props: { ...ecs, targetTrackingScalingPolicyConfiguration: tracked(cpu, 90) },
          },
        ],
      },
      {
        title: "The CPU of an auto scaling group, as a metric of one's own",
        resources: [
          {
            type: groupPolicies,
            name: "cpu",
            props: {
              autoscalingGroupName: "api",
              policyType: "TargetTrackingScaling",
              targetTrackingConfiguration: {
                customizedMetricSpecification: {
                  metricName: "CPUUtilization",
                  namespace: "AWS/EC2",
                  statistic: "Average",
                },
                targetValue: 75,
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A target that is not known yet",
        resources: [
          {
            type: scalingPolicies,
            name: "cpu",
            props: {
              ...ecs,
              targetTrackingScalingPolicyConfiguration: tracked(cpu, ref<never>("elsewhere")),
            },
          },
        ],
      },
    ],
  },
});
