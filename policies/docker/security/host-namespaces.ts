import { z } from "zod";
import { ref } from "../../example";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { rule } from "../../rule";
import { keysWhere } from "../../value";

const modes = {
  networkMode: "network",
  pidMode: "processes",
  ipcMode: "shared memory",
} as const;

export default rule({
  id: "docker-security-host-namespaces",
  title: "No Docker container shares the host's network, processes or memory.",
  severity: "high",
  why: "In the host's namespaces a container reaches what listens on localhost, sees and signals every process, and no port is closed to it.",
  fix: 'Remove `networkMode: "host"`, `pidMode: "host"` and `ipcMode: "host"`; publish the ports that are needed.',
  links: ["https://docs.docker.com/engine/network/drivers/host/"],
  controls: { dockerBench: ["5.10", "5.16", "5.17"] },
  checklists: ["api-assistant"],

  on: [dockerContainers],
  config: z.strictObject({}),

  check(props) {
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
    ],
    undetermined: [
      {
        title: "A mode that comes from elsewhere",
        resources: [container("api", { networkMode: ref("settings", "network") })],
      },
    ],
  },
});
