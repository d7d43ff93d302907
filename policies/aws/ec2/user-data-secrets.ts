import { z } from "zod";
import { ref, secret } from "../../example";
import { type Setting, secretIn, secretWithin, userData } from "../../reading/secret";
import { rule } from "../../rule";
import { isSecret, isSet, peek, Unknown } from "../../value";

export default rule({
  id: "aws-ec2-user-data-secrets",
  title: "No user data holds a secret.",
  severity: "high",
  why: "User data is plain text: every process on the instance reads it from the metadata service, and so does whoever may describe the instance.",
  fix: "Let the instance fetch the secret at start, from Secrets Manager or SSM, with its instance profile. Change the value that was written down.",
  links: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets.html",
  ],
  controls: { checkov: ["CKV_AWS_46"], trivy: ["AWS-0029", "AWS-0129"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: [
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
  ],
  config: z.strictObject({}),

  *each(props) {
    for (const key of ["userData", "userDataBase64"]) {
      const given = isSet(props as Record<string, unknown>, key);
      if (given) yield [key, { name: key, of: props, key, input: key } satisfies Setting];
    }
  },
  check(setting, context) {
    const script = peek(setting.of as Record<string, unknown>, setting.key);
    // Around another resource's address, too, a script may hold literals.
    if (script instanceof Unknown && !isSecret(setting.of, setting.key as never)) throw script;
    const kind = secretIn(setting, context, (value) => secretWithin(userData(value)));
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "The secret is fetched at start",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "web",
            props: {
              userData:
                "#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)\n",
            },
          },
        ],
      },
      {
        title: "A template's user data in base64, with nothing secret in it",
        resources: [
          {
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "web",
            props: { userData: Buffer.from("#!/bin/sh\nyum install -y nginx\n").toString("base64") },
          },
        ],
      },
      {
        title: "Built with a secret setting of the program",
        resources: [
          { type: "aws:ec2/instance:Instance", name: "web", props: { userData: secret("bootScript") } },
        ],
      },
      {
        title: "No user data",
        resources: [{ type: "aws:ec2/instance:Instance", name: "web", props: {} }],
      },
    ],
    bad: [
      {
        title: "A password in a script",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "web",
            props: { userData: "#!/bin/sh\nexport DB_PASSWORD=correct-horse\n" },
          },
        ],
      },
      {
        title: "A private key, in base64",
        resources: [
          {
            type: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
            name: "web",
            props: {
              userDataBase64: Buffer.from(
                "#cloud-config\nssh_keys:\n  rsa_private: |\n    -----BEGIN RSA PRIVATE KEY-----\n",
              ).toString("base64"),
            },
          },
        ],
      },
      {
        title: "A password inside a URL, in a template and in a launch configuration",
        resources: [
          {
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "web",
            props: {
              userData: Buffer.from("#!/bin/sh\npsql postgres://app:correct-horse@db/app\n").toString(
                "base64",
              ),
            },
          },
          {
            type: "aws:ec2/launchConfiguration:LaunchConfiguration",
            name: "old",
            props: {
              imageId: "ami-12345678",
              instanceType: "m7i.large",
              userData: "#!/bin/sh\ngit clone https://bot:correct-horse@git.example.com/app\n",
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A script around another resource's address",
        resources: [
          { type: "aws:rds/instance:Instance", name: "db", props: { instanceClass: "db.m7g.large" } },
          {
            type: "aws:ec2/instance:Instance",
            name: "web",
            props: { userData: `#!/bin/sh\nexport DB_HOST=${ref("db", "address")}\n` },
          },
        ],
      },
    ],
  },
});
