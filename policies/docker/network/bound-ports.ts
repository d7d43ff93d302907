import { isIP } from "node:net";
import { z } from "zod";
import { ref } from "../../example";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { isTrue } from "../../reading/flag";
import { image } from "../../reading/image";
import { notApplicable, rule } from "../../rule";
import { attempt, items, text, Unknown } from "../../value";

const pulled = "docker:index/remoteImage:RemoteImage";
const built = "docker:index/image:Image";

/** Databases, caches, queues and model servers, by the last segment of their image's name. */
const internal = [
  ...["postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha", "pgbouncer"],
  ...[
    "mysql",
    "mysql-server",
    "mariadb",
    "percona",
    "mongo",
    "mongodb",
    "mongodb-community-server",
    "couchdb",
  ],
  ...["cassandra", "scylla", "neo4j", "influxdb", "clickhouse", "clickhouse-server", "cockroach", "etcd"],
  ...["elasticsearch", "opensearch", "meilisearch", "typesense", "solr"],
  ...["qdrant", "weaviate", "milvus", "chroma", "redis", "redis-stack", "redis-stack-server", "valkey"],
  ...["keydb", "dragonfly", "memcached", "rabbitmq", "kafka", "cp-kafka", "redpanda", "nats", "pulsar"],
  ...["eclipse-mosquitto", "zookeeper", "activemq", "arangodb", "surrealdb", "sglang"],
  ...["vllm-openai", "ollama", "text-generation-inference", "text-embeddings-inference", "tritonserver"],
  ...["llama.cpp", "localai", "faster-whisper-server"],
];
const local =
  /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd]|fe80:)/i;

export default rule({
  id: "docker-network-bound-ports",
  title: "Databases, caches, queues and model servers publish no port to the world.",
  severity: "high",
  why: "A published port without an address listens on every interface, and Docker opens the host's firewall for it.",
  fix: 'Set `ip: "127.0.0.1"` on the port, or remove it: containers on one network need none.',
  links: [
    "https://docs.docker.com/engine/network/port-publishing/",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  controls: { dockerBench: ["5.14"] },
  checklists: ["lexia"],

  on: [dockerContainers],
  sees: [pulled, built],
  config: z.strictObject({
    internal: z
      .array(z.string())
      .default(internal)
      .describe("Images, by the last part of their name, that only serve other containers."),
  }),

  *each(props) {
    for (const [i, port] of items(props.ports).entries()) {
      const known = port instanceof Unknown ? undefined : Number(port?.internal);
      yield [`port ${known || i + 1}`, port];
    }
    if (isTrue(props.publishAllPorts)) yield ["all ports", {}];
  },
  check(port: { ip?: string }, { resource, stack, config }) {
    const ip = attempt(() => text(port?.ip) ?? "");
    // An address of the host's own network is one on purpose.
    if (!(ip instanceof Unknown) && isIP(ip) && local.test(ip)) return;
    const images = stack.targets(resource, "image", [pulled, built]);
    const references = images.map((i) => (i.type === pulled ? i.props.name : i.props.imageName));
    const names = images.length > 0 ? references : [resource.props.image];
    const serves = names
      .map((name) => image(name)?.name)
      .find((name) => name && config.internal.includes(name));
    if (!serves) return notApplicable("is not an image that only serves other containers");
    if (ip instanceof Unknown) throw ip;
    return ip && isIP(ip) && !/^[0:.]+$/.test(ip)
      ? `publishes ${serves} on the public address ${ip}`
      : `publishes ${serves} on every interface of the host`;
  },

  examples: {
    good: [
      {
        title: "On the host alone",
        resources: [
          container("db", {
            image: "postgres:17",
            ports: [{ internal: 5432, external: 5432, ip: "127.0.0.1" }],
          }),
        ],
      },
      { title: "No port", resources: [container("cache", { image: "redis:7.2" })] },
      {
        title: "A web server is there for the world",
        resources: [container("web", { image: "nginx:1.29", ports: [{ internal: 443, external: 443 }] })],
      },
    ],
    bad: [
      {
        title: "A database on every interface",
        resources: [container("db", { image: "postgres:17", ports: [{ internal: 5432, external: 5432 }] })],
      },
      {
        title: "Written out, in IPv6, and all ports",
        resources: [
          container("cache", { image: "bitnami/redis:7.2", ports: [{ internal: 6379, ip: "0.0.0.0" }] }),
          container("queue", { image: "rabbitmq:4", ports: [{ internal: 5672, ip: "::" }] }),
          container("model", { image: "ollama/ollama:0.12.0", publishAllPorts: true }),
        ],
      },
      {
        title: "The image pulled by a resource of its own",
        resources: [
          { type: pulled, name: "postgres", props: { name: "postgres:17" } },
          container("db", { image: ref("postgres", "id"), ports: [{ internal: 5432, external: 5432 }] }),
        ],
      },
    ],
    undetermined: [
      {
        title: "An image that comes from elsewhere",
        resources: [container("db", { image: ref("release", "image"), ports: [{ internal: 5432 }] })],
      },
    ],
  },
});
