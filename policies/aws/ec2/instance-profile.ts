import { z } from "zod";
import { ref } from "../../example";
import { instances, spotInstances } from "../../reading/ec2";
import { launchTemplateOf, launchTemplates } from "../../reading/launch-template";
import { rule } from "../../rule";
import { isSet, Unknown } from "../../value";

const base = { ami: "ami-0123456789abcdef0", instanceType: "t3.medium" };

export default rule({
  id: "aws-ec2-instance-profile",
  title: "EC2 instances have a role of their own.",
  severity: "low",
  why: "An instance without a role gets its access to AWS from keys on its disk, which nobody rotates and anybody may copy.",
  fix: "Set `iamInstanceProfile`, with a role that allows what the instance does and no more.",
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html"],
  controls: { config: ["EC2_INSTANCE_PROFILE_ATTACHED"], checkov: ["CKV2_AWS_41"] },
  checklists: ["api-assistant", "textai-studio"],

  on: [instances, spotInstances],
  sees: [launchTemplates],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    if (isSet(props, "iamInstanceProfile")) return;
    const template = launchTemplateOf(resource, stack);
    if (!template && isSet(props, "launchTemplate")) throw new Unknown("launchTemplate");
    if (!template || !isSet(template.props, "iamInstanceProfile")) return "has no instance profile";
  },

  examples: {
    good: [
      {
        title: "A profile",
        resources: [
          { type: instances, name: "app", props: { ...base, iamInstanceProfile: ref("elsewhere", "name") } },
          { type: instances, name: "web", props: { ...base, iamInstanceProfile: "web" } },
        ],
      },
      {
        title: "By the launch template",
        resources: [
          {
            type: launchTemplates,
            name: "template",
            props: { name: "app", iamInstanceProfile: { name: "app" } },
          },
          { type: instances, name: "app", props: { launchTemplate: { name: "app" } } },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: instances, name: "app", props: base }] },
      {
        title: "None in the launch template, either",
        resources: [
          { type: launchTemplates, name: "template", props: {} },
          { type: instances, name: "app", props: { launchTemplate: { id: ref("template") } } },
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
