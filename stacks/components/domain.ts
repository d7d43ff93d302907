import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alerts } from "./alerts";
import type { Tags } from "./tags";

export interface DomainArgs {
  /** The name that users call. */
  domain: string;
  /** The Route 53 zone that holds it. */
  zone: string;
  /** Further names that the certificate covers, in the same zone. */
  alternativeNames?: string[];
  /** Who is told when the certificate is about to expire: AWS renews it long before. */
  alerts: Alerts;
  /** How many days before (default 30). */
  expiryDays?: number;
  tags?: Tags;
}

/** A name and its certificate, which proves itself by DNS and so renews itself. */
export class Domain extends pulumi.ComponentResource {
  /** The certificate, once it is valid. */
  readonly certificateArn: pulumi.Output<string>;
  private readonly zoneId: pulumi.Output<string>;

  constructor(
    private readonly prefix: string,
    private readonly args: DomainArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("preflight:components:Domain", prefix, {}, opts);
    const name = prefix;
    const parent = { parent: this };
    const { domain, alternativeNames = [], alerts, tags } = args;
    this.zoneId = aws.route53.getZoneOutput({ name: args.zone }, parent).zoneId;
    const certificate = new aws.acm.Certificate(
      name,
      {
        domainName: domain,
        // AWS adds the domain itself to an empty list, and each `up` would see a change.
        ...(alternativeNames.length > 0 && { subjectAlternativeNames: alternativeNames }),
        validationMethod: "DNS",
        tags,
      },
      parent,
    );
    const proofs = [domain, ...alternativeNames].map((covered, i) => {
      const proof = certificate.domainValidationOptions.apply((options) =>
        options.find((option) => option.domainName === covered),
      );
      return new aws.route53.Record(
        i === 0 ? `${name}-proof` : `${name}-proof-${i}`,
        {
          zoneId: this.zoneId,
          name: proof.apply((p) => p?.resourceRecordName ?? ""),
          type: proof.apply((p) => (p?.resourceRecordType ?? "CNAME") as aws.route53.RecordType),
          records: [proof.apply((p) => p?.resourceRecordValue ?? "")],
          ttl: 300,
          // A certificate for a name and its wildcard has one proof for both.
          allowOverwrite: true,
        },
        parent,
      );
    });
    this.certificateArn = new aws.acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: proofs.map((record) => record.fqdn) },
      parent,
    ).certificateArn;
    alerts.alarm(
      `${name}-certificate`,
      {
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        comparisonOperator: "LessThanThreshold",
        statistic: "Minimum",
        threshold: args.expiryDays ?? 30,
        period: 86_400,
        evaluationPeriods: 1,
        dimensions: { CertificateArn: certificate.arn },
      },
      parent,
    );
    this.registerOutputs({ certificateArn: this.certificateArn });
  }

  /** The name leads to a load balancer. */
  pointTo(balancer: aws.lb.LoadBalancer): void {
    new aws.route53.Record(
      this.prefix,
      {
        zoneId: this.zoneId,
        name: this.args.domain,
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      },
      { parent: this },
    );
  }
}
