import { z } from "zod";
import { task } from "../../examples/ecs";
import { taskDefinitions } from "../../reading/ecs";
import { authenticates, isMongoImage, soundsLikeMongo } from "../../reading/mongo";
import { running } from "../../reading/running";
import { rule } from "../../rule";
import { Unknown } from "../../value";

export default rule({
  id: "aws-ecs-mongo-auth",
  title: "MongoDB in an ECS task asks for a password.",
  severity: "critical",
  why: "MongoDB without authentication gives every database to whoever reaches its port; such servers are found, emptied and held to ransom within hours.",
  fix: "Set `MONGO_INITDB_ROOT_USERNAME` and its password from a secret, or start it with `--auth` or `--keyFile`.",
  links: [
    "https://www.mongodb.com/docs/manual/administration/security-checklist/",
    "https://hub.docker.com/_/mongo",
  ],
  checklists: ["foundational"],

  on: [taskDefinitions],
  config: z.strictObject({}),

  *each(_, { resource, stack }) {
    for (const [name, container] of running(resource, stack, soundsLikeMongo))
      if (container instanceof Unknown || isMongoImage(container.image)) yield [name, container];
  },
  check: authenticates,

  examples: {
    good: [
      {
        title: "A first user from a secret",
        resources: [
          task("data", [
            {
              name: "db",
              image: "mongo:7",
              secrets: [{ name: "MONGO_INITDB_ROOT_USERNAME", valueFrom: "arn:aws:ssm:::parameter/user" }],
            },
          ]),
        ],
      },
      {
        title: "A flag, and no server at all",
        resources: [
          task("data", [
            { name: "db", image: "public.ecr.aws/docker/library/mongo:7", command: ["--auth"] },
            { name: "admin", image: "mongo-express:1.0" },
          ]),
        ],
      },
    ],
    bad: [
      { title: "A bare server", resources: [task("data", [{ name: "db", image: "mongo:7" }])] },
      {
        title: "Variables that make no user",
        resources: [
          task("data", [
            {
              name: "db",
              image: "mongo:7",
              environment: [{ name: "MONGO_INITDB_DATABASE", value: "orders" }],
            },
          ]),
        ],
      },
    ],
    undetermined: [
      {
        title: "Variables from a file",
        resources: [
          task("data", [
            {
              name: "db",
              image: "mongo:7",
              environmentFiles: [{ value: "arn:aws:s3:::settings/db.env", type: "s3" }],
            },
          ]),
        ],
      },
    ],
  },
});
