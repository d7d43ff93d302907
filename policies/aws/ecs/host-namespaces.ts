import { z } from "zod";
import { ref } from "../../example";
import { task } from "../../examples/ecs";
import { taskDefinitions } from "../../reading/ecs";
import { rule } from "../../rule";
import { text } from "../../value";

const modes = ["networkMode", "pidMode", "ipcMode"] as const;

export default rule({
  id: "aws-ecs-host-namespaces",
  title: "ECS tasks do not share the namespaces of their instance.",
  severity: "high",
  why: "A task in the host's namespaces sees and reaches the processes, the memory or the ports of everything on the instance.",
  fix: 'Use `networkMode: "awsvpc"`, and remove `pidMode` and `ipcMode`.',
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
  controls: {
    fsbp: ["ECS.3", "ECS.17"],
    config: ["ECS_TASK_DEFINITION_PID_MODE_CHECK", "ECS_TASK_DEFINITION_NETWORK_MODE_NOT_HOST"],
    checkov: ["CKV_AWS_335"],
  },
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(props) {
    for (const mode of modes) yield [mode, () => props[mode]] as const;
  },
  check: (mode) => (text(mode())?.toLowerCase() === "host" ? "is that of the instance" : undefined),

  examples: {
    good: [
      { title: "A network of its own", resources: [task("api", [{}], { networkMode: "awsvpc" })] },
      {
        title: "Nothing said, and the task's own processes",
        resources: [task("api", [{}], { pidMode: "task", ipcMode: "none" })],
      },
    ],
    bad: [
      { title: "The processes of the instance", resources: [task("agent", [{}], { pidMode: "host" })] },
      {
        title: "Its network and its shared memory",
        resources: [task("agent", [{}], { networkMode: "host", ipcMode: "host" })],
      },
    ],
    undetermined: [
      {
        title: "A mode that is not known yet",
        resources: [task("api", [{}], { networkMode: ref("elsewhere") })],
      },
    ],
  },
});
