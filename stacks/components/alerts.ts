import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";

export interface AlertsArgs {
  /** Who is told. Each address confirms its subscription once. */
  emails: string[];
  /** Encrypts the topic; its policy must let the services below in. */
  keyArn: pulumi.Input<string>;
  /** Who may publish (default: CloudWatch, Budgets, Backup and the events of RDS). */
  services?: string[];
  tags?: Tags;
}

/** What to watch. By default the average of a minute, above the threshold for five minutes. */
export type Watch = Omit<
  aws.cloudwatch.MetricAlarmArgs,
  "comparisonOperator" | "evaluationPeriods" | "alarmActions" | "okActions" | "tags"
> &
  Partial<Pick<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator" | "evaluationPeriods">>;

const publishers = [
  "cloudwatch.amazonaws.com",
  "budgets.amazonaws.com",
  "backup.amazonaws.com",
  "events.rds.amazonaws.com",
];

/** AWS Backup publishes without naming the account it works for. */
const saysForWhom = (service: string) => service !== "backup.amazonaws.com";

/** A topic that reaches people, and the alarms that publish to it. */
export class Alerts extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;
  /** Some services check at their creation that they may publish: they wait for this. */
  readonly access: aws.sns.TopicPolicy;

  constructor(
    name: string,
    private readonly args: AlertsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("preflight:components:Alerts", name, {}, opts);
    const parent = { parent: this };
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: args.keyArn, tags: args.tags }, parent);
    const account = aws.getCallerIdentityOutput({}, parent).accountId;
    const policy: aws.types.input.sns.PolicyDocument = {
      Version: "2012-10-17",
      Statement: (args.services ?? publishers).map((service) => ({
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sns:Publish",
        Resource: topic.arn,
        ...(saysForWhom(service) && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
      })),
    };
    this.access = new aws.sns.TopicPolicy(name, { arn: topic.arn, policy }, parent);
    for (const [i, endpoint] of args.emails.entries())
      new aws.sns.TopicSubscription(
        i === 0 ? name : `${name}-${i}`,
        { topic: topic.arn, protocol: "email", endpoint },
        parent,
      );
    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /** An alarm that tells people when it starts and when it ends. */
  alarm(name: string, watch: Watch, opts?: pulumi.CustomResourceOptions): aws.cloudwatch.MetricAlarm {
    const average = watch.extendedStatistic ? { period: 60 } : { period: 60, statistic: "Average" };
    return new aws.cloudwatch.MetricAlarm(
      name,
      {
        ...(watch.metricQueries ? {} : average),
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 5,
        ...watch,
        alarmActions: [this.topicArn],
        okActions: [this.topicArn],
        tags: this.args.tags,
      },
      { parent: this, ...opts },
    );
  }
}
