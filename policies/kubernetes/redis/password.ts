import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, statefulSet } from "../../examples/kubernetes";
import { asksForPassword, redisContainers } from "../../reading/redis";
import { workloads } from "../../reading/workload";
import { rule } from "../../rule";

export default rule({
  id: "kubernetes-redis-password",
  title: "Redis in a workload asks for a password.",
  severity: "high",
  why: "Redis answers whoever reaches its port: another container, a neighbour on the network, a page in a developer's browser.",
  fix: "Start it with `--requirepass` and a value from a secret, with an ACL file, or with the password variable of its image.",
  links: ["https://redis.io/docs/latest/operate/oss_and_stack/management/security/"],
  checklists: ["lexia", "praviel"],

  on: workloads,
  config: z.strictObject({}),

  each: (_, { resource }) => redisContainers(resource),
  check: ({ server }) => asksForPassword(server),

  examples: {
    good: [
      {
        title: "A password from a secret",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                command: ["redis-server", "--requirepass", "$(REDIS_PASSWORD)"],
              }),
            ],
          }),
        ],
      },
      {
        title: "Users from a file",
        resources: [
          statefulSet("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                command: ["redis-server", "--aclfile", "/etc/redis/users.acl"],
              }),
            ],
          }),
        ],
      },
      {
        title: "Bitnami's variable",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "bitnami/redis:7.2",
                env: [
                  { name: "REDIS_PASSWORD", valueFrom: { secretKeyRef: { name: "redis", key: "password" } } },
                ],
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
        title: "An empty password",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "redis:7.2", command: ["redis-server", "--requirepass", ""] }),
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
        title: "Variables of Bitnami's image that come from a Secret as a whole",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", { image: "bitnami/redis:7.2", envFrom: [{ secretRef: { name: "cache" } }] }),
            ],
          }),
        ],
      },
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
