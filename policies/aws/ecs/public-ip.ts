import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-ecs-public-ip",
  title: "ECS tasks have no public address of their own.",
  severity: "medium",
  why: "A task with a public address can be reached past the load balancer, its TLS and its firewall; one wrong security group is enough.",
  fix: "Set `networkConfiguration.assignPublicIp` to `false`, and give private subnets a NAT gateway or endpoints.",
  links: [
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-2",
  ],
  controls: { fsbp: ["ECS.2"], controlTower: ["CT.ECS.PR.9"], checkov: ["CKV_AWS_333"] },
  checklists: ["lexia", "api-assistant"],

  on: ["aws:ecs/service:Service"],
  config: z.strictObject({}),

  check(props) {
    if (!props.networkConfiguration) return notApplicable("shares the network of its instances");
    if (isTrue(props.networkConfiguration.assignPublicIp)) return "gives its tasks public addresses";
  },

  examples: {
    good: [
      {
        title: "Private subnets",
        resources: [
          {
            type: "aws:ecs/service:Service",
            name: "api",
            props: { networkConfiguration: { subnets: [ref("private")], assignPublicIp: false } },
          },
        ],
      },
      {
        title: "Nothing said: the default is no",
        resources: [
          {
            type: "aws:ecs/service:Service",
            name: "api",
            props: { networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Public addresses",
        resources: [
          {
            type: "aws:ecs/service:Service",
            name: "api",
            props: {
              launchType: "FARGATE",
              networkConfiguration: { subnets: ["subnet-0123456789abcdef0"], assignPublicIp: true },
            },
          },
        ],
      },
      {
        title: "Public addresses in subnets that are not known yet",
        resources: [
          {
            type: "aws:ecs/service:Service",
            name: "api",
            props: { networkConfiguration: { subnets: [ref("private")], assignPublicIp: true } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Whether it is public comes from another stack",
        resources: [
          {
            type: "aws:ecs/service:Service",
            name: "api",
            props: {
              networkConfiguration: {
                subnets: ["subnet-0123456789abcdef0"],
                assignPublicIp: ref<boolean>("elsewhere", "isPublic"),
              },
            },
          },
        ],
      },
    ],
  },
});
