import { z } from "zod";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, hostMounts } from "../../reading/docker";
import { hostPath } from "../../reading/hostPath";
import { rule } from "../../rule";

const sensitive = ["/", "/boot", "/dev", "/etc", "/lib", "/proc", "/root", "/sys", "/usr", "/var/lib/docker"];

export default rule({
  id: "docker-security-host-directories",
  title: "No container can write to the host's system directories.",
  severity: "high",
  why: "A container that writes to `/etc` or `/usr` of the host changes what the host runs, and who may log in.",
  fix: "Mount a directory of the application's own or a volume, or set `readOnly: true` where it only reads.",
  links: ["https://docs.docker.com/engine/storage/bind-mounts/"],
  controls: { dockerBench: ["5.5"] },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({
    directories: z
      .array(z.string())
      .default(sensitive)
      .describe("Directories of the host that are not to be mounted."),
  }),

  each: (_, { resource }) => hostMounts(resource),
  check(mount, { config }) {
    const { path, readOnly } = mount();
    const directory = hostPath(path);
    if (directory === undefined || !config.directories.includes(directory) || readOnly) return;
    return `mounts ${directory} of the host and can write to it`;
  },

  examples: {
    good: [
      {
        title: "Read-only, for a monitoring agent",
        resources: [
          container("agent", {
            volumes: [{ hostPath: "/proc", containerPath: "/host/proc", readOnly: true }],
          }),
        ],
      },
      {
        title: "One file below",
        resources: [
          container("api", {
            mounts: [{ type: "bind", source: "/etc/localtime", target: "/etc/localtime", readOnly: true }],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "The whole host",
        resources: [container("agent", { volumes: [{ hostPath: "/", containerPath: "/host" }] })],
      },
      {
        title: "A service that mounts /etc/",
        resources: [
          service("agent", {
            containerSpec: { mounts: [{ type: "bind", source: "/etc/", target: "/host/etc" }] },
          }),
        ],
      },
    ],
  },
});
