import { z } from "zod";
import { ref } from "../../example";
import { task, windows } from "../../examples/ecs";
import { ecsContainers, isWindows, taskDefinitions } from "../../reading/ecs";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

export default rule({
  id: "aws-ecs-non-root",
  title: "ECS containers run as a user other than root.",
  severity: "medium",
  why: "Root in the container is root on its host, held back by the container's walls alone.",
  fix: 'Set `user` in the container definition, such as "1000:1000".',
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html"],
  controls: { fsbp: ["ECS.20"], controlTower: ["CT.ECS.PR.3"], config: ["ECS_TASK_DEFINITION_NONROOT_USER"] },
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(props) {
    yield* ecsContainers(props);
  },
  check(container, { resource }) {
    const [user = ""] = (text(container.user) ?? "").trim().split(":");
    if (user !== "" && user !== "root" && Number(user) !== 0) return;
    if (isWindows(resource.props)) return notApplicable("runs on Windows");
    return user === ""
      ? "does not say which user it runs as, so that it is root unless its image says otherwise"
      : "runs as root";
  },

  examples: {
    good: [
      {
        title: "A user by number, and by name",
        resources: [task("api", [{ user: "1000:1000" }, { name: "web", user: "nginx" }])],
      },
      { title: "Windows knows no such user", resources: [task("api", [{}], windows)] },
    ],
    bad: [
      { title: "None", resources: [task("api", [{}])] },
      {
        title: "Root, by number and by name",
        resources: [task("api", [{ user: "0:1000" }, { name: "web", user: "root" }])],
      },
    ],
    undetermined: [
      { title: "A user that is not known yet", resources: [task("api", [{ user: ref("elsewhere") }])] },
    ],
  },
});
