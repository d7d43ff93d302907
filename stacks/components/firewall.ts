import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

export interface FirewallArgs {
  /** The load balancer or API it stands in front of. */
  resourceArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  /** Requests that one address may send in five minutes (default 300). */
  limit?: number;
  /** Groups of rules that AWS keeps (default: common attacks, known bad inputs). */
  groups?: string[];
  /** Rules of those groups that only count, such as `SizeRestrictions_BODY` where uploads are part of the system. */
  countOnly?: Record<string, string[]>;
  /** How long its log is kept, in days (default 90). */
  logDays?: number;
  tags?: Tags;
}

/** A web application firewall: a rate limit an address, rules against common attacks, and a log of what it blocked. */
export class Firewall extends pulumi.ComponentResource {
  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Firewall", name, {}, opts);
    const parent = { parent: this };
    const { tags } = args;
    const metric = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      metricName,
      sampledRequestsEnabled: true,
    });
    const groups = args.groups ?? ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: metric(name),
        rules: [
          {
            name: "rate",
            priority: 0,
            action: { block: { customResponse: { responseCode: 429 } } },
            statement: {
              rateBasedStatement: {
                limit: args.limit ?? 300,
                aggregateKeyType: "IP",
                evaluationWindowSec: 300,
              },
            },
            visibilityConfig: metric(`${name}-rate`),
          },
          ...groups.map((group, i) => ({
            name: group,
            priority: i + 1,
            overrideAction: { none: {} },
            statement: {
              managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group,
                ruleActionOverrides: (args.countOnly?.[group] ?? []).map((rule) => ({
                  name: rule,
                  actionToUse: { count: {} },
                })),
              },
            },
            visibilityConfig: metric(`${name}-${group}`),
          })),
        ],
        tags,
      },
      parent,
    );
    new aws.wafv2.WebAclAssociation(name, { resourceArn: args.resourceArn, webAclArn: acl.arn }, parent);

    // The name must begin like this, or WAF refuses to write there.
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-waf`,
      {
        name: `aws-waf-logs-${name}-${pulumi.getStack()}`,
        retentionInDays: args.logDays ?? 90,
        kmsKeyId: args.keyArn,
        tags,
      },
      parent,
    );
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const delivery = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [pulumi.interpolate`${logs.arn}:*`],
            principals: [{ type: "Service", identifiers: ["delivery.logs.amazonaws.com"] }],
            conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [account] }],
          },
        ],
      },
      parent,
    );
    const access = new aws.cloudwatch.LogResourcePolicy(
      name,
      { policyName: `waf-${name}-${pulumi.getStack()}`, policyDocument: delivery.json },
      parent,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [logs.arn],
        redactedFields: [{ singleHeader: { name: "authorization" } }],
      },
      { parent: this, dependsOn: access },
    );
    this.registerOutputs({ arn: acl.arn });
  }
}
