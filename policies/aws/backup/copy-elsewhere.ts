import { z } from "zod";
import { ref } from "../../example";
import { parseArn } from "../../reading/arn";
import { type Home, homeOf, isElsewhere } from "../../reading/region";
import { notApplicable, rule } from "../../rule";
import { namesOf, type Resource } from "../../stack";
import { attempt, isSet, items, peek, some, Unknown } from "../../value";

const plans = "aws:backup/plan:Plan";
const vaults = "aws:backup/vault:Vault";
const airGapped = "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault";

export default rule({
  id: "aws-backup-copy-elsewhere",
  title: "A backup plan keeps a copy in another region or account.",
  severity: "medium",
  why: "The account that is lost or locked, and the region that fails, take the backups with the data when both are in one place.",
  fix: "Add `copyActions` with the vault of another region or account, or name a `LogicallyAirGappedVault` in `targetLogicallyAirGappedBackupVaultArn`.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/plan/",
  ],
  checklists: ["api-assistant", "foundational"],

  on: [plans],
  sees: [vaults, airGapped],
  config: z.strictObject({}),

  check({ rules }, { resource, stack }) {
    const all = items(rules);
    if (all.length === 0) return notApplicable("has no rule");
    // The vault of the plan itself is always in the plan's own account and region.
    if (some(all, (r) => isSet(r ?? {}, "targetLogicallyAirGappedBackupVaultArn"))) return;
    if (!some(all, (r) => items(r?.copyActions).length > 0)) return "copies its backups nowhere";

    const found = isMixedUp(resource)
      ? new Unknown("which vault of `rules` takes the copies")
      : attempt(() => stack.targets(resource, "rules.copyActions.destinationVaultArn", [vaults, airGapped]));
    const named = found instanceof Unknown ? [] : found;
    if (named.some((vault) => vault.type === airGapped)) return;
    const here = homeOf(resource);
    const known = all
      .flatMap((r) => (r instanceof Unknown ? [] : items(r?.copyActions)))
      .flatMap((copy) =>
        copy instanceof Unknown ? [] : (parseArn(peek(copy ?? {}, "destinationVaultArn")) ?? []),
      );
    const there = [
      ...known.map((arn) => isElsewhere(here, arn)),
      ...named.map((vault) => isAway(here, vault)),
      // Two vaults of two regions are not both here.
      ...(new Set(named.flatMap((vault) => homeOf(vault).region ?? [])).size > 1 ? [true] : []),
    ];
    if (there.includes(true)) return;
    if (found instanceof Unknown) throw found;
    if (there.includes(undefined) || there.length === 0) throw new Unknown("where the copies of `rules` go");
    return "copies its backups only within its own account and region";
  },

  examples: {
    good: [
      {
        title: "A vault of another region",
        resources: [
          { type: vaults, name: "far", props: { region: "eu-central-1" } },
          {
            type: plans,
            name: "daily",
            props: {
              region: "eu-west-3",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [{ destinationVaultArn: ref("far", "arn") }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "A vault of another account, by its ARN, and a provider's region",
        resources: [
          {
            type: plans,
            name: "daily",
            provider: { region: "eu-west-3", allowedAccountIds: ["111111111111"] },
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [
                    { destinationVaultArn: "arn:aws:backup:eu-west-3:222222222222:backup-vault:copies" },
                  ],
                },
              ],
            },
          },
        ],
      },
      {
        title: "An air-gapped vault, as a target and as a copy",
        resources: [
          { type: airGapped, name: "gap", props: { minRetentionDays: 30, maxRetentionDays: 60 } },
          {
            type: plans,
            name: "target",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  targetLogicallyAirGappedBackupVaultArn: ref("gap", "arn"),
                },
              ],
            },
          },
          {
            type: plans,
            name: "copy",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [{ destinationVaultArn: ref("gap", "arn") }],
                },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "No copy",
        resources: [
          { type: plans, name: "daily", props: { rules: [{ ruleName: "daily", targetVaultName: "vault" }] } },
        ],
      },
      {
        title: "A vault of its own region",
        resources: [
          { type: vaults, name: "near", props: { region: "eu-west-3" } },
          {
            type: plans,
            name: "daily",
            props: {
              region: "eu-west-3",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [{ destinationVaultArn: ref("near", "arn") }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "By its ARN, where account and region are known",
        resources: [
          {
            type: plans,
            name: "daily",
            provider: { region: "eu-west-3", allowedAccountIds: ["123456789012"] },
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [
                    { destinationVaultArn: "arn:aws:backup:eu-west-3:123456789012:backup-vault:second" },
                  ],
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The plan's own vault is of the stack, the other one is not",
        resources: [
          { type: vaults, name: "near", props: { region: "eu-west-3" } },
          {
            type: plans,
            name: "daily",
            props: {
              region: "eu-west-3",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: ref("near", "name"),
                  copyActions: [{ destinationVaultArn: ref("elsewhere", "vault") }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "A region that nobody has said",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [
                    { destinationVaultArn: "arn:aws:backup:eu-central-1:123456789012:backup-vault:far" },
                  ],
                },
              ],
            },
          },
        ],
      },
      {
        title: "A vault from outside the stack",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              region: "eu-west-3",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "vault",
                  copyActions: [{ destinationVaultArn: ref("elsewhere", "arn") }],
                },
              ],
            },
          },
        ],
      },
    ],
  },
});

/**
 * In a preview a plan comes from all its vaults alike. With fewer of them than places that are not known yet, a vault
 * may be the plan's own, and the copies go somewhere else.
 */
function isMixedUp(plan: Resource<typeof plans>): boolean {
  const inside = (of: unknown, key: string) =>
    typeof of === "object" && of !== null ? peek(of as Record<string, unknown>, key) : undefined;
  const all = items(plan.props.rules).flatMap((r) => (r instanceof Unknown ? [] : [r]));
  const own = all.map((r) => inside(r, "targetVaultName"));
  const copies = all.flatMap((r) => items(r?.copyActions).map((copy) => inside(copy, "destinationVaultArn")));
  const places = [own, copies].filter((place) => place.some((vault) => vault instanceof Unknown)).length;
  const left = plan
    .from("rules")
    .filter(({ type }) => type === vaults || type === airGapped)
    // Under the name that the engine has given it, a vault is known to be the plan's own.
    .filter((vault) => !namesOf(vault).some((name) => own.includes(name)));
  return left.length < places;
}

/** A vault of the stack is in the plan's account, unless one of the two says otherwise. */
function isAway(here: Home, vault: Resource): boolean | undefined {
  const there = homeOf(vault);
  if (!here.account && !there.account && here.region && here.region === there.region) return false;
  return isElsewhere(here, there);
}
