import { z } from "zod";
import { ref } from "../../example";
import { groupPolicies, scales } from "../../reading/scaling";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { items, some, text } from "../../value";

const groups = "aws:autoscaling/group:Group";
const capacityProviders = "aws:ecs/capacityProvider:CapacityProvider";
type CapacityProvider = Resource<typeof capacityProviders>;
const sizes = { minSize: 2, maxSize: 6 };

export default rule({
  id: "aws-autoscaling-policy",
  title: "Auto scaling groups have a policy that scales them.",
  severity: "medium",
  why: "Without a policy an auto scaling group only replaces lost instances: it does not grow with the load.",
  fix: "Add an `autoscaling.Policy` of type `TargetTrackingScaling` for the group.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-scaling-target-tracking.html"],
  checklists: ["api-assistant", "foundational"],

  on: [groups],
  sees: [groupPolicies, capacityProviders],
  config: z.strictObject({}),

  check({ tags }, { resource, stack }) {
    const arn = "autoScalingGroupProvider.autoScalingGroupArn";
    const ways = [
      () => stack.somePointingAt(resource, groupPolicies, "autoscalingGroupName", scales),
      () => stack.somePointingAt(resource, capacityProviders, arn, isManaged),
    ];
    if (some(ways, (way) => way())) return;
    // The cluster autoscaler finds its groups by these tags.
    if (some(items(tags), (tag) => text(tag?.key)?.startsWith("k8s.io/cluster-autoscaler/") === true))
      return notApplicable("is scaled by the cluster autoscaler of Kubernetes");
    return "has no policy that scales it";
  },

  examples: {
    good: [
      {
        title: "A policy on the group",
        resources: [
          { type: groups, name: "api", props: sizes },
          {
            type: groupPolicies,
            name: "api-cpu",
            props: {
              autoscalingGroupName: ref("api", "name"),
              policyType: "TargetTrackingScaling",
              targetTrackingConfiguration: {
                predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
                targetValue: 60,
              },
            },
          },
        ],
      },
      {
        title: "Scaled by ECS",
        resources: [
          { type: groups, name: "nodes", props: sizes },
          {
            type: capacityProviders,
            name: "provider",
            props: {
              autoScalingGroupProvider: {
                autoScalingGroupArn: ref("nodes", "arn"),
                managedScaling: { status: "ENABLED" },
              },
            },
          },
        ],
      },
      {
        title: "Scaled by Kubernetes",
        resources: [
          {
            type: groups,
            name: "nodes",
            props: {
              ...sizes,
              tags: [{ key: "k8s.io/cluster-autoscaler/enabled", value: "true", propagateAtLaunch: false }],
            },
          },
        ],
      },
    ],
    bad: [
      { title: "No policy", resources: [{ type: groups, name: "api", props: sizes }] },
      {
        title: "A policy that is switched off, and one of another group",
        resources: [
          { type: groups, name: "api", props: sizes },
          {
            type: groupPolicies,
            name: "off",
            props: { autoscalingGroupName: ref("api", "name"), enabled: false, scalingAdjustment: 1 },
          },
          {
            type: groupPolicies,
            name: "other",
            props: { autoscalingGroupName: "other", scalingAdjustment: 1 },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A policy of a group that is not known yet",
        resources: [
          { type: groups, name: "api", props: sizes },
          {
            type: groupPolicies,
            name: "cpu",
            props: { autoscalingGroupName: ref("elsewhere"), scalingAdjustment: 1 },
          },
        ],
      },
    ],
  },
});

const isManaged = ({ props }: CapacityProvider): boolean =>
  props.autoScalingGroupProvider?.managedScaling?.status === "ENABLED";
