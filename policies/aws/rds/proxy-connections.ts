import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { rule } from "../../rule";
import { isSet } from "../../value";

const proxies = "aws:rds/proxy:Proxy";
const groups = "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup";

const proxy: ExampleResource = {
  type: proxies,
  name: "proxy",
  props: {
    engineFamily: "POSTGRESQL",
    roleArn: "arn:aws:iam::123456789012:role/proxy",
    vpcSubnetIds: ["subnet-1", "subnet-2"],
    requireTls: true,
  },
};
const group = (props: object, dbProxyName = ref("proxy", "name")): ExampleResource => ({
  type: groups,
  name: "pool",
  props: { dbProxyName, ...props },
});

export default rule({
  id: "aws-rds-proxy-connections",
  title: "An RDS Proxy leaves some of the database's connections to others.",
  severity: "medium",
  why: "A proxy may take every connection: then migrations, monitoring and the person who should mend it cannot get in.",
  fix: "Add a `ProxyDefaultTargetGroup` for the proxy with `connectionPoolConfig.maxConnectionsPercent` of 90 or less.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-connections.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/proxydefaulttargetgroup/",
  ],
  checklists: ["lexia", "foundational", "praviel"],

  on: [proxies, groups],
  sees: [groups],
  config: z.strictObject({
    maximumPercent: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(90)
      .describe("Percent of the database's connections that a proxy may use."),
  }),

  check(_, { resource, stack, config: { maximumPercent } }) {
    // Without a target group of its own, and in one that does not say, it is 100 percent.
    if (resource.type === proxies) {
      if (stack.pointingAt(resource, groups, "dbProxyName").length > 0) return;
      return `may use 100 % of the database's connections; ${maximumPercent} % are allowed`;
    }
    const pool = resource.props.connectionPoolConfig;
    const isGiven = isSet(pool, "maxConnectionsPercent");
    const percent = (isGiven && Number(pool?.maxConnectionsPercent)) || 100;
    if (percent <= maximumPercent) return;
    return `may use ${percent} % of the database's connections; ${maximumPercent} % are allowed`;
  },

  examples: {
    good: [
      {
        title: "Nine of ten connections",
        resources: [proxy, group({ connectionPoolConfig: { maxConnectionsPercent: 90 } })],
      },
      {
        title: "A stricter limit",
        config: { maximumPercent: 50 },
        resources: [proxy, group({ connectionPoolConfig: { maxConnectionsPercent: 50 } })],
      },
    ],
    bad: [
      { title: "Nothing said: every connection", resources: [proxy] },
      {
        title: "A target group that does not say",
        resources: [proxy, group({ connectionPoolConfig: { connectionBorrowTimeout: 60 } })],
      },
      {
        title: "All of them",
        resources: [proxy, group({ connectionPoolConfig: { maxConnectionsPercent: 100 } })],
      },
    ],
    undetermined: [
      {
        title: "A percentage that another stack decides",
        resources: [
          proxy,
          group({ connectionPoolConfig: { maxConnectionsPercent: ref<number>("elsewhere") } }),
        ],
      },
    ],
  },
});
