import { z } from "zod";
import { ref } from "../../example";
import { rule } from "../../rule";
import { isSet } from "../../value";

const vaults = "aws:backup/vault:Vault";

export default rule({
  id: "aws-backup-vault-key",
  title: "A backup vault has an encryption key of its own.",
  severity: "medium",
  why: "With the default key nobody can say who may decrypt backups, and they cannot be copied to another account.",
  fix: "Set `kmsKeyArn` to a customer key. A vault is replaced by that: it must be empty, so make a new one beside it.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/vault/",
  ],
  controls: { fsbp: ["Backup.1"], checkov: ["CKV_AWS_166"], config: ["BACKUP_RECOVERY_POINT_ENCRYPTED"] },
  checklists: ["textai-studio"],

  on: [vaults],
  config: z.strictObject({}),

  // A key that is not known yet is one.
  check: (props) =>
    isSet(props, "kmsKeyArn") ? undefined : "is encrypted with the default key of AWS Backup",

  examples: {
    good: [
      {
        title: "A key of the stack",
        resources: [
          { type: "aws:kms/key:Key", name: "backup", props: {} },
          { type: vaults, name: "vault", props: { kmsKeyArn: ref("backup", "arn") } },
        ],
      },
      {
        title: "A key from outside the stack",
        resources: [{ type: vaults, name: "vault", props: { kmsKeyArn: ref("elsewhere", "arn") } }],
      },
    ],
    bad: [
      { title: "Not said", resources: [{ type: vaults, name: "vault", props: {} }] },
      { title: "Empty", resources: [{ type: vaults, name: "vault", props: { kmsKeyArn: "" } }] },
    ],
  },
});
