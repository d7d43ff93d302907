import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tags } from "./settings";

interface BackupsArgs {
  volumeArn: pulumi.Input<string>;
  keyArn: pulumi.Input<string>;
  topicArn: pulumi.Input<string>;
  /** The region that keeps the second copy. */
  elsewhere: string;
}

/** A backup a day, kept for 35 days, locked against deletion, with a copy in another region. */
export class Backups extends pulumi.ComponentResource {
  constructor(name: string, args: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("textai-studio:index:Backups", name, {}, opts);
    const parent = { parent: this };
    const vault = this.vault(name, args.keyArn);
    const other = {
      parent: this,
      provider: new aws.Provider(args.elsewhere, { region: args.elsewhere as aws.Region }, parent),
    };
    const otherKey = new aws.kms.Key(
      `${name}-elsewhere`,
      { description: "TextAI Studio backups", enableKeyRotation: true, tags },
      other,
    );
    const otherVault = this.vault(`${name}-elsewhere`, otherKey.arn, other.provider);
    const lifecycle = { deleteAfter: 35 };
    const plan = new aws.backup.Plan(
      name,
      {
        rules: [
          {
            ruleName: "daily",
            targetVaultName: vault.name,
            schedule: "cron(0 3 * * ? *)",
            startWindow: 60,
            completionWindow: 240,
            lifecycle,
            copyActions: [{ destinationVaultArn: otherVault.arn, lifecycle }],
          },
        ],
        tags,
      },
      parent,
    );
    const role = new aws.iam.Role(
      `${name}-backup`,
      { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "backup.amazonaws.com" }), tags },
      parent,
    );
    for (const policy of ["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"]) {
      const about = { role: role.name, policyArn: `arn:aws:iam::aws:policy/service-role/${policy}` };
      new aws.iam.RolePolicyAttachment(`${name}-${policy}`, about, parent);
    }
    new aws.backup.Selection(
      name,
      { name, planId: plan.id, iamRoleArn: role.arn, resources: [args.volumeArn] },
      parent,
    );
    new aws.backup.VaultNotifications(
      name,
      {
        backupVaultName: vault.name,
        snsTopicArn: args.topicArn,
        backupVaultEvents: ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
      },
      parent,
    );
    this.registerOutputs();
  }

  private vault(name: string, kmsKeyArn: pulumi.Input<string>, provider?: aws.Provider): aws.backup.Vault {
    const opts = { parent: this, ...(provider && { provider }) };
    const vault = new aws.backup.Vault(name, { kmsKeyArn, tags }, opts);
    new aws.backup.VaultLockConfiguration(
      name,
      { backupVaultName: vault.name, minRetentionDays: 30, maxRetentionDays: 365 },
      opts,
    );
    return vault;
  }
}
