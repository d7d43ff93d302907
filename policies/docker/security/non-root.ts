import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { rule } from "../../rule";
import { text } from "../../value";

export default rule({
  id: "docker-security-non-root",
  title: "Docker containers run as a user other than root.",
  severity: "medium",
  why: "Root in the container is root on the host, held back by the container's walls alone.",
  fix: 'Set `user`, such as "1000:1000".',
  links: ["https://docs.docker.com/engine/security/"],
  controls: { dockerBench: ["4.1"], checkov: ["CKV_DOCKER_3", "CKV_DOCKER_8"], trivy: ["DS-0002"] },
  checklists: ["api-assistant"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    const written =
      resource.type === dockerServices ? taskOf(resource.props).containerSpec?.user : resource.props.user;
    const [user = ""] = (text(written) ?? "").trim().split(":");
    if (user === "")
      return "does not say which user it runs as, so that it is root unless its image says otherwise";
    return user === "root" || Number(user) === 0 ? "runs as root" : undefined;
  },

  examples: {
    good: [
      { title: "A user by number", resources: [container("api", { user: "1000:1000" })] },
      { title: "A user by name", resources: [service("web", { containerSpec: { user: "nginx" } })] },
    ],
    bad: [
      { title: "None", resources: [container("api")] },
      {
        title: "Root, by number and by name",
        resources: [
          container("api", { user: "0:1000" }),
          service("web", { containerSpec: { user: "root" } }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A user that comes from elsewhere",
        resources: [container("api", { user: ref("settings", "user") })],
      },
    ],
  },
});
