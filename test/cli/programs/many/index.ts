/** Five hundred resources: a hundred times a bucket with and one without a lifecycle, a queue, and a deployment. */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";

for (let i = 0; i < 100; i++) {
  const kept = new aws.s3.Bucket(`kept-${i}`);
  new aws.s3.BucketLifecycleConfiguration(`kept-${i}`, {
    bucket: kept.id,
    rules: [{ id: "expire", status: "Enabled", expiration: { days: 30 } }],
  });
  new aws.s3.Bucket(`full-${i}`);
  new aws.sqs.Queue(`queue-${i}`);
  const labels = { app: `api-${i}` };
  const containers = [{ name: "api", image: "registry.example.com/api:1.0.0" }];
  new kubernetes.apps.v1.Deployment(`api-${i}`, {
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
}
