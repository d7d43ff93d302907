import { z } from "zod";
import { ref } from "../../example";
import { service } from "../../examples/docker";
import { dockerServices } from "../../reading/docker";
import { isTrue } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";

const replicated = (replicas?: number) => service("api", {}, { mode: { replicated: { replicas } } });

export default rule({
  id: "docker-service-replicas",
  title: "A Docker service runs at least two replicas.",
  severity: "medium",
  why: "With one replica every update, crash and drained node is an outage.",
  fix: "Set `mode.replicated.replicas` to 2 or more.",
  links: [
    "https://docs.docker.com/engine/swarm/services/",
    "https://www.pulumi.com/registry/packages/docker/api-docs/service/",
  ],
  checklists: ["api-assistant", "foundational"],

  on: [dockerServices],
  config: z.strictObject({ minimum: z.int().min(1).default(2).describe("The fewest replicas.") }),

  check(props, { config }) {
    if (isTrue(props.mode?.global)) return notApplicable("runs on every node");
    const replicas = Number(props.mode?.replicated?.replicas ?? 1);
    if (replicas >= config.minimum) return;
    return `runs ${replicas === 1 ? "one replica" : `${replicas} replicas`}; ${config.minimum} are required`;
  },

  examples: {
    good: [
      { title: "Two replicas", resources: [replicated(2)] },
      { title: "One on every node", resources: [service("agent", {}, { mode: { global: true } })] },
    ],
    bad: [
      { title: "The default is one", resources: [service("api", {})] },
      { title: "One, and none", resources: [replicated(1), { ...replicated(0), name: "web" }] },
    ],
    undetermined: [
      { title: "A number from elsewhere", resources: [replicated(ref<number>("sizing", "replicas"))] },
    ],
  },
});
