import { z } from "zod";
import { ref } from "../../example";
import { task, windows } from "../../examples/ecs";
import { ecsContainers, isWindows, taskDefinitions } from "../../reading/ecs";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "aws-ecs-read-only-root",
  title: "ECS containers cannot write to their own root file system.",
  severity: "low",
  why: "Who breaks into a container that can write to its root file system changes its programs, and stays.",
  fix: "Set `readonlyRootFilesystem` to true, and mount a volume where the container has to write.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
  controls: {
    fsbp: ["ECS.5"],
    controlTower: ["CT.ECS.PR.6"],
    config: ["ECS_CONTAINERS_READONLY_ACCESS"],
    checkov: ["CKV_AWS_336"],
  },
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(props) {
    yield* ecsContainers(props);
  },
  check(container, { resource }) {
    if (container.readonlyRootFilesystem === true) return;
    if (isWindows(resource.props)) return notApplicable("runs on Windows");
    return "can write to its root file system";
  },

  examples: {
    good: [
      { title: "Read-only", resources: [task("api", [{ readonlyRootFilesystem: true }])] },
      { title: "Windows cannot", resources: [task("api", [{}], windows)] },
    ],
    bad: [
      {
        title: "Nothing said",
        resources: [task("api", [{ readonlyRootFilesystem: true }, { name: "proxy" }])],
      },
      { title: "Switched off", resources: [task("api", [{ readonlyRootFilesystem: false }])] },
    ],
    undetermined: [
      {
        title: "Containers that are not known yet",
        resources: [task("api", [], { containerDefinitions: ref("elsewhere") })],
      },
    ],
  },
});
