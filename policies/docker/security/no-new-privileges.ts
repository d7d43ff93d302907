import { z } from "zod";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { rule } from "../../rule";
import { items, some, text } from "../../value";

export default rule({
  id: "docker-security-no-new-privileges",
  title: "Processes in Docker containers cannot gain privileges.",
  severity: "low",
  why: "A set-uid program in the image makes root out of any user, unless the kernel is told not to allow it.",
  fix: 'Add "no-new-privileges:true" to `securityOpts`.',
  links: ["https://docs.docker.com/reference/cli/docker/container/run/#security-opt"],
  controls: { dockerBench: ["5.26"] },
  checklists: ["api-assistant"],

  on: [dockerContainers],
  config: z.strictObject({}),

  check(props) {
    const isOn = (option: string) => /^no-new-privileges([:=]true)?$/.test(text(option) ?? "");
    return some(items(props.securityOpts), isOn) ? undefined : "lets processes gain privileges";
  },

  examples: {
    good: [
      { title: "Switched on", resources: [container("api", { securityOpts: ["no-new-privileges:true"] })] },
      { title: "In its short form", resources: [container("api", { securityOpts: ["no-new-privileges"] })] },
    ],
    bad: [
      { title: "Nothing set", resources: [container("api")] },
      { title: "Switched off", resources: [container("api", { securityOpts: ["no-new-privileges=false"] })] },
    ],
  },
});
