import { z } from "zod";
import { ref } from "../../example";
import { notApplicable, rule } from "../../rule";
import { isSet, some } from "../../value";

const vaults = "aws:backup/vault:Vault";
const locks = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";

export default rule({
  id: "aws-backup-vault-lock",
  title: "Backups cannot be deleted before their time.",
  severity: "medium",
  why: "Whoever takes over the account, or makes a mistake in it, deletes the backups first.",
  fix: "Add a `VaultLockConfiguration` with `minRetentionDays` of 30 or more. With `changeableForDays` nobody can ever undo it; without, those who may can.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/vaultlockconfiguration/",
  ],
  controls: { config: ["BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED"] },
  checklists: ["api-assistant"],

  // A logically air-gapped vault is locked by its nature.
  on: [vaults, locks],
  sees: [vaults, locks],
  config: z.strictObject({
    minDays: z.int().positive().default(30).describe("For how many days backups cannot be deleted at least."),
  }),

  check(_, { resource, stack, config: { minDays } }) {
    const all = resource.type === locks ? [resource] : stack.pointingAt(resource, locks, "backupVaultName");
    if (all.length === 0) return "has no lock: its backups can be deleted at any time";
    let longest = 0;
    const isLocked = some(all, ({ props }) => {
      const days = isSet(props, "minRetentionDays") ? Number(props.minRetentionDays) : 0;
      longest = Math.max(longest, days);
      return days >= minDays;
    });
    if (isLocked) return;
    if (resource.type === locks && stack.targets(resource, "backupVaultName", vaults).some((v) => !v.read))
      return notApplicable("is judged with its vault");
    return longest > 0
      ? `keeps its backups from being deleted for ${longest} days; ${minDays} are required`
      : "has a lock without `minRetentionDays`";
  },

  examples: {
    good: [
      {
        title: "Locked for 35 days",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: locks,
            name: "lock",
            props: { backupVaultName: ref("vault", "name"), minRetentionDays: 35 },
          },
        ],
      },
      {
        title: "By its literal name, for as long as the configuration asks",
        config: { minDays: 7 },
        resources: [
          { type: vaults, name: "vault", props: { name: "main" } },
          { type: locks, name: "lock", props: { backupVaultName: "main", minRetentionDays: 7 } },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: vaults, name: "vault", props: {} }] },
      {
        title: "A week, for a vault of another stack",
        resources: [{ type: locks, name: "lock", props: { backupVaultName: "main", minRetentionDays: 7 } }],
      },
      {
        title: "A week",
        resources: [
          { type: vaults, name: "vault", props: { name: "main" } },
          { type: locks, name: "lock", props: { backupVaultName: "main", minRetentionDays: 7 } },
        ],
      },
      {
        title: "Only an upper limit",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: locks,
            name: "lock",
            props: { backupVaultName: ref("vault", "name"), maxRetentionDays: 365 },
          },
        ],
      },
      {
        title: "The lock of another vault",
        resources: [
          { type: vaults, name: "vault", props: { name: "main" } },
          { type: locks, name: "lock", props: { backupVaultName: "other", minRetentionDays: 35 } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A number from outside the stack",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: locks,
            name: "lock",
            props: {
              backupVaultName: ref("vault", "name"),
              minRetentionDays: ref<number>("elsewhere", "days"),
            },
          },
        ],
      },
    ],
  },
});
