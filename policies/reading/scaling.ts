import type { Resource } from "../stack";
import { text } from "../value";
import { isFalse } from "./flag";

const applicationPolicies = "aws:appautoscaling/policy:Policy";
export const groupPolicies = "aws:autoscaling/policy:Policy";

type Policy = Resource<typeof applicationPolicies | typeof groupPolicies>;

/** What a target tracking policy holds at its target. */
interface Tracked {
  predefinedMetricSpecification?: { predefinedMetricType?: string };
  customizedMetricSpecification?: { metricName?: string; namespace?: string };
  targetValue?: number;
}

/** Whether a policy changes the capacity, rather than only forecast it or stand by. */
export function scales(policy: Policy): boolean {
  const { props } = policy;
  if (isFalse((props as { enabled?: boolean }).enabled)) return false;
  if (text(props.policyType) !== "PredictiveScaling") return true;
  const forecast =
    policy.type === applicationPolicies
      ? policy.props.predictiveScalingPolicyConfiguration
      : policy.props.predictiveScalingConfiguration;
  return forecast?.mode === "ForecastAndScale";
}

/** The target tracking configuration of a policy, in either of its forms. */
export const tracking = (policy: Policy): Tracked | undefined =>
  policy.type === applicationPolicies
    ? policy.props.targetTrackingScalingPolicyConfiguration
    : policy.props.targetTrackingConfiguration;

/** Which of the two a policy tracks, where it is a percentage; nothing for requests, queues and the like. */
export function trackedResource(tracked: Tracked): "cpu" | "memory" | undefined {
  const predefined = text(tracked.predefinedMetricSpecification?.predefinedMetricType);
  if (predefined) return percentages.get(predefined);
  const { metricName, namespace } = tracked.customizedMetricSpecification ?? {};
  return ["AWS/ECS", "AWS/EC2"].includes(text(namespace) ?? "")
    ? percentages.get(text(metricName) ?? "")
    : undefined;
}

const percentages = new Map<string, "cpu" | "memory">([
  ["ECSServiceAverageCPUUtilization", "cpu"],
  ["ECSServiceAverageMemoryUtilization", "memory"],
  ["ASGAverageCPUUtilization", "cpu"],
  ["CPUUtilization", "cpu"],
  ["MemoryUtilization", "memory"],
]);
