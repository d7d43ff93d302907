import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  type Alerts,
  type Bucket,
  Domain,
  Firewall,
  type Network,
  openWay,
  type Tags,
} from "pulumi-preflight/components";
import type { Cluster } from "./cluster";

interface EdgeArgs {
  domain: string;
  zone: string;
  network: Network;
  cluster: Cluster;
  keyArn: pulumi.Input<string>;
  alerts: Alerts;
  accessLogs: Bucket;
  /** Requests that one address may send in five minutes. */
  rateLimit: number;
  /** The port of the reverse proxy on every node of the system pool. */
  nodePort: number;
  logDays: number;
  deletionProtection: boolean;
  tags: Tags;
}

/**
 * What the world sees: a name, a certificate, a load balancer that speaks TLS, and a firewall in front of it.
 *
 * Requests reach the pods through a port of the nodes: the target group is attached to the auto scaling group of the
 * system pool, so new nodes join by themselves. That needs no controller in the cluster, which would have to be trusted
 * with changing load balancers; every node forwards to the reverse proxy, wherever it runs.
 */
export class Edge extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer;
  readonly targets: aws.lb.TargetGroup;

  constructor(
    private readonly prefix: string,
    private readonly args: EdgeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("lexia:index:Edge", prefix, {}, opts);
    const name = prefix;
    const { network, cluster, nodePort, tags } = args;
    const parent = { parent: this };
    const group = new aws.ec2.SecurityGroup(
      `${name}-balancer`,
      { vpcId: network.vpcId, description: "Lexia load balancer", tags },
      parent,
    );
    for (const port of [80, 443]) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-balancer-${port}`,
        {
          securityGroupId: group.id,
          description: port === 80 ? "Redirected to HTTPS" : "HTTPS",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: "0.0.0.0/0",
          tags,
        },
        parent,
      );
    }
    openWay(
      `${name}-proxy`,
      {
        from: group.id,
        to: cluster.securityGroupId,
        port: nodePort,
        description: "Load balancer to reverse proxy",
        bothSides: true,
      },
      parent,
    );

    this.balancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: "application",
        internal: false,
        subnets: network.publicSubnetIds,
        securityGroups: [group.id],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: args.deletionProtection,
        // Answers of the LLM are streamed: a pause in between is not the end.
        idleTimeout: 120,
        accessLogs: { enabled: true, bucket: args.accessLogs.name },
        tags,
      },
      parent,
    );
    this.targets = new aws.lb.TargetGroup(
      name,
      {
        port: nodePort,
        protocol: "HTTP",
        targetType: "instance",
        vpcId: network.vpcId,
        deregistrationDelay: 60,
        healthCheck: {
          enabled: true,
          path: "/health",
          matcher: "200",
          interval: 15,
          timeout: 5,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
        tags,
      },
      parent,
    );
    new aws.autoscaling.Attachment(
      name,
      { autoscalingGroupName: cluster.systemGroupName, lbTargetGroupArn: this.targets.arn },
      parent,
    );

    const domain = new Domain(
      name,
      { domain: args.domain, zone: args.zone, alerts: args.alerts, tags },
      parent,
    );
    domain.pointTo(this.balancer);
    this.listen(domain);
    new Firewall(
      name,
      {
        resourceArn: this.balancer.arn,
        keyArn: args.keyArn,
        limit: args.rateLimit,
        logDays: args.logDays,
        // Recordings are large, and what people write to a language model may be a page of HTML.
        countOnly: {
          AWSManagedRulesCommonRuleSet: [
            "SizeRestrictions_BODY",
            "CrossSiteScripting_BODY",
            "GenericLFI_BODY",
            "GenericRFI_BODY",
            "EC2MetaDataSSRF_BODY",
          ],
        },
        tags,
      },
      parent,
    );
    this.watch();
    this.registerOutputs({ dnsName: this.balancer.dnsName });
  }

  private listen(domain: Domain): void {
    const parent = { parent: this };
    const { tags } = this.args;
    new aws.lb.Listener(
      `${this.prefix}-http`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ],
        tags,
      },
      parent,
    );
    new aws.lb.Listener(
      `${this.prefix}-https`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificateArn: domain.certificateArn,
        defaultActions: [{ type: "forward", targetGroupArn: this.targets.arn }],
        routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000; includeSubDomains",
        routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
        routingHttpResponseXFrameOptionsHeaderValue: "DENY",
        routingHttpResponseServerEnabled: false,
        tags,
      },
      parent,
    );
  }

  private watch(): void {
    const { alerts } = this.args;
    const parent = { parent: this };
    const namespace = "AWS/ApplicationELB";
    const dimensions = { LoadBalancer: this.balancer.arnSuffix };
    alerts.alarm(
      `${this.prefix}-down`,
      {
        namespace,
        metricName: "UnHealthyHostCount",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        statistic: "Maximum",
        threshold: 1,
        evaluationPeriods: 3,
        treatMissingData: "breaching",
        dimensions: { ...dimensions, TargetGroup: this.targets.arnSuffix },
      },
      parent,
    );
    alerts.alarm(
      `${this.prefix}-slow`,
      {
        namespace,
        metricName: "TargetResponseTime",
        extendedStatistic: "p95",
        threshold: 2,
        treatMissingData: "notBreaching",
        dimensions,
      },
      parent,
    );
    const count = (id: string, metricName: string) => ({
      id,
      metric: { namespace, metricName, stat: "Sum", period: 60, dimensions },
    });
    alerts.alarm(
      `${this.prefix}-errors`,
      {
        threshold: 1,
        treatMissingData: "notBreaching",
        metricQueries: [
          {
            id: "rate",
            expression: "100 * FILL(errors, 0) / requests",
            label: "Errors (%)",
            returnData: true,
          },
          count("errors", "HTTPCode_Target_5XX_Count"),
          count("requests", "RequestCount"),
        ],
      },
      parent,
    );
  }
}
