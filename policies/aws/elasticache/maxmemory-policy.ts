import { z } from "zod";
import { ref } from "../../example";
import { cluster, group } from "../../examples/cache";
import { cacheClusters, replicationGroups, standsBack, takesOver } from "../../reading/cache";
import { rule } from "../../rule";
import { isSet, items, peek, some, text, Unknown } from "../../value";

const parameterGroups = "aws:elasticache/parameterGroup:ParameterGroup";

export default rule({
  id: "aws-elasticache-maxmemory-policy",
  title: "What Redis drops when it is full was decided.",
  severity: "medium",
  why: "The default, volatile-lru, drops only keys with an expiry: once the others fill the memory, every write fails.",
  fix: "Make a `ParameterGroup` with `maxmemory-policy` (`allkeys-lru` for a cache, `noeviction` for a queue) and name it in `parameterGroupName`.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html",
    "https://redis.io/docs/latest/develop/reference/eviction/",
  ],
  checklists: ["lexia"],

  // MemoryDB is a database, where nothing may be dropped; serverless caches have no parameters.
  on: [replicationGroups, cacheClusters],
  sees: [parameterGroups],
  config: z.strictObject({
    allowNoeviction: z
      .boolean()
      .default(true)
      .describe("Whether `noeviction`, right for a queue and wrong for a cache, passes."),
  }),

  check(_, { resource, stack, config: { allowNoeviction } }) {
    const other = resource.type === cacheClusters ? standsBack(resource) : takesOver(resource);
    if (other) return other;
    if (!isSet(resource.props, "parameterGroupName")) return "has the default parameter group";
    const name = peek(resource.props, "parameterGroupName");
    if (text(name)?.startsWith("default.")) return "has the default parameter group";
    const [parameters] = stack.targets(resource, "parameterGroupName", parameterGroups);
    // A group that is made elsewhere may say it or not.
    if (!parameters) throw new Unknown("parameterGroupName (made outside the stack)");

    let policy: string | Unknown | undefined;
    some(items(parameters.props.parameters), (parameter) => {
      if (parameter?.name !== "maxmemory-policy") return false;
      policy = peek(parameter, "value");
      return true;
    });
    if (policy === undefined || policy === "") return "has a parameter group that sets no `maxmemory-policy`";
    if (allowNoeviction) return;
    if (policy instanceof Unknown) throw policy;
    return policy === "noeviction" ? "drops nothing when it is full: every write then fails" : undefined;
  },

  examples: {
    good: [
      {
        title: "Decided in a parameter group",
        resources: [
          {
            type: parameterGroups,
            name: "lru",
            props: {
              family: "valkey8",
              parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
            },
          },
          group("sessions", { parameterGroupName: ref("lru", "name") }),
          cluster("pages", { engine: "redis", parameterGroupName: ref("lru") }),
        ],
      },
      {
        title: "A queue, by its literal name",
        resources: [
          {
            type: parameterGroups,
            name: "queue",
            props: {
              name: "queue",
              family: "redis7",
              parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
            },
          },
          group("jobs", { parameterGroupName: "queue" }),
        ],
      },
      {
        title: "Memcached, a node of a replication group, a member of a global datastore",
        resources: [
          cluster("pages", { engine: "memcached" }),
          cluster("reader", { replicationGroupId: "sessions" }),
          group("far", { globalReplicationGroupId: "ldgnf-sessions" }),
        ],
      },
    ],
    bad: [
      { title: "No parameter group", resources: [group("sessions", {})] },
      { title: "A default one", resources: [group("sessions", { parameterGroupName: "default.redis7" })] },
      {
        title: "A parameter group about something else",
        resources: [
          {
            type: parameterGroups,
            name: "events",
            props: { family: "redis7", parameters: [{ name: "notify-keyspace-events", value: "Ex" }] },
          },
          group("sessions", { parameterGroupName: ref("events", "name") }),
        ],
      },
      {
        title: "A cache that drops nothing",
        config: { allowNoeviction: false },
        resources: [
          {
            type: parameterGroups,
            name: "keep",
            props: {
              family: "redis7",
              parameters: [{ name: "maxmemory-policy", value: "noeviction" }],
            },
          },
          group("sessions", { parameterGroupName: ref("keep", "name") }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A parameter group made elsewhere",
        resources: [group("sessions", { parameterGroupName: "company-redis7" })],
      },
    ],
  },
});
