import { z } from "zod";
import { ref } from "../../example";
import { instances, spotInstances } from "../../reading/ec2";
import { isTrue } from "../../reading/flag";
import { launchTemplateOf, launchTemplates } from "../../reading/launch-template";
import { rule } from "../../rule";
import { isSet, Unknown } from "../../value";

const base = { ami: "ami-0123456789abcdef0", instanceType: "t3.medium" };

export default rule({
  id: "aws-ec2-detailed-monitoring",
  title: "EC2 instances are measured every minute.",
  severity: "low",
  why: "Basic monitoring measures every five minutes: an alarm for CPU that should ring within five comes after ten.",
  fix: "Set `monitoring` to true (`monitoring.enabled` in a launch template).",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html"],
  controls: { config: ["EC2_INSTANCE_DETAILED_MONITORING_ENABLED"], checkov: ["CKV_AWS_126"] },
  checklists: ["api-assistant", "textai-studio"],

  on: [instances, spotInstances, launchTemplates],
  sees: [launchTemplates],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const basic = "is measured every five minutes only";
    if (resource.type === launchTemplates)
      return isTrue(resource.props.monitoring?.enabled) ? undefined : basic;
    if (isTrue(resource.props.monitoring)) return;
    const template = launchTemplateOf(resource, stack);
    if (!template && isSet(resource.props, "launchTemplate")) throw new Unknown("launchTemplate");
    return isTrue(template?.props.monitoring?.enabled) ? undefined : basic;
  },

  examples: {
    good: [
      {
        title: "Every minute",
        resources: [
          { type: instances, name: "app", props: { ...base, monitoring: true } },
          { type: launchTemplates, name: "nodes", props: { monitoring: { enabled: true } } },
        ],
      },
      {
        title: "By the launch template",
        resources: [
          { type: launchTemplates, name: "template", props: { monitoring: { enabled: true } } },
          { type: instances, name: "app", props: { launchTemplate: { id: ref("template") } } },
        ],
      },
    ],
    bad: [
      { title: "Nothing said", resources: [{ type: instances, name: "app", props: base }] },
      {
        title: "Switched off",
        resources: [
          { type: instances, name: "app", props: { ...base, monitoring: false } },
          { type: launchTemplates, name: "nodes", props: { monitoring: { enabled: false } } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A launch template from elsewhere",
        resources: [{ type: instances, name: "app", props: { launchTemplate: { id: ref("elsewhere") } } }],
      },
    ],
  },
});
