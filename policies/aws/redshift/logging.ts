import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { warehouse } from "../../examples/database";
import { redshiftClusters } from "../../reading/database";
import { rule } from "../../rule";
import { isSet, items, some } from "../../value";

const loggings = "aws:redshift/logging:Logging";
const logging = (clusterIdentifier: string, props: object): ExampleResource => ({
  type: loggings,
  name: "logging",
  props: { clusterIdentifier, ...props },
});

export default rule({
  id: "aws-redshift-logging",
  title: "Redshift logs who connects and what they do.",
  severity: "medium",
  why: "Without audit logs nobody can say who read which data, or why a load failed last night.",
  fix: 'Add a `redshift.Logging` for the cluster, to a bucket or to CloudWatch with `logExports: ["connectionlog", "userlog"]`.',
  links: [
    "https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/redshift/logging/",
  ],
  controls: { fsbp: ["Redshift.4"], config: ["REDSHIFT_AUDIT_LOGGING_ENABLED"], checkov: ["CKV_AWS_71"] },
  checklists: ["api-assistant", "praviel"],

  on: [redshiftClusters],
  sees: [loggings],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    const goesSomewhere = some(
      stack.pointingAt(resource, loggings, "clusterIdentifier"),
      ({ props }) =>
        isSet(props, "bucketName") ||
        (props.logDestinationType === "cloudwatch" && items(props.logExports).length > 0),
    );
    return goesSomewhere ? undefined : "logs neither connections nor queries";
  },

  examples: {
    good: [
      {
        title: "To CloudWatch",
        resources: [
          warehouse("reports"),
          logging(ref("reports"), {
            logDestinationType: "cloudwatch",
            logExports: ["connectionlog", "userlog"],
          }),
        ],
      },
      {
        title: "To a bucket, by the cluster's literal name",
        resources: [
          warehouse("reports", { clusterIdentifier: "reports" }),
          logging("reports", { logDestinationType: "s3", bucketName: "example-audit" }),
        ],
      },
    ],
    bad: [
      { title: "No logging", resources: [warehouse("reports")] },
      {
        title: "Logging of another cluster, and one without logs",
        resources: [
          warehouse("reports"),
          logging("elsewhere", { bucketName: "example-audit" }),
          warehouse("events", { clusterIdentifier: "events" }),
          {
            type: loggings,
            name: "empty",
            props: { clusterIdentifier: "events", logDestinationType: "cloudwatch", logExports: [] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Logging of a cluster of another stack, perhaps this one",
        resources: [
          warehouse("reports"),
          logging(ref("elsewhere"), { logDestinationType: "s3", bucketName: "example-audit" }),
        ],
      },
    ],
  },
});
