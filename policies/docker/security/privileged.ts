import { z } from "zod";
import { ref } from "../../example";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

export default rule({
  id: "docker-security-privileged",
  title: "No Docker container is privileged.",
  severity: "critical",
  why: "A privileged container has every capability and every device: whoever breaks into it owns the host.",
  fix: "Remove `privileged`; add the one capability or device that is needed.",
  links: ["https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities"],
  controls: { dockerBench: ["5.4"] },
  checklists: ["api-assistant"],

  on: [dockerContainers],
  config: z.strictObject({}),

  check: (props) => (isTrue(props.privileged) ? "is privileged" : undefined),

  examples: {
    good: [
      { title: "The default", resources: [container("api")] },
      {
        title: "A device instead",
        resources: [container("ups", { devices: [{ hostPath: "/dev/usb/hiddev0" }] })],
      },
    ],
    bad: [
      { title: "Privileged", resources: [container("api", { privileged: true })] },
      {
        title: "Privileged, whatever is dropped",
        resources: [container("api", { privileged: true, capabilities: { drops: ["ALL"] } })],
      },
    ],
    undetermined: [
      {
        title: "A flag that comes from elsewhere",
        resources: [container("api", { privileged: ref<boolean>("settings", "privileged") })],
      },
    ],
  },
});
