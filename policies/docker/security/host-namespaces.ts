import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { rule } from "../../rule";
import { items, keysWhere, peek, Unknown } from "../../value";

const modes = {
  networkMode: "network",
  pidMode: "processes",
  ipcMode: "shared memory",
  usernsMode: "users",
} as const;

export default rule({
  id: "docker-security-host-namespaces",
  title: "No Docker container shares the host's network, processes or memory.",
  severity: "high",
  why: "In the host's namespaces a container reaches what listens on localhost, sees and signals every process, and no port is closed to it.",
  fix: 'Remove `networkMode: "host"`, `pidMode: "host"`, `ipcMode: "host"` and `usernsMode: "host"`; publish the ports that are needed.',
  links: ["https://docs.docker.com/engine/network/drivers/host/"],
  controls: { dockerBench: ["5.10", "5.16", "5.17"] },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === dockerServices)
      return joinsHost(taskOf(resource.props).networksAdvanceds) ? "shares the host's network" : undefined;
    const { props } = resource;
    if (joinsHost(props.networksAdvanced)) return "shares the host's network";
    const shared = keysWhere(modes, (mode) => props[mode] === "host").map((mode) => modes[mode]);
    return shared.length > 0 ? `shares the host's ${shared.join(" and ")}` : undefined;
  },

  examples: {
    good: [
      { title: "The defaults", resources: [container("api")] },
      { title: "Those of another container", resources: [container("debug", { pidMode: "container:api" })] },
    ],
    bad: [
      { title: "The host's network", resources: [container("api", { networkMode: "host" })] },
      {
        title: "The host's processes and shared memory",
        resources: [container("agent", { pidMode: "host", ipcMode: "host" })],
      },
      {
        title: "The host's network, joined by its name",
        resources: [
          container("api", { networksAdvanced: [{ name: "host" }] }),
          service("web", { networksAdvanceds: [{ name: "host" }] }),
        ],
      },
      { title: "The host's users", resources: [container("api", { usernsMode: "host" })] },
    ],
    undetermined: [
      {
        title: "A mode that comes from elsewhere",
        resources: [container("api", { networkMode: ref("settings", "network") })],
      },
    ],
  },
});

/** A network that is not known yet is one of the stack, or the program could have written its name. */
const joinsHost = (networks: readonly { name?: string; id?: string }[] | undefined): boolean =>
  items(networks).some(
    (network) =>
      !(network instanceof Unknown) &&
      network &&
      [peek(network, "name"), peek(network, "id")].includes("host"),
  );
