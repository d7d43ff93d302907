import { z } from "zod";
import { ref } from "../../example";
import { instance } from "../../examples/database";
import { container, cronJob, deployment, statefulSet } from "../../examples/kubernetes";
import { judgeSelfHosted, managed, selfHosted } from "../../reading/selfHosted";
import { workloads } from "../../reading/workload";
import { rule } from "../../rule";

export default rule({
  id: "kubernetes-database-managed-engine",
  title: "Databases are managed ones, not workloads.",
  severity: "low",
  why: "A database in a container is upgraded, backed up, failed over and patched by whoever remembers to; a managed one does that by itself.",
  fix: "Use RDS, Aurora, DocumentDB or ElastiCache, or say in a waiver why this one is run by hand.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html",
  ],
  checklists: ["praviel"],

  on: workloads,
  sees: [...managed],
  config: z.strictObject({}),

  each: (_, { resource, stack }) => selfHosted(resource, stack),
  check: (engine, { stack }) => judgeSelfHosted(engine, stack),

  examples: {
    good: [
      {
        title: "Beside a managed database, for something that is not production data",
        resources: [
          instance("db"),
          deployment("scratch", { containers: [container("postgres", { image: "postgres:17" })] }),
        ],
      },
      {
        title: "No server: an exporter, and a dump every night",
        resources: [
          deployment("metrics", {
            containers: [container("exporter", { image: "oliver006/redis_exporter:v1.62" })],
          }),
          cronJob("dump", { containers: [container("dump", { image: "postgres:17", args: ["pg_dump"] })] }),
        ],
      },
    ],
    bad: [
      {
        title: "A database in a StatefulSet",
        resources: [statefulSet("db", { containers: [container("postgres", { image: "postgres:17" })] })],
      },
      {
        title: "A cache in a Deployment, beside the application",
        resources: [
          deployment("app", {
            containers: [
              container("app", { image: "example/app:1.4" }),
              container("cache", { image: "bitnami/redis:7.2" }),
            ],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An image of another stack, in a container called postgres",
        resources: [statefulSet("db", { containers: [container("postgres", { image: ref("elsewhere") })] })],
      },
    ],
  },
});
