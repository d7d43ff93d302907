import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices } from "../../reading/docker";
import { pulledImages } from "../../reading/dockerImage";
import { authenticates, isMongoImage, soundsLikeMongo } from "../../reading/mongo";
import { running } from "../../reading/running";
import { rule } from "../../rule";
import { Unknown } from "../../value";

export default rule({
  id: "docker-mongo-auth",
  title: "MongoDB in a Docker container asks for a password.",
  severity: "critical",
  why: "MongoDB without authentication gives every database to whoever reaches its port; such servers are found, emptied and held to ransom within hours.",
  fix: "Set `MONGO_INITDB_ROOT_USERNAME` and its password from a secret, or start it with `--auth` or `--keyFile`.",
  links: [
    "https://www.mongodb.com/docs/manual/administration/security-checklist/",
    "https://hub.docker.com/_/mongo",
  ],
  checklists: ["foundational"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages],
  config: z.strictObject({}),

  *each(_, { resource, stack }) {
    for (const [name, container] of running(resource, stack, soundsLikeMongo))
      if (container instanceof Unknown || isMongoImage(container.image)) yield [name, container];
  },
  check: authenticates,

  examples: {
    good: [
      {
        title: "A first user from variables",
        resources: [
          container("db", {
            image: "mongo:7",
            envs: ["MONGO_INITDB_ROOT_USERNAME=admin", "MONGO_INITDB_ROOT_PASSWORD_FILE=/run/secrets/mongo"],
          }),
          container("other", {
            image: "bitnami/mongodb:7.0",
            envs: ["MONGODB_ROOT_PASSWORD_FILE=/run/secrets/m"],
          }),
        ],
      },
      {
        title: "Authentication by a flag, or implied by a key file",
        resources: [
          container("db", { image: "mongo:7", command: ["mongod", "--auth"] }),
          container("member", {
            image: "registry.example.com/library/mongo:7",
            command: ["--replSet", "rs0", "--keyFile", "/run/secrets/key"],
          }),
        ],
      },
      {
        title: "No server: an exporter, a front end, a dump",
        resources: [
          container("exporter", { image: "percona/mongodb_exporter:0.40" }),
          container("admin", { image: "mongo-express:1.0" }),
          container("dump", { image: "mongo:7", command: ["mongodump", "--uri", "mongodb://db"] }),
        ],
      },
    ],
    bad: [
      { title: "A bare server", resources: [container("db", { image: "mongo:7" })] },
      {
        title: "An image pulled by a resource of its own, and a service",
        resources: [
          { type: pulledImages, name: "mongo", props: { name: "mongo:7" } },
          container("db", { image: ref("mongo", "imageId") }),
          service("documents", { containerSpec: { image: "mongo:7", args: ["--replSet", "rs0"] } }),
        ],
      },
      {
        title: "Switched off, whatever the variables say",
        resources: [
          container("db", {
            image: "mongo:7",
            command: ["mongod", "--noauth"],
            envs: ["MONGO_INITDB_ROOT_USERNAME=admin"],
          }),
          container("empty", {
            image: "bitnami/mongodb:7.0",
            envs: ["ALLOW_EMPTY_PASSWORD=yes", "MONGODB_ROOT_PASSWORD="],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "Arguments from another stack",
        resources: [container("db", { image: "mongo:7", command: ["mongod", ref("elsewhere")] })],
      },
    ],
  },
});
