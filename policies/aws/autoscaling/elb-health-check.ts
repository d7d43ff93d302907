import { z } from "zod";
import { ref } from "../../example";
import { notApplicable, rule } from "../../rule";
import { items, text } from "../../value";

const groups = "aws:autoscaling/group:Group";
const attachments = [
  "aws:autoscaling/attachment:Attachment",
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
] as const;
const sizes = { minSize: 2, maxSize: 6 };

export default rule({
  id: "aws-autoscaling-elb-health-check",
  title: "Auto scaling groups behind a load balancer replace what it finds unhealthy.",
  severity: "medium",
  why: "By default a group looks at the machine only: an instance whose application is dead stays, and gets no traffic.",
  fix: 'Set `healthCheckType` to "ELB".',
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-elb-healthcheck.html"],
  controls: { fsbp: ["AutoScaling.1"], controlTower: ["CT.AUTOSCALING.PR.4"], checkov: ["CKV2_AWS_15"] },
  checklists: ["api-assistant"],

  on: [groups],
  sees: attachments,
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    const types =
      text(props.healthCheckType)
        ?.toUpperCase()
        .split(/\s*,\s*/) ?? [];
    if (types.includes("ELB") || types.includes("VPC_LATTICE")) return;
    const attached =
      (["targetGroupArns", "loadBalancers", "trafficSources"] as const).some(
        (key) => items<unknown>(props[key]).length > 0,
      ) || stack.pointingAt(resource, attachments, "autoscalingGroupName").length > 0;
    if (!attached) return notApplicable("is behind no load balancer");
    return "is behind a load balancer, and replaces an instance only when its machine fails";
  },

  examples: {
    good: [
      {
        title: "Attached, and checked by the load balancer",
        resources: [
          {
            type: groups,
            name: "api",
            props: { ...sizes, targetGroupArns: [ref("elsewhere")], healthCheckType: "ELB" },
          },
          {
            type: groups,
            name: "web",
            props: { ...sizes, targetGroupArns: ["arn:aws:tg"], healthCheckType: "ELB" },
          },
        ],
      },
      { title: "Behind no load balancer", resources: [{ type: groups, name: "workers", props: sizes }] },
    ],
    bad: [
      {
        title: "Attached by the group itself",
        resources: [
          { type: groups, name: "api", props: { ...sizes, targetGroupArns: ["arn:aws:tg"] } },
          { type: groups, name: "web", props: { ...sizes, loadBalancers: ["web"], healthCheckType: "EC2" } },
        ],
      },
      {
        title: "Attached by resources of their own",
        resources: [
          { type: groups, name: "api", props: sizes },
          {
            type: "aws:autoscaling/attachment:Attachment",
            name: "attachment",
            props: { autoscalingGroupName: ref("api", "name"), lbTargetGroupArn: "arn:aws:tg" },
          },
          { type: groups, name: "web", props: { ...sizes, name: "web" } },
          {
            type: "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
            name: "source",
            props: {
              autoscalingGroupName: "web",
              trafficSource: { type: "elbv2", identifier: "arn:aws:tg" },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A kind of check that is not known yet",
        resources: [
          {
            type: groups,
            name: "api",
            props: { ...sizes, targetGroupArns: ["arn:aws:tg"], healthCheckType: ref("elsewhere") },
          },
        ],
      },
    ],
  },
});
