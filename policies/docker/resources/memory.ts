import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { rule } from "../../rule";

export default rule({
  id: "docker-resources-memory",
  title: "Every Docker container has a memory limit.",
  severity: "high",
  why: "A container that leaks takes the host's memory, and the kernel kills whatever it finds, the database included.",
  fix: "Set `memory` on the container (in MB), or `taskSpec.resources.limits.memoryBytes` on the service.",
  links: [
    "https://docs.docker.com/engine/containers/resource_constraints/",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  controls: { dockerBench: ["5.11"] },
  checklists: ["lexia", "foundational"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    const limit =
      resource.type === dockerServices
        ? taskOf(resource.props).resources?.limits?.memoryBytes
        : resource.props.memory;
    if (Number(limit) > 0) return;
    return "has no memory limit";
  },

  examples: {
    good: [
      { title: "A limit in megabytes", resources: [container("api", { memory: 512 })] },
      {
        title: "A service's limit in bytes",
        resources: [service("api", { resources: { limits: { memoryBytes: 536870912 } } })],
      },
    ],
    bad: [
      { title: "No limit", resources: [container("api")] },
      { title: "Zero is no limit", resources: [container("api", { memory: 0 })] },
      { title: "A reservation limits nothing", resources: [container("api", { memoryReservation: 256 })] },
      {
        title: "A service that only reserves",
        resources: [service("api", { resources: { reservation: { memoryBytes: 536870912 } } })],
      },
    ],
    undetermined: [
      {
        title: "A limit that comes from elsewhere",
        resources: [container("api", { memory: ref<number>("sizing", "memory") })],
      },
    ],
  },
});
