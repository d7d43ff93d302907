import { z } from "zod";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, hostMounts } from "../../reading/docker";
import { handsOverRuntime } from "../../reading/hostPath";
import { rule } from "../../rule";

export default rule({
  id: "docker-security-runtime-socket",
  title: "No container gets the Docker socket.",
  severity: "critical",
  why: "Who can write to Docker's socket starts a privileged container: it is root on the host, read-only mount or not.",
  fix: "Remove the mount of the socket, or put a proxy between that only lets through what is needed.",
  links: ["https://docs.docker.com/engine/security/#docker-daemon-attack-surface"],
  controls: {
    dockerBench: ["5.32"],
    checkov: ["CKV_K8S_27"],
    trivy: ["KSV-0006"],
    kubeLinter: ["docker-sock"],
  },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  each: (_, { resource }) => hostMounts(resource),
  check(mount) {
    const { path } = mount();
    return handsOverRuntime(path) ? `mounts ${path}, and with it the container runtime` : undefined;
  },

  examples: {
    good: [
      {
        title: "A directory of its own, and a volume",
        resources: [
          container("api", {
            volumes: [
              { hostPath: "/srv/api", containerPath: "/data" },
              { volumeName: "cache", containerPath: "/cache" },
            ],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "The socket, even read-only",
        resources: [
          container("proxy", {
            volumes: [
              { hostPath: "/var/run/docker.sock", containerPath: "/var/run/docker.sock", readOnly: true },
            ],
          }),
        ],
      },
      {
        title: "The directory that holds it",
        resources: [
          container("agent", { mounts: [{ type: "bind", source: "/var/run/", target: "/host/run" }] }),
        ],
      },
      {
        title: "A service",
        resources: [
          service("proxy", {
            containerSpec: {
              mounts: [{ type: "bind", source: "/run/docker.sock", target: "/run/docker.sock" }],
            },
          }),
        ],
      },
    ],
  },
});
