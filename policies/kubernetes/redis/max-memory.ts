import { z } from "zod";
import { ref } from "../../example";
import { container, deployment } from "../../examples/kubernetes";
import { amounts } from "../../reading/limits";
import { fits, maxMemory, redisContainers } from "../../reading/redis";
import { workloads } from "../../reading/workload";
import { NotApplicable, rule } from "../../rule";
import { Unknown } from "../../value";

export default rule({
  id: "kubernetes-redis-max-memory",
  title: "Redis in a workload stays below the memory it is given.",
  severity: "medium",
  why: "Redis grows until the kernel kills it, and then starts empty or not at all; with `--maxmemory` it drops old keys instead.",
  fix: "Start it with `--maxmemory` (and a `--maxmemory-policy`), below the container's memory limit.",
  links: ["https://redis.io/docs/latest/develop/reference/eviction/"],
  checklists: ["lexia"],

  on: workloads,
  config: z.strictObject({}),

  each: (_, { resource }) => redisContainers(resource),
  check({ server, container }) {
    const most = maxMemory(server);
    if (most instanceof NotApplicable) return most;
    if (most === undefined) return "sets no `--maxmemory`";
    const limits = amounts(container, "limits", "memory");
    const known = limits.flatMap((limit) => (typeof limit === "number" && limit > 0 ? [limit] : []));
    const open = limits.find((limit) => limit instanceof Unknown);
    if (known.length === 0 && open) throw open;
    return fits(most, Math.min(...known));
  },

  examples: {
    good: [
      {
        title: "Below the limit",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                args: ["--maxmemory", "400mb", "--maxmemory-policy", "allkeys-lru"],
                resources: { limits: { memory: "512Mi" } },
              }),
            ],
          }),
        ],
      },
      {
        title: "A file, which the rule does not read; another image",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "redis:7.2", args: ["/etc/redis/redis.conf"] }),
              container("metrics", { image: "oliver006/redis_exporter:v1.62.0" }),
            ],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "Not said",
        resources: [deployment("cache", { containers: [container("redis", { image: "redis:7.2" })] })],
      },
      {
        title: "More than the container has",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "valkey/valkey:8",
                command: ["sh", "-c", "exec valkey-server --maxmemory 2gb"],
                resources: { limits: { memory: "1Gi" } },
              }),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An amount from outside the stack",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "redis:7.2", args: ["--maxmemory", ref("elsewhere", "memory")] }),
            ],
          }),
        ],
      },
    ],
  },
});
