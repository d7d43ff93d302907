import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

export default rule({
  id: "docker-security-read-only-root",
  title: "The root file system of Docker containers is read-only.",
  severity: "low",
  why: "Whoever breaks in can leave nothing behind in a file system that cannot be written to.",
  fix: "Set `readOnly: true`; mount a volume or `tmpfs` where the application writes.",
  links: ["https://docs.docker.com/reference/cli/docker/container/run/#read-only"],
  controls: { dockerBench: ["5.13"] },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    const readOnly =
      resource.type === dockerServices
        ? taskOf(resource.props).containerSpec?.readOnly
        : resource.props.readOnly;
    return isTrue(readOnly) ? undefined : "can write to its root file system";
  },

  examples: {
    good: [
      { title: "Read-only", resources: [container("api", { readOnly: true, tmpfs: { "/tmp": "" } })] },
      { title: "A service", resources: [service("api", { containerSpec: { readOnly: true } })] },
    ],
    bad: [
      { title: "The default", resources: [container("api")] },
      {
        title: "A service that may write",
        resources: [service("api", { containerSpec: { readOnly: false } })],
      },
    ],
    undetermined: [
      {
        title: "A flag that comes from elsewhere",
        resources: [container("api", { readOnly: ref<boolean>("settings", "readOnly") })],
      },
    ],
  },
});
