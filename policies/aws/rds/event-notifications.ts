import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { cluster, documents, instance } from "../../examples/database";
import { docdbClusters, instances, isMember, rdsClusters } from "../../reading/database";
import { isFalse } from "../../reading/flag";
import { notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { attempt, isSet, items, list, text, Unknown } from "../../value";

const subscriptions = [
  "aws:rds/eventSubscription:EventSubscription",
  "aws:docdb/eventSubscription:EventSubscription",
] as const;

const databases = [instances, rdsClusters, docdbClusters] as const;

/** A subscription of an example. */
const subscription = (props: object, name = "events"): ExampleResource => ({
  type: subscriptions[0],
  name,
  props: { snsTopic: ref("on-call", "arn"), ...props },
});
const onCall: ExampleResource = { type: "aws:sns/topic:Topic", name: "on-call", props: {} };

export default rule({
  id: "aws-rds-event-notifications",
  title: "Somebody is told when a database fails or is maintained.",
  severity: "medium",
  why: "RDS says beforehand that it will restart a database, and afterwards why one failed, to those who subscribed.",
  fix: "Add an `EventSubscription` with an `snsTopic`, the source type of the database and its event categories, or with neither to be told everything.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/event-subscriptions.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/eventsubscription/",
  ],
  controls: {
    fsbp: ["RDS.19", "RDS.20"],
    controlTower: ["CT.RDS.PR.12", "CT.RDS.PR.17"],
  },
  checklists: ["foundational", "praviel"],

  on: [...databases, ...subscriptions],
  sees: [...databases, ...subscriptions],
  config: z.strictObject({
    categories: z
      .array(z.string().min(1))
      .default(["failure", "maintenance"])
      .describe("Categories of events that somebody must be told of."),
  }),

  check(_, { resource, stack, config: { categories } }) {
    switch (resource.type) {
      case subscriptions[0]:
      case subscriptions[1]: {
        if (stack.all(...databases).some((database) => !database.read))
          return notApplicable("is judged with its databases");
        const source = text(resource.props.sourceType) ?? "";
        if (!["", "db-instance", "db-cluster"].includes(source))
          return notApplicable("is not about databases");
        // Whatever the databases of other stacks are called, they are meant.
        const missing = untold(
          categories,
          source,
          { certain: stack.all(...subscriptions), possible: [] },
          stack,
        );
        return missing.length > 0 ? `tells nobody of events: ${missing.join(", ")}` : undefined;
      }
      default: {
        if (resource.type === instances && isMember(resource))
          return notApplicable("is in the events of its cluster");
        const source = resource.type === instances ? "db-instance" : "db-cluster";
        const named = stack.pointersAt(resource, subscriptions, "sourceIds");
        const missing = untold(categories, source, named, stack);
        return missing.length > 0 ? `notifies nobody of its events: ${missing.join(", ")}` : undefined;
      }
    }
  },

  examples: {
    good: [
      {
        title: "A subscription to all instances and one to all clusters",
        resources: [
          onCall,
          instance("db"),
          subscription({
            sourceType: "db-instance",
            eventCategories: ["failure", "maintenance", "failover"],
          }),
          cluster("orders"),
          subscription(
            { sourceType: "db-cluster", eventCategories: ["failure", "maintenance"] },
            "cluster-events",
          ),
        ],
      },
      {
        title: "For the databases of another stack, and for snapshots",
        resources: [
          onCall,
          subscription({ sourceType: "db-cluster", eventCategories: ["failure", "maintenance"] }),
          subscription({ sourceType: "db-snapshot", eventCategories: ["deletion"] }, "snapshots"),
        ],
      },
      {
        title: "Every category of every source",
        resources: [onCall, instance("db"), documents("documents"), subscription({})],
      },
      {
        title: "The categories spread over two subscriptions, for this database",
        resources: [
          onCall,
          instance("db"),
          subscription({
            sourceType: "db-instance",
            sourceIds: [ref("db", "identifier")],
            eventCategories: ["failure"],
          }),
          subscription({ sourceType: "db-instance", eventCategories: ["maintenance"] }, "maintenance"),
        ],
      },
    ],
    bad: [
      { title: "No subscription", resources: [instance("db"), cluster("orders")] },
      {
        title: "Switched off",
        resources: [onCall, instance("db"), subscription({ enabled: false })],
      },
      {
        title: "For snapshots, and for clusters only",
        resources: [onCall, instance("db"), subscription({ sourceType: "db-cluster" })],
      },
      {
        title: "A category is missing",
        resources: [
          onCall,
          documents("documents"),
          {
            type: subscriptions[1],
            name: "events",
            props: {
              snsTopicArn: ref<string>("on-call", "arn"),
              sourceType: "db-cluster",
              eventCategories: ["failure"],
            },
          },
        ],
      },
      {
        title: "For the databases of another stack, without failures",
        resources: [
          onCall,
          subscription({ sourceType: "db-instance", eventCategories: ["backup", "maintenance"] }),
        ],
      },
      {
        title: "For another database",
        resources: [
          onCall,
          instance("db", { identifier: "orders" }),
          subscription({ sourceType: "db-instance", sourceIds: ["invoices"] }),
        ],
      },
    ],
    undetermined: [
      {
        title: "For a database of another stack, perhaps this one",
        resources: [
          onCall,
          instance("db"),
          subscription({ sourceType: "db-instance", sourceIds: [ref("elsewhere")] }),
        ],
      },
    ],
  },
});

/** The subscriptions that name a database, and those that may. */
type Named = ReturnType<Stack<(typeof subscriptions)[number]>["pointersAt"]>;

/** The categories that no subscription tells of. Throws `Unknown` where one may. */
function untold(
  categories: readonly string[],
  source: string,
  named: Named,
  stack: Stack<(typeof subscriptions)[number]>,
): string[] {
  const missing = new Set(categories);
  let open: Unknown | undefined;
  for (const subscription of stack.all(...subscriptions)) {
    const told = attempt(() => categoriesOf(subscription, source, named));
    if (told instanceof Unknown) open ??= told;
    else if (told === "every") return [];
    else for (const category of told) missing.delete(category);
  }
  if (missing.size > 0 && open) throw open;
  return [...missing];
}

/** The categories of events of a database that a subscription tells of. */
function categoriesOf(
  subscription: Resource<(typeof subscriptions)[number]>,
  source: string,
  { certain, possible }: Named,
): readonly string[] | "every" {
  const { props } = subscription;
  const topic = subscription.type === subscriptions[0] ? "snsTopic" : "snsTopicArn";
  if (isFalse(props.enabled) || !isSet(props as Record<string, unknown>, topic)) return [];
  if (isSet(props, "sourceType") && props.sourceType !== source) return [];
  // Without ids it is for all sources, without categories for all categories.
  if (items(props.sourceIds).length > 0 && !certain.includes(subscription)) {
    const may = possible.find((one) => one.resource === subscription);
    if (may) throw may.reason;
    return [];
  }
  const categories = list(props.eventCategories);
  return categories.length === 0 ? "every" : categories;
}
