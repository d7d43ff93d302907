import { z } from "zod";
import { ref } from "../../example";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { notApplicable, rule } from "../../rule";
import { attempt, items, some, text, Unknown } from "../../value";

export default rule({
  id: "docker-network-own-network",
  title: "Docker containers are on a network of their own.",
  severity: "medium",
  why: "On the default bridge every container reaches every other, and none finds another by name.",
  fix: "Make a `docker.Network` and name it in `networksAdvanced`.",
  links: ["https://docs.docker.com/engine/network/drivers/bridge/"],
  controls: { dockerBench: ["5.30"] },
  checklists: ["textai-studio"],

  on: [dockerContainers],
  config: z.strictObject({}),

  check(props) {
    const joined = attempt(() =>
      some(items(props.networksAdvanced), (network) => network?.name !== "bridge"),
    );
    if (joined === true) return;
    const mode = text(props.networkMode) || "default";
    if (mode === "none" || mode.startsWith("container:"))
      return notApplicable(`needs no network in mode ${mode}`);
    if (mode !== "bridge" && mode !== "default" && mode !== "host") return;
    if (joined instanceof Unknown) throw joined;
    return mode === "host" ? "is on the host's network" : "is on the default bridge";
  },

  examples: {
    good: [
      { title: "A network", resources: [container("api", { networksAdvanced: [{ name: "backend" }] })] },
      {
        title: "A network of the stack",
        resources: [
          { type: "docker:index/network:Network", name: "backend", props: { name: "backend" } },
          container("api", { networkMode: "bridge", networksAdvanced: [{ name: "backend" }] }),
        ],
      },
      { title: "No network", resources: [container("batch", { networkMode: "none" })] },
      {
        title: "The network of another container",
        resources: [container("proxy", { networkMode: "container:api" })],
      },
    ],
    bad: [
      { title: "None set", resources: [container("api")] },
      {
        title: "The default bridge by its name",
        resources: [
          container("api", { networkMode: "bridge" }),
          container("web", { networksAdvanced: [{ name: "bridge" }] }),
        ],
      },
      { title: "The host's network", resources: [container("api", { networkMode: "host" })] },
    ],
    undetermined: [
      {
        title: "A mode that comes from elsewhere",
        resources: [container("api", { networkMode: ref("settings", "network") })],
      },
    ],
  },
});
