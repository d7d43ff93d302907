import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Edge } from "./edge";
import { tags } from "./settings";

interface AlertsArgs {
  email: string;
  monthlyBudget: number;
  keyArn: pulumi.Input<string>;
}

type Watch = Omit<aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "tags">;

/** Who is told of what: one topic, the alarms that publish to it, and the budget. */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(
    private readonly prefix: string,
    args: AlertsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("textai-studio:index:Alerts", prefix, {}, opts);
    const parent = { parent: this };
    const name = prefix;
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: args.keyArn, tags }, parent);
    const policy = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: ["sns:Publish"],
            resources: [topic.arn],
            principals: [
              {
                type: "Service",
                identifiers: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com", "backup.amazonaws.com"],
              },
            ],
          },
        ],
      },
      parent,
    );
    new aws.sns.TopicPolicy(name, { arn: topic.arn, policy: policy.json }, parent);
    new aws.sns.TopicSubscription(
      name,
      { topic: topic.arn, protocol: "email", endpoint: args.email },
      parent,
    );
    new aws.budgets.Budget(
      name,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(args.monthlyBudget),
        limitUnit: "USD",
        notifications: [50, 80, 100].map((threshold) => ({
          comparisonOperator: "GREATER_THAN",
          notificationType: "ACTUAL",
          threshold,
          thresholdType: "PERCENTAGE",
          subscriberEmailAddresses: [args.email],
        })),
        tags,
      },
      parent,
    );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }

  watchHost(instance: aws.ec2.Instance): void {
    const dimensions = { InstanceId: instance.id };
    const above = { comparisonOperator: "GreaterThanThreshold", statistic: "Average", period: 60 };
    this.alarm("cpu", {
      ...above,
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      threshold: 80,
      evaluationPeriods: 5,
      dimensions,
    });
    this.alarm("memory", {
      ...above,
      namespace: "CWAgent",
      metricName: "mem_used_percent",
      threshold: 85,
      evaluationPeriods: 5,
      dimensions,
    });
    this.alarm("disk", {
      ...above,
      namespace: "CWAgent",
      metricName: "disk_used_percent",
      statistic: "Maximum",
      threshold: 85,
      evaluationPeriods: 5,
      dimensions,
    });
    this.alarm("host-down", {
      ...above,
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      statistic: "Maximum",
      threshold: 0,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
      dimensions,
    });
  }

  watchEdge({ balancer, targets }: Edge): void {
    const dimensions = { LoadBalancer: balancer.arnSuffix };
    const namespace = "AWS/ApplicationELB";
    this.alarm("app-down", {
      namespace,
      metricName: "UnHealthyHostCount",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      statistic: "Maximum",
      threshold: 1,
      period: 60,
      evaluationPeriods: 2,
      treatMissingData: "breaching",
      dimensions: { ...dimensions, TargetGroup: targets.arnSuffix },
    });
    this.alarm("slow", {
      namespace,
      metricName: "TargetResponseTime",
      comparisonOperator: "GreaterThanThreshold",
      extendedStatistic: "p95",
      threshold: 2,
      period: 60,
      evaluationPeriods: 5,
      dimensions,
    });
    const count = (id: string, metricName: string) => ({
      id,
      metric: { namespace, metricName, stat: "Sum", period: 60, dimensions },
    });
    this.alarm("errors", {
      comparisonOperator: "GreaterThanThreshold",
      threshold: 1,
      evaluationPeriods: 5,
      treatMissingData: "notBreaching",
      metricQueries: [
        { id: "rate", expression: "100 * FILL(errors, 0) / requests", label: "Errors (%)", returnData: true },
        count("errors", "HTTPCode_Target_5XX_Count"),
        count("requests", "RequestCount"),
      ],
    });
  }

  private alarm(name: string, watch: Watch): void {
    const about = { ...watch, alarmActions: [this.topicArn], okActions: [this.topicArn], tags };
    new aws.cloudwatch.MetricAlarm(`${this.prefix}-${name}`, about, { parent: this });
  }
}
