import { z } from "zod";
import { ref } from "../../example";
import { instances, launchConfigurations, spotInstances } from "../../reading/ec2";
import { launchTemplateOf, launchTemplates } from "../../reading/launch-template";
import { rule } from "../../rule";
import { isSet, text, Unknown } from "../../value";

const defaults = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const base = { ami: "ami-0123456789abcdef0", instanceType: "t3.medium" };

export default rule({
  id: "aws-ec2-imdsv2",
  title: "The metadata service of EC2 instances asks for a token.",
  severity: "high",
  why: "Without a token, one request that an application can be tricked into hands out the credentials of the instance's role.",
  fix: 'Set `metadataOptions.httpTokens` to "required".',
  links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html"],
  controls: {
    fsbp: ["EC2.8", "EC2.170", "AutoScaling.3"],
    controlTower: ["CT.EC2.PR.1", "CT.EC2.PR.2"],
    config: ["EC2_IMDSV2_CHECK"],
    checkov: ["CKV_AWS_79"],
    trivy: ["AWS-0028", "AWS-0130"],
  },
  checklists: ["api-assistant", "textai-studio"],

  on: [instances, spotInstances, launchTemplates, launchConfigurations],
  sees: [launchTemplates, defaults],
  config: z.strictObject({}),

  check({ metadataOptions: own }, { resource, stack }) {
    if (text(own?.httpTokens) === "required" || text(own?.httpEndpoint) === "disabled") return;
    const launched = resource.type === instances || resource.type === spotInstances;
    if (launched && !isSet(own, "httpTokens")) {
      const template = launchTemplateOf(resource, stack);
      if (!template && isSet(resource.props, "launchTemplate")) throw new Unknown("launchTemplate");
      const { httpTokens, httpEndpoint } = template?.props.metadataOptions ?? {};
      if (httpTokens === "required" || httpEndpoint === "disabled") return;
    }
    if (!isSet(own, "httpTokens") && stack.all(defaults).some(({ props }) => props.httpTokens === "required"))
      return;
    return "answers metadata requests without a token";
  },
  remediate: ({ metadataOptions }) =>
    metadataOptions ? undefined : { metadataOptions: { httpEndpoint: "enabled", httpTokens: "required" } },

  examples: {
    good: [
      {
        title: "Tokens are required",
        resources: [
          { type: instances, name: "app", props: { ...base, metadataOptions: { httpTokens: "required" } } },
          { type: launchTemplates, name: "nodes", props: { metadataOptions: { httpTokens: "required" } } },
        ],
      },
      {
        title: "No metadata service",
        resources: [
          { type: instances, name: "app", props: { ...base, metadataOptions: { httpEndpoint: "disabled" } } },
        ],
      },
      {
        title: "By the launch template",
        resources: [
          { type: launchTemplates, name: "template", props: { metadataOptions: { httpTokens: "required" } } },
          {
            type: instances,
            name: "app",
            props: { launchTemplate: { id: ref("template"), version: "$Latest" } },
          },
        ],
      },
      {
        title: "By the defaults of the account",
        resources: [
          { type: defaults, name: "account", props: { httpTokens: "required" } },
          { type: instances, name: "app", props: base },
        ],
      },
    ],
    bad: [
      { title: "Nothing said", resources: [{ type: instances, name: "app", props: base }] },
      {
        title: "Tokens are optional",
        resources: [
          { type: instances, name: "app", props: { ...base, metadataOptions: { httpTokens: "optional" } } },
          {
            type: launchConfigurations,
            name: "old",
            props: {
              imageId: base.ami,
              instanceType: base.instanceType,
              metadataOptions: { httpEndpoint: "enabled" },
            },
          },
        ],
      },
      {
        title: "The instance takes back what its launch template asks for",
        resources: [
          { type: launchTemplates, name: "template", props: { metadataOptions: { httpTokens: "required" } } },
          {
            type: instances,
            name: "app",
            props: { launchTemplate: { id: ref("template") }, metadataOptions: { httpTokens: "optional" } },
          },
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
