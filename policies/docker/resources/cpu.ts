import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { rule } from "../../rule";
import { some } from "../../value";

export default rule({
  id: "docker-resources-cpu",
  title: "Every Docker container has a CPU limit.",
  severity: "medium",
  why: "One busy container starves every other on the host, and the health checks that watch them.",
  fix: "Set `cpus` (or `cpuQuota`) on the container, or `taskSpec.resources.limits.nanoCpus` on the service.",
  links: [
    "https://docs.docker.com/engine/containers/resource_constraints/#cpu",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  controls: { dockerBench: ["5.12"] },
  checklists: ["lexia", "foundational"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    if (resource.type === dockerServices) {
      if (Number(taskOf(resource.props).resources?.limits?.nanoCpus) > 0) return;
      return "has no CPU limit";
    }
    const { props } = resource;
    if (some(["cpus", "cpuQuota", "cpuShares"] as const, (key) => Number(props[key]) > 0)) return;
    // Pinned to some of the host's CPUs, it cannot take the others.
    if (props.cpuSet) return;
    return "has no CPU limit";
  },

  examples: {
    good: [
      { title: "One and a half CPUs", resources: [container("api", { cpus: "1.5" })] },
      { title: "A quota of the default period", resources: [container("api", { cpuQuota: 50000 })] },
      { title: "Shares", resources: [container("api", { cpuShares: 512 })] },
      {
        title: "A service",
        resources: [service("api", { resources: { limits: { nanoCpus: 1000000000 } } })],
      },
    ],
    bad: [
      { title: "No limit", resources: [container("api", { memory: 512 })] },
      {
        title: "A period alone, and zero CPUs",
        resources: [container("api", { cpuPeriod: 100000, cpus: "0" })],
      },
      { title: "A quota of -1 is none", resources: [container("api", { cpuQuota: -1 })] },
      { title: "A service without limits", resources: [service("api", {})] },
    ],
    undetermined: [
      {
        title: "A limit that comes from elsewhere",
        resources: [container("api", { cpus: ref("sizing", "cpus") })],
      },
    ],
  },
});
