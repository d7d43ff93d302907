import { z } from "zod";
import { ref } from "../../example";
import { dockerContainers, dockerServices } from "../../reading/docker";
import { pulledImages } from "../../reading/dockerImage";
import { dockerRedis, persists } from "../../reading/redis";
import { notApplicable, rule } from "../../rule";

export default rule({
  id: "docker-redis-persistence",
  title: "Redis in a Docker container keeps its data over a restart.",
  severity: "medium",
  why: "A restart, a new version or a full node empties it: jobs, sessions and counters are gone.",
  fix: "Start it with `--appendonly yes`, or with `--save` and an interval, and give it a volume.",
  links: ["https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/"],
  checklists: ["lexia", "praviel"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const server = dockerRedis(resource, stack);
    return server ? persists(server) : notApplicable("runs no Redis");
  },

  examples: {
    good: [
      {
        title: "An append-only file",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "--appendonly", "yes"] },
          },
        ],
      },
      {
        title: "Snapshots",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "--save", "60", "1"] },
          },
        ],
      },
      {
        title: "Bitnami's image writes an append-only file by itself",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "bitnami/redis:7.2", envs: ["ALLOW_EMPTY_PASSWORD=no"] },
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
                  commands: ["redis-server", "--appendonly", "yes"],
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
        title: "Both switched off",
        resources: [
          {
            type: dockerContainers,
            name: "cache",
            props: { image: "redis:7.2", command: ["redis-server", "--save", "", "--appendonly", "no"] },
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
        title: "An image that is not known yet, of a container called Redis",
        resources: [{ type: dockerContainers, name: "redis", props: { image: ref("elsewhere", "image") } }],
      },
    ],
  },
});
