import { z } from "zod";
import { ref } from "../../example";
import { container, deployment, job, statefulSet } from "../../examples/kubernetes";
import { authenticates, isMongoImage, soundsLikeMongo } from "../../reading/mongo";
import { running } from "../../reading/running";
import { workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { Unknown } from "../../value";

export default rule({
  id: "kubernetes-mongo-auth",
  title: "MongoDB in a workload asks for a password.",
  severity: "critical",
  why: "MongoDB without authentication gives every database to whoever reaches its port; such servers are found, emptied and held to ransom within hours.",
  fix: "Set `MONGO_INITDB_ROOT_USERNAME` and its password from a secret, or start it with `--auth` or `--keyFile`.",
  links: [
    "https://www.mongodb.com/docs/manual/administration/security-checklist/",
    "https://hub.docker.com/_/mongo",
  ],
  checklists: ["foundational"],

  on: workloads,
  config: z.strictObject({}),

  *each(_, { resource, stack }) {
    for (const [name, container] of running(resource, stack, soundsLikeMongo))
      if (container instanceof Unknown || isMongoImage(container.image)) yield [name, container];
  },
  check: authenticates,

  examples: {
    good: [
      {
        title: "A first user from a Secret",
        resources: [
          statefulSet("db", {
            containers: [
              container("mongo", {
                image: "mongo:7",
                env: [
                  {
                    name: "MONGO_INITDB_ROOT_USERNAME",
                    valueFrom: { secretKeyRef: { name: "mongo", key: "user" } },
                  },
                ],
              }),
            ],
          }),
        ],
      },
      {
        title: "A flag in a shell's command line",
        resources: [
          deployment("db", {
            containers: [
              container("mongo", {
                image: "mongo:7",
                command: ["sh", "-c", "exec mongod --auth --bind_ip_all"],
              }),
            ],
          }),
        ],
      },
      {
        title: "No server: an exporter, and a Job that runs a client",
        resources: [
          deployment("metrics", {
            containers: [container("exporter", { image: "percona/mongodb_exporter:0.40" })],
          }),
          job("seed", {
            containers: [container("seed", { image: "mongo:7", command: ["mongosh", "--eval", "1"] })],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "A bare server",
        resources: [statefulSet("db", { containers: [container("mongo", { image: "mongo:7" })] })],
      },
      {
        title: "A replica set whose members ask for nothing",
        resources: [
          statefulSet("db", {
            containers: [
              container("mongo", { image: "mongo:7", args: ["--replSet", "rs0", "--bind_ip_all"] }),
              container("exporter", { image: "percona/mongodb_exporter:0.40" }),
            ],
          }),
        ],
      },
      {
        title: "An empty user",
        resources: [
          deployment("db", {
            containers: [
              container("mongo", {
                image: "mongo:7",
                env: [{ name: "MONGO_INITDB_ROOT_USERNAME", value: "" }],
              }),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "Variables from a Secret as a whole",
        resources: [
          statefulSet("db", {
            containers: [
              container("mongo", { image: "mongo:7", envFrom: [{ secretRef: { name: "mongo" } }] }),
            ],
          }),
        ],
      },
      {
        title: "An image of another stack, in a container called mongo",
        resources: [statefulSet("db", { containers: [container("mongo", { image: ref("elsewhere") })] })],
      },
    ],
  },
});
