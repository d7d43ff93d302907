import { z } from "zod";
import { ref } from "../../example";
import { blocks, buckets, configuring, holdsLogs, loggings, logSources } from "../../reading/bucket";
import { notApplicable, rule } from "../../rule";
import { isSet, some, Unknown } from "../../value";

export default rule({
  id: "aws-s3-access-logs",
  title: "S3 buckets log who reads and writes them.",
  severity: "medium",
  why: "After a leak the first question is who read what; without access logs nobody can tell.",
  fix: "Add a `BucketLogging` that delivers to a bucket for logs.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlogging/",
  ],
  controls: {
    fsbp: ["S3.9"],
    controlTower: ["CT.S3.PR.2"],
    config: ["S3_BUCKET_LOGGING_ENABLED"],
    checkov: ["CKV_AWS_18"],
    trivy: ["AWS-0089"],
  },
  checklists: ["api-assistant"],

  on: buckets,
  sees: logSources,
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const written = [
      ...blocks<{ targetBucket?: string }>(resource.props, "logging", "loggings"),
      ...configuring(resource, loggings, stack).map((l) => (l instanceof Unknown ? l : l.props)),
    ];
    if (some(written, (logging) => isSet(logging, "targetBucket"))) return;
    return holdsLogs(resource, stack) ? notApplicable("holds logs itself") : "has no access log";
  },

  examples: {
    good: [
      {
        title: "A bucket, and the bucket of its logs",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          { type: "aws:s3/bucket:Bucket", name: "logs", props: {} },
          {
            type: "aws:s3/bucketLogging:BucketLogging",
            name: "logging",
            props: { bucket: ref("audio"), targetBucket: ref("logs", "bucket"), targetPrefix: "audio/" },
          },
        ],
      },
      {
        title: "Logging inside either kind of bucket",
        resources: [
          {
            type: "aws:s3/bucket:Bucket",
            name: "audio",
            props: { logging: { targetBucket: "example-logs" } },
          },
          {
            type: "aws:s3/bucketV2:BucketV2",
            name: "video",
            props: { loggings: [{ targetBucket: "example-logs" }] },
          },
          { type: "aws:s3/bucketV2:BucketV2", name: "logs", props: { bucket: "example-logs" } },
        ],
      },
      {
        title: "The logs of a load balancer and of a trail",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "requests", props: {} },
          {
            type: "aws:lb/loadBalancer:LoadBalancer",
            name: "web",
            props: { accessLogs: { bucket: ref("requests"), enabled: true } },
          },
          { type: "aws:s3/bucket:Bucket", name: "audit", props: {} },
          { type: "aws:cloudtrail/trail:Trail", name: "trail", props: { s3BucketName: ref("audit") } },
        ],
      },
    ],
    bad: [
      {
        title: "A bare bucket",
        resources: [{ type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} }],
      },
      {
        title: "Only another bucket logs",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          { type: "aws:s3/bucket:Bucket", name: "video", props: {} },
          {
            type: "aws:s3/bucketLoggingV2:BucketLoggingV2",
            name: "logging",
            props: { bucket: ref("video"), targetBucket: "example-logs", targetPrefix: "video/" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Logs are delivered to a bucket that another stack names",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: {} },
          {
            type: "aws:s3/bucketLogging:BucketLogging",
            name: "logging",
            props: { bucket: "example-other", targetBucket: ref("elsewhere", "logs"), targetPrefix: "" },
          },
        ],
      },
    ],
  },
});
