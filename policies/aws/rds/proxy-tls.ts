import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

const proxy = (props: object): ExampleResource => ({
  type: "aws:rds/proxy:Proxy",
  name: "proxy",
  props: {
    engineFamily: "POSTGRESQL",
    roleArn: "arn:aws:iam::123456789012:role/proxy",
    vpcSubnetIds: ["subnet-1", "subnet-2"],
    auths: [{ authScheme: "SECRETS", secretArn: "arn:aws:secretsmanager:eu-west-3:123456789012:secret:db" }],
    ...props,
  },
});

export default rule({
  id: "aws-rds-proxy-tls",
  title: "RDS Proxies refuse connections without TLS.",
  severity: "high",
  why: "A proxy that takes plain text hides a database that refuses it: passwords and data cross the network unencrypted up to there.",
  fix: "Set `requireTls: true`, once every client speaks TLS.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security.tls",
    "https://www.pulumi.com/registry/packages/aws/api-docs/rds/proxy/#requiretls_nodejs",
  ],
  controls: { fsbp: ["RDS.43"], controlTower: ["CT.RDS.PR.26"] },
  checklists: ["lexia", "foundational", "praviel"],

  on: ["aws:rds/proxy:Proxy"],
  config: z.strictObject({}),

  check({ requireTls }) {
    return isTrue(requireTls) ? undefined : "lets clients in without TLS";
  },

  examples: {
    good: [{ title: "TLS only", resources: [proxy({ requireTls: true })] }],
    bad: [
      { title: "Nothing said: plain text is taken", resources: [proxy({})] },
      { title: "Switched off", resources: [proxy({ requireTls: false })] },
    ],
    undetermined: [
      {
        title: "By the output of another stack",
        resources: [proxy({ requireTls: ref<boolean>("elsewhere") })],
      },
    ],
  },
});
