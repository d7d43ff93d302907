import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Alerts } from "./alerts";
import { EncryptionKey } from "./key";
import type { Tags } from "./tags";

export interface UptimeArgs {
  /** The name that is called, over HTTPS. */
  domain: string;
  /** What must answer with 2xx or 3xx (default `/health`). */
  path?: string;
  emails: string[];
  /** Seconds between two calls of each checker: 30 (default) or 10. */
  interval?: 10 | 30;
  tags?: Tags;
}

/** Calls the system from around the world and tells people when it does not answer. */
export class Uptime extends pulumi.ComponentResource {
  constructor(name: string, args: UptimeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Uptime", name, {}, opts);
    const { tags } = args;
    // Route 53 publishes its metrics in this region only, and an alarm's topic is in the alarm's region.
    const provider = new aws.Provider(name, { region: "us-east-1" }, { parent: this });
    const there = { parent: this, provider };
    const key = new EncryptionKey(name, { description: "Alerts of the uptime check", tags }, there);
    const alerts = new Alerts(name, { emails: args.emails, keyArn: key.arn, tags }, there);
    const check = new aws.route53.HealthCheck(
      name,
      {
        type: "HTTPS",
        fqdn: args.domain,
        port: 443,
        resourcePath: args.path ?? "/health",
        requestInterval: args.interval ?? 30,
        failureThreshold: 3,
        enableSni: true,
        measureLatency: true,
        tags: { ...tags, Name: name },
      },
      there,
    );
    alerts.alarm(
      `${name}-down`,
      {
        namespace: "AWS/Route53",
        metricName: "HealthCheckStatus",
        comparisonOperator: "LessThanThreshold",
        statistic: "Minimum",
        threshold: 1,
        evaluationPeriods: 2,
        treatMissingData: "breaching",
        dimensions: { HealthCheckId: check.id },
      },
      there,
    );
    this.registerOutputs({ healthCheckId: check.id });
  }
}
