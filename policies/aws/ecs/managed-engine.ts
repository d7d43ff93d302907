import { z } from "zod";
import { ref } from "../../example";
import { cluster } from "../../examples/database";
import { task } from "../../examples/ecs";
import { taskDefinitions } from "../../reading/ecs";
import { judgeSelfHosted, managed, selfHosted } from "../../reading/selfHosted";
import { rule } from "../../rule";

export default rule({
  id: "aws-ecs-managed-engine",
  title: "Databases are managed ones, not ECS tasks.",
  severity: "low",
  why: "A database in a container is upgraded, backed up, failed over and patched by whoever remembers to; a managed one does that by itself.",
  fix: "Use RDS, Aurora, DocumentDB or ElastiCache, or say in a waiver why this one is run by hand.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html",
  ],
  checklists: ["praviel"],

  on: [taskDefinitions],
  sees: [...managed],
  config: z.strictObject({}),

  each: (_, { resource, stack }) => selfHosted(resource, stack),
  check: (engine, { stack }) => judgeSelfHosted(engine, stack),

  examples: {
    good: [
      {
        title: "Beside a managed database, for something that is not production data",
        resources: [cluster("orders"), task("data", [{ name: "scratch", image: "postgres:17" }])],
      },
      {
        title: "No server",
        resources: [
          cluster("orders"),
          task("data", [{ name: "migrate", image: "postgres:17", command: ["psql", "-f", "up.sql"] }]),
        ],
      },
    ],
    bad: [
      { title: "A database in a task", resources: [task("data", [{ name: "db", image: "postgres:17" }])] },
      {
        title: "A cache in a task",
        resources: [task("data", [{ name: "cache", image: "public.ecr.aws/docker/library/redis:7.2" }])],
      },
    ],
    undetermined: [
      {
        title: "Containers that are not known yet, of a task called postgres",
        resources: [
          {
            type: taskDefinitions,
            name: "postgres",
            props: { family: "postgres", containerDefinitions: ref("elsewhere") },
          },
        ],
      },
    ],
  },
});
