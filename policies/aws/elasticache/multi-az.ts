import { z } from "zod";
import { ref } from "../../example";
import { group } from "../../examples/cache";
import { replicationGroups, takesOver } from "../../reading/cache";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

export default rule({
  id: "aws-elasticache-multi-az",
  title: "Redis spreads its nodes over availability zones.",
  severity: "medium",
  why: "All nodes in one zone fail together with it.",
  fix: "Set `multiAzEnabled: true`; it needs `automaticFailoverEnabled` and a replica.",
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/elasticache/replicationgroup/",
  ],
  controls: { checkov: ["CKV2_AWS_50"] },
  checklists: ["api-assistant"],

  on: [replicationGroups],
  config: z.strictObject({}),

  check(props, { resource }) {
    const other = takesOver(resource);
    if (other) return other;
    return isTrue(props.multiAzEnabled) ? undefined : "may have all its nodes in one availability zone";
  },

  examples: {
    good: [
      {
        title: "Several zones",
        resources: [
          group("sessions", { multiAzEnabled: true, automaticFailoverEnabled: true, numCacheClusters: 2 }),
        ],
      },
      {
        title: "A member of a global datastore",
        resources: [group("far", { globalReplicationGroupId: "ldgnf-sessions" })],
      },
    ],
    bad: [
      {
        title: "Not said: one zone will do",
        resources: [group("sessions", { automaticFailoverEnabled: true, numCacheClusters: 2 })],
      },
      { title: "Switched off", resources: [group("sessions", { multiAzEnabled: false })] },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [group("sessions", { multiAzEnabled: ref<boolean>("elsewhere", "spread") })],
      },
    ],
  },
});
