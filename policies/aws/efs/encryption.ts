import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";

const fileSystems = "aws:efs/fileSystem:FileSystem";

export default rule({
  id: "aws-efs-encryption",
  title: "EFS file systems are encrypted at rest.",
  severity: "high",
  why: "What is written lies unencrypted in the storage and in every backup of it, for as long as the file system lives.",
  fix: "Set `encrypted: true`. It is settled when the file system is made: an existing one is replaced, so copy its files first.",
  links: [
    "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/efs/filesystem/",
  ],
  controls: { fsbp: ["EFS.1"], checkov: ["CKV_AWS_42"], trivy: ["AWS-0037"] },
  checklists: ["api-assistant"],

  on: [fileSystems],
  config: z.strictObject({}),

  check: ({ encrypted }) => (isTrue(encrypted) ? undefined : "is not encrypted at rest"),

  examples: {
    good: [
      { title: "Encrypted", resources: [{ type: fileSystems, name: "files", props: { encrypted: true } }] },
    ],
    bad: [
      { title: "Not said", resources: [{ type: fileSystems, name: "files", props: {} }] },
      {
        title: "Switched off",
        resources: [{ type: fileSystems, name: "files", props: { encrypted: false } }],
      },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [
          { type: fileSystems, name: "files", props: { encrypted: ref<boolean>("elsewhere", "encrypted") } },
        ],
      },
    ],
  },
});
