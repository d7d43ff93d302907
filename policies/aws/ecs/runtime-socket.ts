import { z } from "zod";
import { ref } from "../../example";
import { task } from "../../examples/ecs";
import { taskDefinitions } from "../../reading/ecs";
import { handsOverRuntime } from "../../reading/hostPath";
import { rule } from "../../rule";
import { items, text } from "../../value";

export default rule({
  id: "aws-ecs-runtime-socket",
  title: "No ECS task gets the socket of the container runtime.",
  severity: "critical",
  why: "Who can write to Docker's socket starts a privileged container: it is root on the instance.",
  fix: "Remove the volume.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html"],
  controls: { dockerBench: ["5.32"] },
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each({ volumes }) {
    for (const [i, volume] of items(volumes).entries()) yield [`volume ${i + 1}`, volume] as const;
  },
  check(volume) {
    const path = text(volume?.hostPath);
    if (handsOverRuntime(path)) return `mounts ${path}, and with it the container runtime`;
  },

  examples: {
    good: [
      {
        title: "Directories of its own",
        resources: [
          task("api", [{}], { volumes: [{ name: "scratch" }, { name: "data", hostPath: "/srv/api" }] }),
        ],
      },
    ],
    bad: [
      {
        title: "The socket",
        resources: [task("agent", [{}], { volumes: [{ name: "docker", hostPath: "/var/run/docker.sock" }] })],
      },
      {
        title: "A directory that holds it",
        resources: [
          task("agent", [{}], { volumes: [{ name: "scratch" }, { name: "run", hostPath: "/var/run/" }] }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A path that is not known yet",
        resources: [task("agent", [{}], { volumes: [{ name: "run", hostPath: ref("elsewhere") }] })],
      },
    ],
  },
});
