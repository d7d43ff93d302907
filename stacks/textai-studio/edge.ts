import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";
import { tags } from "./settings";

interface EdgeArgs {
  domain: string;
  zone: string;
  network: Network;
  keyArn: pulumi.Input<string>;
  port: number;
  healthPath: string;
}

/** What the world sees: a name, a certificate, a load balancer that speaks TLS, and a firewall in front of it. */
export class Edge extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer;
  readonly targets: aws.lb.TargetGroup;
  private readonly securityGroup: aws.ec2.SecurityGroup;

  constructor(
    private readonly prefix: string,
    private readonly args: EdgeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("textai-studio:index:Edge", prefix, {}, opts);
    const parent = { parent: this };
    const name = prefix;
    const zoneId = aws.route53.getZoneOutput({ name: args.zone }, parent).zoneId;

    this.securityGroup = new aws.ec2.SecurityGroup(
      `${name}-balancer`,
      { vpcId: args.network.vpcId, description: "TextAI Studio load balancer", tags },
      parent,
    );
    for (const port of [80, 443]) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-balancer-${port}`,
        {
          securityGroupId: this.securityGroup.id,
          description: port === 80 ? "Redirected to HTTPS" : "HTTPS",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: "0.0.0.0/0",
        },
        parent,
      );
    }

    this.balancer = new aws.lb.LoadBalancer(
      name,
      {
        loadBalancerType: "application",
        internal: false,
        subnets: args.network.publicSubnetIds,
        securityGroups: [this.securityGroup.id],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: true,
        accessLogs: { enabled: true, bucket: this.accessLogs() },
        tags,
      },
      parent,
    );
    this.targets = new aws.lb.TargetGroup(
      name,
      {
        port: args.port,
        protocol: "HTTP",
        targetType: "instance",
        vpcId: args.network.vpcId,
        // Streamlit keeps a session's state in one process.
        stickiness: { enabled: true, type: "lb_cookie" },
        healthCheck: {
          enabled: true,
          path: args.healthPath,
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
    new aws.lb.Listener(
      `${name}-http`,
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
      `${name}-https`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificateArn: this.certificate(zoneId),
        defaultActions: [{ type: "forward", targetGroupArn: this.targets.arn }],
        routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000; includeSubDomains",
        routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
        routingHttpResponseXFrameOptionsHeaderValue: "SAMEORIGIN",
        tags,
      },
      parent,
    );
    this.firewall();
    new aws.route53.Record(
      name,
      {
        zoneId,
        name: args.domain,
        type: "A",
        aliases: [{ name: this.balancer.dnsName, zoneId: this.balancer.zoneId, evaluateTargetHealth: true }],
      },
      parent,
    );
    this.registerOutputs({ dnsName: this.balancer.dnsName });
  }

  /** Send requests to an instance, and open the way between the two and nothing more. */
  forwardTo(instance: aws.ec2.Instance, host: aws.ec2.SecurityGroup): void {
    const { port } = this.args;
    const parent = { parent: this };
    new aws.lb.TargetGroupAttachment(
      this.prefix,
      { targetGroupArn: this.targets.arn, targetId: instance.id, port },
      parent,
    );
    const way = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new aws.vpc.SecurityGroupIngressRule(
      `${this.prefix}-host-from-balancer`,
      { securityGroupId: host.id, referencedSecurityGroupId: this.securityGroup.id, ...way },
      parent,
    );
    new aws.vpc.SecurityGroupEgressRule(
      `${this.prefix}-balancer-to-host`,
      { securityGroupId: this.securityGroup.id, referencedSecurityGroupId: host.id, ...way },
      parent,
    );
  }

  private certificate(zoneId: pulumi.Output<string>): pulumi.Output<string> {
    const parent = { parent: this };
    const certificate = new aws.acm.Certificate(
      this.prefix,
      { domainName: this.args.domain, validationMethod: "DNS", tags },
      parent,
    );
    const proof = certificate.domainValidationOptions.apply(([option]) => ({
      name: option?.resourceRecordName ?? "",
      type: option?.resourceRecordType ?? "",
      value: option?.resourceRecordValue ?? "",
    }));
    const record = new aws.route53.Record(
      `${this.prefix}-certificate`,
      {
        zoneId,
        name: proof.name,
        type: proof.type as pulumi.Output<"CNAME">,
        records: [proof.value],
        ttl: 300,
      },
      parent,
    );
    return new aws.acm.CertificateValidation(
      this.prefix,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      parent,
    ).certificateArn;
  }

  private firewall(): void {
    const parent = { parent: this };
    const name = this.prefix;
    const metric = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      metricName,
      sampledRequestsEnabled: true,
    });
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: metric("studio"),
        rules: [
          {
            name: "rate",
            priority: 0,
            action: { block: {} },
            statement: {
              rateBasedStatement: { limit: 300, aggregateKeyType: "IP", evaluationWindowSec: 300 },
            },
            visibilityConfig: metric("studio-rate"),
          },
          {
            name: "common",
            priority: 1,
            overrideAction: { none: {} },
            statement: {
              managedRuleGroupStatement: {
                vendorName: "AWS",
                name: "AWSManagedRulesCommonRuleSet",
                // Uploads of up to 10 MB are part of the application.
                ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
              },
            },
            visibilityConfig: metric("studio-common"),
          },
        ],
        tags,
      },
      parent,
    );
    new aws.wafv2.WebAclAssociation(name, { resourceArn: this.balancer.arn, webAclArn: acl.arn }, parent);
    const logs = new aws.cloudwatch.LogGroup(
      `${name}-waf`,
      { name: `aws-waf-logs-textai-${name}`, retentionInDays: 90, kmsKeyId: this.args.keyArn, tags },
      parent,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      { resourceArn: acl.arn, logDestinationConfigs: [logs.arn] },
      parent,
    );
  }

  /** The bucket for the load balancer's access logs: private, TLS only, and emptied after a year. */
  private accessLogs(): pulumi.Output<string> {
    const parent = { parent: this };
    const name = `${this.prefix}-access-logs`;
    const bucket = new aws.s3.Bucket(name, { tags }, parent);
    const of = { bucket: bucket.id };
    new aws.s3.BucketPublicAccessBlock(
      name,
      {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      parent,
    );
    // Load balancers deliver to buckets with S3's own key only.
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      parent,
    );
    new aws.s3.BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, parent);
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        ...of,
        rules: [
          {
            id: "a-year",
            status: "Enabled",
            expiration: { days: 365 },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
      parent,
    );
    const objects = pulumi.interpolate`${bucket.arn}/*`;
    const policy = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            sid: "Delivery",
            actions: ["s3:PutObject"],
            resources: [objects],
            principals: [
              { type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] },
            ],
          },
          {
            sid: "TlsOnly",
            effect: "Deny",
            actions: ["s3:*"],
            resources: [bucket.arn, objects],
            principals: [{ type: "*", identifiers: ["*"] }],
            conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
          },
        ],
      },
      parent,
    );
    // The load balancer checks at its creation that it may write.
    return new aws.s3.BucketPolicy(name, { ...of, policy: policy.json }, parent).bucket;
  }
}
