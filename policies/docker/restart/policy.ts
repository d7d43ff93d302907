import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, runsOnce, taskOf } from "../../reading/docker";
import { notApplicable, rule } from "../../rule";

const restarts = ["always", "unless-stopped", "on-failure"];

export default rule({
  id: "docker-restart-policy",
  title: "Docker restarts containers that end.",
  severity: "high",
  why: "The default policy is `no`: after a crash, or a reboot of the host, the container stays down until somebody notices.",
  fix: 'Set `restart: "unless-stopped"` on the container; a service restarts by itself unless its `restartPolicy.condition` says "none".',
  links: [
    "https://docs.docker.com/engine/containers/start-containers-automatically/",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  checklists: ["lexia", "foundational", "praviel"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === dockerServices) {
      const condition = taskOf(resource.props).restartPolicy?.condition || "any";
      return condition === "none" ? "is never restarted" : undefined;
    }
    const { props } = resource;
    if (restarts.includes(props.restart || "no")) return;
    if (runsOnce(props)) return notApplicable("runs once and ends");
    return "is not restarted when it ends";
  },
  remediate(props) {
    if ("taskSpec" in props || props.mustRun === false || restarts.includes(props.restart || "no")) return;
    return { restart: "unless-stopped" };
  },

  examples: {
    good: [
      { title: "Unless it was stopped", resources: [container("api", { restart: "unless-stopped" })] },
      { title: "On failure", resources: [container("api", { restart: "on-failure", maxRetryCount: 5 })] },
      { title: "A container that runs once", resources: [container("migrate", { mustRun: false })] },
      { title: "A service restarts by default", resources: [service("api", {})] },
    ],
    bad: [
      { title: "No policy", resources: [container("api")] },
      { title: "The policy `no`", resources: [container("api", { restart: "no" })] },
      {
        title: "A service that is not restarted",
        resources: [service("api", { restartPolicy: { condition: "none" } })],
      },
    ],
    undetermined: [
      {
        title: "A policy that comes from elsewhere",
        resources: [container("api", { restart: ref("settings", "restart") })],
      },
    ],
  },
});
