import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Alerts } from "./alerts";
import { serviceRole } from "./role";
import type { Tags } from "./tags";

export interface BackupsArgs {
  /** Databases, volumes and file systems, by ARN. */
  resources: pulumi.Input<string>[];
  /** Versioned buckets, by ARN. */
  buckets?: pulumi.Input<string>[];
  keyArn: pulumi.Input<string>;
  /** Who is told how each backup ended. */
  alerts: Alerts;
  /** The region that keeps a second copy, and a key there; without it there is none. */
  elsewhere?: { provider: aws.Provider; keyArn: pulumi.Input<string> };
  /** How long each backup is kept (default 35 days). */
  days?: number;
  /** When (default: every day at three, UTC). */
  schedule?: string;
  /** The least and the most that anybody may set, in days (default 30 and 365); false: no lock. */
  lock?: { minDays: number; maxDays: number } | false;
  /** Deletes what the vaults hold on `pulumi destroy` (default false: a vault with backups stays). */
  forceDestroy?: boolean;
  tags?: Tags;
}

/** A backup a day, kept for 35 days, locked against deletion, with a copy in another region. */
export class Backups extends pulumi.ComponentResource {
  constructor(
    name: string,
    private readonly args: BackupsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("preflight:components:Backups", name, {}, opts);
    const { tags, buckets = [] } = args;
    const parent = { parent: this };
    const vault = this.vault(name, args.keyArn);
    const lifecycle = { deleteAfter: args.days ?? 35 };
    const { elsewhere } = args;
    const copy = elsewhere && this.vault(`${name}-elsewhere`, elsewhere.keyArn, elsewhere.provider);
    const plan = new aws.backup.Plan(
      name,
      {
        rules: [
          {
            ruleName: "daily",
            targetVaultName: vault.name,
            schedule: args.schedule ?? "cron(0 3 * * ? *)",
            startWindow: 60,
            completionWindow: 480,
            lifecycle,
            ...(copy && { copyActions: [{ destinationVaultArn: copy.arn, lifecycle }] }),
          },
        ],
        tags,
      },
      parent,
    );
    const iamRoleArn = serviceRole(
      name,
      {
        service: "backup.amazonaws.com",
        managed: [
          "service-role/AWSBackupServiceRolePolicyForBackup",
          "service-role/AWSBackupServiceRolePolicyForRestores",
          ...(buckets.length > 0
            ? ["AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore"]
            : []),
        ],
        tags,
      },
      parent,
    );
    new aws.backup.Selection(
      name,
      { planId: plan.id, iamRoleArn, resources: [...args.resources, ...buckets] },
      parent,
    );
    new aws.backup.VaultNotifications(
      name,
      {
        backupVaultName: vault.name,
        snsTopicArn: args.alerts.topicArn,
        // "Completed" is every end of a job, good or bad.
        backupVaultEvents: ["BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"],
      },
      { parent: this, dependsOn: args.alerts.access },
    );
    this.registerOutputs();
  }

  private vault(name: string, kmsKeyArn: pulumi.Input<string>, provider?: aws.Provider): aws.backup.Vault {
    const { forceDestroy = false, lock = { minDays: 30, maxDays: 365 }, tags } = this.args;
    const opts = { parent: this, ...(provider && { provider }) };
    const vault = new aws.backup.Vault(
      name,
      { name: `${name}-${pulumi.getStack()}`, kmsKeyArn, forceDestroy, tags },
      opts,
    );
    if (lock)
      new aws.backup.VaultLockConfiguration(
        name,
        { backupVaultName: vault.name, minRetentionDays: lock.minDays, maxRetentionDays: lock.maxDays },
        opts,
      );
    return vault;
  }
}
