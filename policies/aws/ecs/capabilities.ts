import { z } from "zod";
import { task } from "../../examples/ecs";
import { capability, harmless } from "../../reading/capability";
import { ecsContainers, taskDefinitions } from "../../reading/ecs";
import { rule } from "../../rule";
import { list } from "../../value";

export default rule({
  id: "aws-ecs-capabilities",
  title: "ECS containers add no powerful capability.",
  severity: "high",
  why: "Capabilities such as SYS_ADMIN or NET_ADMIN are root in parts: they let a container out of its walls.",
  fix: "Remove it from `linuxParameters.capabilities.add`.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html"],
  checklists: ["api-assistant"],

  on: [taskDefinitions],
  config: z.strictObject({
    allowed: z
      .array(z.string().min(1))
      .default(harmless)
      .describe("Capabilities that may be added, beside those that container runtimes give by default."),
  }),

  *each(props) {
    yield* ecsContainers(props);
  },
  check(container, { config }) {
    const added = list(container.linuxParameters?.capabilities?.add).map(capability);
    const powerful = added.filter((name) => name && !config.allowed.map(capability).includes(name));
    if (powerful.length > 0) return `adds ${powerful.join(", ")}`;
  },

  examples: {
    good: [
      {
        title: "None, and a port below 1024",
        resources: [
          task("api", [
            {},
            {
              name: "proxy",
              linuxParameters: { capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
            },
          ]),
        ],
      },
    ],
    bad: [
      {
        title: "Nearly root",
        resources: [task("agent", [{ linuxParameters: { capabilities: { add: ["SYS_ADMIN"] } } }])],
      },
      {
        title: "All of them, and one by its long name",
        resources: [
          task("agent", [
            { linuxParameters: { capabilities: { add: ["ALL"] } } },
            { name: "tap", linuxParameters: { capabilities: { add: ["cap_net_admin"] } } },
          ]),
        ],
      },
    ],
  },
});
