import { z } from "zod";
import { ref, secret } from "../../example";
import { dockerContainers, dockerServices } from "../../reading/docker";
import { pulledImages } from "../../reading/dockerImage";
import { asksForPassword, dockerRedis } from "../../reading/redis";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "docker-redis-password",
  title: "Redis in a Docker container asks for a password.",
  severity: "high",
  why: "Redis answers whoever reaches its port: another container, a neighbour on the network, a page in a developer's browser.",
  fix: "Start it with `--requirepass` and a value from a secret, with an ACL file, or with the password variable of its image.",
  links: ["https://redis.io/docs/latest/operate/oss_and_stack/management/security/"],
  checklists: ["lexia", "praviel"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const server = dockerRedis(resource, stack);
    return server ? asksForPassword(server) : notApplicable("runs no Redis");
  },

  examples: {
    good: [
      {
        title: "A password from a secret",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: {
              image: "redis:7.2",
              command: ["redis-server", "--requirepass", secret("redisPassword")],
            },
          },
        ],
      },
      {
        title: "Users from a file",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "--aclfile", "/etc/redis/users.acl"] },
          },
        ],
      },
      {
        title: "Bitnami's variable",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "bitnami/redis:7.2", envs: ["REDIS_PASSWORD_FILE=/run/secrets/redis"] },
          },
        ],
      },
      {
        title: "A service, of an image pulled by a resource of its own",
        resources: [
          { type: pulledImages, name: "valkey", props: { name: "valkey/valkey:8" } },
          {
            type: dockerServices,
            name: "cache",
            props: {
              taskSpec: {
                containerSpec: {
                  image: ref("valkey", "repoDigest"),
                  commands: ["redis-server", "--requirepass", secret("redisPassword")],
                },
              },
            },
          },
        ],
      },
      {
        title: "A file, which the rule does not read; another image",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "/usr/local/etc/redis/redis.conf"] },
          },
          { type: dockerContainers, name: "metrics", props: { image: "oliver006/redis_exporter:v1.62.0" } },
        ],
      },
    ],
    bad: [
      {
        title: "No arguments",
        resources: [{ type: dockerContainers, name: "cache", props: { image: "redis:7.2" } }],
      },
      {
        title: "An empty password",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "--requirepass", ""] },
          },
        ],
      },
      {
        title: "An image pulled by a resource of its own",
        resources: [
          { type: pulledImages, name: "image", props: { name: "redis:7.2" } },
          { type: dockerContainers, name: "cache", props: { image: ref("image", "imageId") } },
        ],
      },
      {
        title: "A service",
        resources: [
          {
            type: dockerServices,
            name: "cache",
            props: { taskSpec: { containerSpec: { image: "redis:7.2" } } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A variable of Bitnami's image that is not known yet",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "bitnami/redis:7.2", envs: [ref("cache-password", "variable")] },
          },
        ],
      },
      {
        title: "An image that is not known yet, of a container called Redis",
        resources: [{ type: dockerContainers, name: "redis", props: { image: ref("elsewhere", "image") } }],
      },
    ],
  },
});
