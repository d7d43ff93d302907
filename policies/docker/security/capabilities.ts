import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { capability, harmless } from "../../reading/capability";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { rule } from "../../rule";
import { items, Unknown } from "../../value";

export default rule({
  id: "docker-security-capabilities",
  title: "No Docker container adds a powerful capability.",
  severity: "high",
  why: "With `SYS_ADMIN`, `NET_ADMIN` or `ALL` a container does to the host much of what root does.",
  fix: "Remove the capability, or run what needs it apart from what faces users.",
  links: ["https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities"],
  controls: { dockerBench: ["5.3"] },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({
    allowed: z.array(z.string()).default(harmless).describe("Capabilities that may be added."),
  }),

  *each(_, { resource }) {
    const added =
      resource.type === dockerServices
        ? taskOf(resource.props).containerSpec?.capAdds
        : resource.props.capabilities?.adds;
    for (const [i, name] of items(added).entries())
      yield [name instanceof Unknown ? `capability ${i + 1}` : `capability ${name}`, name];
  },
  check(name, { config }) {
    return config.allowed.map(capability).includes(capability(name)) ? undefined : "is added";
  },

  examples: {
    good: [
      {
        title: "All dropped but the one for low ports",
        resources: [container("web", { capabilities: { drops: ["ALL"], adds: ["CAP_NET_BIND_SERVICE"] } })],
      },
    ],
    bad: [
      { title: "Everything", resources: [container("api", { capabilities: { adds: ["ALL"] } })] },
      {
        title: "The network's",
        resources: [service("vpn", { containerSpec: { capAdds: ["CAP_NET_ADMIN"] } })],
      },
    ],
    undetermined: [
      {
        title: "A capability that comes from elsewhere",
        resources: [container("api", { capabilities: { adds: [ref("settings", "capability")] } })],
      },
    ],
  },
});
