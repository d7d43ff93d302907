import { z } from "zod";
import { ref } from "../../example";
import { task } from "../../examples/ecs";
import { ecsContainers, taskDefinitions } from "../../reading/ecs";
import { rule } from "../../rule";

export default rule({
  id: "aws-ecs-privileged",
  title: "No ECS container is privileged.",
  severity: "critical",
  why: "A privileged container is root on its instance, and so is whoever breaks into it: every other task there is theirs.",
  fix: "Remove `privileged`, and add the one capability that is needed.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
  controls: {
    fsbp: ["ECS.4"],
    config: ["ECS_CONTAINERS_NONPRIVILEGED"],
    checkov: ["CKV_AWS_334"],
  },
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(props) {
    yield* ecsContainers(props);
  },
  check: (container) => (container.privileged === true ? "is privileged" : undefined),

  examples: {
    good: [
      {
        title: "Nothing said, and not",
        resources: [task("api", [{}, { name: "proxy", privileged: false }])],
      },
    ],
    bad: [
      { title: "Privileged", resources: [task("agent", [{ privileged: true }])] },
      {
        title: "One of two, in CloudFormation's case",
        resources: [task("api", [{}, { Name: "agent", Privileged: true }])],
      },
    ],
    undetermined: [
      {
        title: "Containers that are not known yet",
        resources: [task("api", [], { containerDefinitions: ref("elsewhere") })],
      },
    ],
  },
});
