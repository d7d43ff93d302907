import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { warehouse } from "../../examples/database";
import { redshiftClusters } from "../../reading/database";
import { rule } from "../../rule";
import { isSet, items, text, Unknown } from "../../value";

const groups = "aws:redshift/parameterGroup:ParameterGroup";
const group = (family: string, values: Record<string, string>): ExampleResource => ({
  type: groups,
  name: "parameters",
  props: { family, parameters: Object.entries(values).map(([name, value]) => ({ name, value })) },
});
const own = { clusterParameterGroupName: ref("parameters", "name") };

export default rule({
  id: "aws-redshift-tls",
  title: "Redshift refuses connections without TLS.",
  severity: "high",
  why: "A warehouse that takes both kinds of connections takes the one a careless client opens: passwords and data in plain text.",
  fix: 'Set `require_ssl` to "true" in the parameter group of the cluster.',
  links: [
    "https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/redshift/parametergroup/",
  ],
  controls: {
    fsbp: ["Redshift.2"],
    config: ["REDSHIFT_REQUIRE_TLS_SSL"],
    checkov: ["CKV_AWS_105"],
  },
  checklists: ["api-assistant", "foundational"],

  on: [redshiftClusters],
  sees: [groups],
  config: z.strictObject({}),

  check(cluster, { resource, stack }) {
    const wrong = "lets clients in without TLS (require_ssl)";
    // Since 2025 a new cluster gets default.redshift-2.0, which refuses them.
    if (!isSet(cluster, "clusterParameterGroupName")) return;
    const [group] = stack.targets(resource, "clusterParameterGroupName", groups);
    if (!group) {
      const name = text(cluster.clusterParameterGroupName) ?? "";
      if (!name.startsWith("default.")) throw new Unknown("clusterParameterGroupName (of another stack)");
      return name.endsWith("-1.0") ? wrong : undefined;
    }
    let open: Unknown | undefined;
    for (const parameter of items(group.props.parameters)) {
      if (parameter instanceof Unknown) open ??= parameter;
      else if (text(parameter?.name)?.toLowerCase() === "require_ssl")
        return ["true", "1", "on"].includes(`${parameter.value}`.toLowerCase()) ? undefined : wrong;
    }
    if (open) throw open;
    return text(group.props.family)?.endsWith("-1.0") ? wrong : undefined;
  },

  examples: {
    good: [
      {
        title: "Told to insist",
        resources: [warehouse("reports", own), group("redshift-1.0", { require_ssl: "true" })],
      },
      {
        title: "New parameter groups insist by default",
        resources: [
          warehouse("reports"),
          warehouse("events", { clusterParameterGroupName: "default.redshift-2.0" }),
          warehouse("others", own),
          group("redshift-2.0", { enable_user_activity_logging: "true" }),
        ],
      },
    ],
    bad: [
      {
        title: "An old parameter group that says nothing of it",
        resources: [warehouse("reports", own), group("redshift-1.0", { statement_timeout: "60000" })],
      },
      {
        title: "Switched off, and the old default group",
        resources: [
          warehouse("reports", own),
          group("redshift-2.0", { require_ssl: "false" }),
          warehouse("events", { clusterParameterGroupName: "default.redshift-1.0" }),
        ],
      },
    ],
    undetermined: [
      {
        title: "A parameter group of another stack",
        resources: [warehouse("reports", { clusterParameterGroupName: "shared" })],
      },
    ],
  },
});
