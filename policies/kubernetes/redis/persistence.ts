import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, statefulSet } from "../../examples/kubernetes";
import { persists, redisContainers } from "../../reading/redis";
import { workloads } from "../../reading/workload";
import { rule } from "../../rule";

export default rule({
  id: "kubernetes-redis-persistence",
  title: "Redis in a workload keeps its data over a restart.",
  severity: "medium",
  why: "A restart, a new version or a full node empties it: jobs, sessions and counters are gone.",
  fix: "Start it with `--appendonly yes`, or with `--save` and an interval, and give it a volume.",
  links: ["https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/"],
  checklists: ["lexia", "praviel"],

  on: workloads,
  config: z.strictObject({}),

  each: (_, { resource }) => redisContainers(resource),
  check: ({ server }) => persists(server),

  examples: {
    good: [
      {
        title: "An append-only file",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "redis:7.2", command: ["redis-server", "--appendonly", "yes"] }),
            ],
          }),
        ],
      },
      {
        title: "Snapshots",
        resources: [
          statefulSet("cache", {
            containers: [
              container("redis", { image: "redis:7.2", command: ["redis-server", "--save", "60", "1"] }),
            ],
          }),
        ],
      },
      {
        title: "Bitnami's image writes an append-only file by itself",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "bitnami/redis:7.2",
                env: [{ name: "ALLOW_EMPTY_PASSWORD", value: "no" }],
              }),
            ],
          }),
        ],
      },
      {
        title: "A file, which the rule does not read; other programs and images",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "valkey/valkey:8", args: ["/etc/valkey/valkey.conf"] }),
              container("sentinel", {
                image: "redis:7.2",
                command: ["redis-sentinel", "/etc/sentinel.conf"],
              }),
              container("metrics", { image: "oliver006/redis_exporter:v1.62.0" }),
            ],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "No arguments",
        resources: [deployment("cache", { containers: [container("redis", { image: "redis:7.2" })] })],
      },
      {
        title: "Both switched off",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                command: ["redis-server", "--save", "", "--appendonly", "no"],
              }),
            ],
          }),
        ],
      },
      {
        title: "Valkey, in a shell",
        resources: [
          statefulSet("cache", {
            containers: [
              container("valkey", {
                image: "valkey/valkey:8",
                command: ["sh", "-c", "exec valkey-server --port 6379"],
              }),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An image that is not known yet",
        resources: [
          deployment("cache", { containers: [container("redis", { image: ref("elsewhere", "image") })] }),
        ],
      },
      {
        title: "Arguments that are not known yet",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "redis:7.2", args: ["sh", "-c", ref("elsewhere", "script")] }),
            ],
          }),
        ],
      },
    ],
  },
});
