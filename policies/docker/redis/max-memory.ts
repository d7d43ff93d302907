import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { pulledImages } from "../../reading/dockerImage";
import { dockerRedis, fits, maxMemory } from "../../reading/redis";
import { NotApplicable, notApplicable, rule } from "../../rule";

export default rule({
  id: "docker-redis-max-memory",
  title: "Redis in a Docker container stays below the memory it is given.",
  severity: "medium",
  why: "Redis grows until the kernel kills it, and then starts empty or not at all; with `--maxmemory` it drops old keys instead.",
  fix: "Start it with `--maxmemory` (and a `--maxmemory-policy`), below the container's memory limit.",
  links: [
    "https://redis.io/docs/latest/develop/reference/eviction/",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  checklists: ["lexia"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const server = dockerRedis(resource, stack);
    if (!server) return notApplicable("runs no Redis");
    const most = maxMemory(server);
    if (most instanceof NotApplicable) return most;
    if (most === undefined) return "sets no `--maxmemory`";
    // A container's memory is written in megabytes, a service's in bytes.
    const limit =
      resource.type === dockerServices
        ? Number(taskOf(resource.props).resources?.limits?.memoryBytes ?? 0)
        : Number(resource.props.memory ?? 0) * 2 ** 20;
    return fits(most, limit);
  },

  examples: {
    good: [
      {
        title: "Below the limit",
        resources: [
          container("cache", {
            image: "redis:7.2",
            memory: 512,
            command: ["redis-server", "--maxmemory", "400mb", "--maxmemory-policy", "allkeys-lru"],
          }),
          service("sessions", {
            containerSpec: { image: "valkey/valkey:8", args: ["valkey-server", "--maxmemory", "400mb"] },
            resources: { limits: { memoryBytes: 536_870_912 } },
          }),
        ],
      },
      {
        title: "A file, which the rule does not read; another image",
        resources: [
          container("cache", { image: "redis:7.2", command: ["redis-server", "/etc/redis.conf"] }),
          container("web", { image: "nginx:1.29" }),
        ],
      },
    ],
    bad: [
      { title: "Not said", resources: [container("cache", { image: "redis:7.2", memory: 512 })] },
      {
        title: "No limit at all, written out",
        resources: [
          container("cache", { image: "redis:7.2", command: ["redis-server", "--maxmemory", "0"] }),
        ],
      },
      {
        title: "More than the container has",
        resources: [
          container("cache", {
            image: "redis:7.2",
            memory: 512,
            command: ["redis-server", "--maxmemory", "1gb"],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An amount from outside the stack",
        resources: [
          container("cache", {
            image: "redis:7.2",
            command: ["redis-server", "--maxmemory", ref("elsewhere", "memory")],
          }),
        ],
      },
    ],
  },
});
