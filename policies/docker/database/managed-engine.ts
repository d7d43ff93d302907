import { z } from "zod";
import { ref } from "../../example";
import { instance } from "../../examples/database";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices } from "../../reading/docker";
import { pulledImages } from "../../reading/dockerImage";
import { judgeSelfHosted, managed, selfHosted } from "../../reading/selfHosted";
import { rule } from "../../rule";

export default rule({
  id: "docker-database-managed-engine",
  title: "Databases are managed ones, not Docker containers.",
  severity: "low",
  why: "A database in a container is upgraded, backed up, failed over and patched by whoever remembers to; a managed one does that by itself.",
  fix: "Use RDS, Aurora, DocumentDB or ElastiCache, or say in a waiver why this one is run by hand.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/welcome.html",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html",
  ],
  checklists: ["praviel"],

  on: [dockerContainers, dockerServices],
  sees: [pulledImages, ...managed],
  config: z.strictObject({}),

  each: (_, { resource, stack }) => selfHosted(resource, stack),
  check: (engine, { stack }) => judgeSelfHosted(engine, stack),

  examples: {
    good: [
      {
        title: "Beside a managed database, for something that is not production data",
        resources: [instance("db"), container("scratch", { image: "postgres:17" })],
      },
      {
        title: "No server: an exporter, a dump that runs once",
        resources: [
          container("exporter", { image: "prometheuscommunity/postgres-exporter:v0.15" }),
          container("dump", { image: "postgres:17", command: ["pg_dump", "-h", "db"], mustRun: false }),
        ],
      },
    ],
    bad: [
      {
        title: "A database in a container",
        resources: [container("db", { image: "postgres:17" }), container("cache", { image: "redis:7.2" })],
      },
      {
        title: "An image pulled by a resource of its own, and a service",
        resources: [
          { type: pulledImages, name: "mysql", props: { name: "mysql:8.4" } },
          container("db", { image: ref("mysql", "imageId") }),
          service("documents", { containerSpec: { image: "bitnami/mongodb:7.0" } }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An image of another stack, in a container called postgres",
        resources: [container("postgres", { image: ref("elsewhere") })],
      },
    ],
  },
});
