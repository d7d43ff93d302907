import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { cluster, instance } from "../../examples/database";
import { container as dockerContainer } from "../../examples/docker";
import { task } from "../../examples/ecs";
import { container, deployment } from "../../examples/kubernetes";
import { engineOf, instances, isMember, isReplica, rdsClusters } from "../../reading/database";
import { pulledImages } from "../../reading/dockerImage";
import { configMaps, poolingIn } from "../../reading/pool";
import { runners } from "../../reading/running";
import { notApplicable, rule } from "../../rule";
import { attempt, Unknown } from "../../value";

const targets = "aws:rds/proxyTarget:ProxyTarget";
const target = (props: object): ExampleResource => ({
  type: targets,
  name: "target",
  props: { dbProxyName: "proxy", targetGroupName: "default", ...props },
});

export default rule({
  id: "aws-rds-connection-pool",
  title: "Programs reach a database through a pool of connections.",
  severity: "medium",
  why: "Every connection costs a database memory: without a pool, a burst of traffic or a rolling update uses them all up, and everything stops.",
  fix: "Put an RDS Proxy in front (`Proxy` with a `ProxyTarget` that names this database), run PgBouncer, or give the program a pool by `DB_POOL_SIZE`.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html",
    "https://www.pgbouncer.org/features.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/proxytarget/",
  ],
  checklists: ["lexia", "foundational", "praviel"],

  on: [instances, rdsClusters],
  sees: [targets, pulledImages, configMaps, ...runners],
  config: z.strictObject({
    variables: z
      .array(z.string().min(1))
      .default(["DB_POOL_SIZE", "DATABASE_POOL_SIZE", "DB_POOL_MAX", "SQLALCHEMY_POOL_SIZE"])
      .describe("Environment variables by which programs size their pool."),
    minimum: z.number().int().min(1).default(5).describe("Connections that a program's pool must have."),
    maximum: z.number().int().min(1).default(50).describe("Connections that a program's pool may have."),
  }),

  check(_, { resource, stack, config }) {
    if (isReplica(resource)) return notApplicable("cannot stand behind a proxy of its own");
    if (resource.type === instances && isMember(resource))
      return notApplicable("is reached through its cluster");
    if (/^(?:oracle|db2|custom-)/.test(engineOf(resource)))
      return notApplicable("has an engine for which there is no proxy");
    if (resource.type === rdsClusters && resource.props.engineMode === "serverless")
      return notApplicable("pools connections by itself");
    const input = resource.type === instances ? "dbInstanceIdentifier" : "dbClusterIdentifier";
    const proxied = attempt(() => stack.pointingAt(resource, targets, input).length > 0);
    if (proxied === true) return;
    const { found, unfit, open } = poolingIn(stack, config);
    if (found) return;
    if (proxied instanceof Unknown) throw proxied;
    if (open) throw open;
    if (unfit)
      return `is reached through a pool of the wrong size (${unfit}); ${config.minimum} to ${config.maximum} connections are right`;
    return "is reached without a pool of connections";
  },

  examples: {
    good: [
      {
        title: "A proxy in front of an instance, and of a cluster",
        resources: [
          instance("db"),
          target({ dbInstanceIdentifier: ref("db", "identifier") }),
          cluster("orders"),
          { ...target({ dbClusterIdentifier: ref("orders", "clusterIdentifier") }), name: "orders-target" },
        ] as ExampleResource[],
      },
      {
        title: "PgBouncer in the cluster, by its image",
        resources: [
          instance("db"),
          deployment("pool", { containers: [container("pool", { image: "edoburu/pgbouncer:v1.23.1-p2" })] }),
        ],
      },
      {
        title: "PgBouncer on a Docker host",
        resources: [instance("db"), dockerContainer("pool", { image: "bitnami/pgbouncer:1.23" })],
      },
      {
        title: "A program that pools by itself",
        resources: [instance("db"), task("api", [{ environment: [{ name: "DB_POOL_SIZE", value: "20" }] }])],
      },
      {
        title: "A program that pools by itself, from an image that is not known yet",
        resources: [
          instance("db"),
          deployment("api", {
            containers: [
              container("api", { image: ref("built"), env: [{ name: "DB_POOL_SIZE", value: "20" }] }),
            ],
          }),
        ],
      },
      {
        title: "The size in a ConfigMap",
        resources: [
          instance("db"),
          { type: configMaps, name: "settings", props: { data: { DB_POOL_SIZE: "10" } } },
        ],
      },
      {
        title: "Replicas and engines without a proxy are not judged",
        resources: [
          instance("replica", { replicateSourceDb: "orders" }),
          instance("ledger", { engine: "oracle-se2" }),
        ],
      },
    ],
    bad: [
      {
        title: "Nothing between the database and its clients",
        resources: [instance("db"), cluster("orders")],
      },
      {
        title: "A proxy in front of another database",
        resources: [
          instance("db", { identifier: "orders" }),
          target({ dbInstanceIdentifier: "invoices" }),
          deployment("metrics", {
            containers: [container("exporter", { image: "prometheuscommunity/pgbouncer-exporter:v0.9" })],
          }),
        ],
      },
      {
        title: "A pool of more connections than the database has",
        resources: [
          instance("db"),
          deployment("api", {
            containers: [container("api", { env: [{ name: "DB_POOL_SIZE", value: "500" }] })],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A task definition that is not known yet",
        resources: [
          instance("db"),
          {
            type: "aws:ecs/taskDefinition:TaskDefinition",
            name: "api",
            props: { family: "api", containerDefinitions: ref("elsewhere", "containers") },
          },
        ],
      },
      {
        title: "A proxy in front of a database of another stack, perhaps this one",
        resources: [instance("db"), target({ dbInstanceIdentifier: ref("elsewhere") })],
      },
      {
        title: "A pool whose size another stack decides",
        resources: [
          instance("db"),
          deployment("api", {
            containers: [container("api", { env: [{ name: "DB_POOL_SIZE", value: ref("elsewhere") }] })],
          }),
        ],
      },
    ],
  },
});
