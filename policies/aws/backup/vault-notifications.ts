import { z } from "zod";
import { ref } from "../../example";
import { notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSet, items, list, some, text } from "../../value";

const vaults = "aws:backup/vault:Vault";
const notifications = "aws:backup/vaultNotifications:VaultNotifications";
const eventRules = "aws:cloudwatch/eventRule:EventRule";
const plans = "aws:backup/plan:Plan";
const eventTargets = "aws:cloudwatch/eventTarget:EventTarget";

const deprecated = ["BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED", "BACKUP_JOB_SUCCESSFUL"];
/** The ends of a backup job that somebody must hear of. */
const failures = ["FAILED", "ABORTED", "EXPIRED", "PARTIAL"];

export default rule({
  id: "aws-backup-vault-notifications",
  title: "Somebody hears of a backup that failed.",
  severity: "medium",
  why: "Backups fail silently, for want of a permission or of time, and that is found out when one is needed.",
  fix: "Add `VaultNotifications` with `BACKUP_JOB_COMPLETED` (which tells of every end, failure included) and an SNS topic, or an EventBridge rule on `Backup Job State Change` with a target.",
  links: [
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html",
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/backup/vaultnotifications/",
  ],
  checklists: ["api-assistant"],

  on: [vaults, notifications],
  sees: [vaults, notifications, eventRules, eventTargets, plans],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    let asked: string[] = [];
    const isNotified = some(
      [byVault, () => some(stack.all(eventRules), (r) => tellsOfFailures(r, stack))],
      (is) => is(),
    );
    if (isNotified) return;
    if (
      resource.type === notifications &&
      stack.targets(resource, "backupVaultName", vaults).some((v) => !v.read)
    )
      return notApplicable("is judged with its vault");
    if (resource.type === vaults && onlyTakesCopies(resource, stack))
      return notApplicable("it only takes copies: no backup job runs in it");
    if (asked.length === 0) return "tells nobody of a failed backup";
    return asked.some((event) => deprecated.includes(event))
      ? `asks for events that are deprecated and may never come (${deprecated.filter((e) => asked.includes(e)).join(", ")})`
      : "asks for no event that tells of a failed backup";

    function byVault(): boolean {
      const all =
        resource.type === notifications
          ? [resource]
          : stack.pointingAt(resource, notifications, "backupVaultName");
      return some(all, ({ props }) =>
        some(items(props.backupVaultEvents), (event) => {
          asked = [...asked, (text(event) ?? "").toUpperCase()];
          return asked.at(-1) === "BACKUP_JOB_COMPLETED";
        }),
      );
    }
  },

  examples: {
    good: [
      {
        title: "Every end of a job",
        resources: [
          { type: vaults, name: "vault", props: {} },
          { type: "aws:sns/topic:Topic", name: "backups", props: {} },
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: ref("vault", "name"),
              snsTopicArn: ref("backups", "arn"),
              backupVaultEvents: ["BACKUP_JOB_COMPLETED", "RESTORE_JOB_COMPLETED"],
            },
          },
        ],
      },
      {
        title: "The vault that takes the copies has no jobs to tell of",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              name: "daily",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "main",
                  copyActions: [{ destinationVaultArn: ref("copies", "arn") }],
                },
              ],
            },
          },
          { type: vaults, name: "copies", props: { name: "copies" } },
        ],
      },
      {
        title: "The same, before it has a name",
        resources: [
          {
            type: plans,
            name: "daily",
            props: {
              name: "daily",
              rules: [
                {
                  ruleName: "daily",
                  targetVaultName: "main",
                  copyActions: [{ destinationVaultArn: ref("copies", "arn") }],
                },
              ],
            },
          },
          { type: vaults, name: "copies", props: {} },
        ],
      },
      {
        title: "For a vault of another stack, by a name that is not known yet",
        resources: [
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: ref("elsewhere", "name"),
              snsTopicArn: "arn:aws:sns:eu-west-3:123456789012:backups",
              backupVaultEvents: ["BACKUP_JOB_COMPLETED"],
            },
          },
        ],
      },
      {
        title: "An EventBridge rule with a target",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: eventRules,
            name: "failed",
            props: {
              state: "ENABLED",
              isEnabled: false,
              eventPattern: JSON.stringify({
                source: ["aws.backup"],
                "detail-type": ["Backup Job State Change"],
                detail: { state: ["FAILED", "EXPIRED", "ABORTED"] },
              }),
            },
          },
          {
            type: eventTargets,
            name: "topic",
            props: { rule: ref("failed", "name"), arn: "arn:aws:sns:eu-west-3:123456789012:backups" },
          },
        ],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: vaults, name: "vault", props: {} }] },
      {
        title: "Only events that are deprecated",
        resources: [
          { type: vaults, name: "vault", props: { name: "main" } },
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: "main",
              snsTopicArn: "arn:aws:sns:eu-west-3:123456789012:backups",
              backupVaultEvents: ["BACKUP_JOB_FAILED", "BACKUP_JOB_EXPIRED"],
            },
          },
        ],
      },
      {
        title: "Only events that are deprecated, of a vault of another stack",
        resources: [
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: "main",
              snsTopicArn: "arn:aws:sns:eu-west-3:123456789012:backups",
              backupVaultEvents: ["BACKUP_JOB_FAILED"],
            },
          },
        ],
      },
      {
        title: "Only restores",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: ref("vault", "name"),
              snsTopicArn: "arn:aws:sns:eu-west-3:123456789012:backups",
              backupVaultEvents: ["RESTORE_JOB_COMPLETED"],
            },
          },
        ],
      },
      {
        title: "An EventBridge rule without a target, and one about good ends",
        resources: [
          { type: vaults, name: "vault", props: {} },
          { type: eventRules, name: "alone", props: { eventPattern: '{"source":["aws.backup"]}' } },
          {
            type: eventRules,
            name: "good",
            props: {
              name: "good",
              eventPattern: '{"source":["aws.backup"],"detail":{"state":["COMPLETED"]}}',
            },
          },
          {
            type: eventTargets,
            name: "topic",
            props: { rule: "good", arn: "arn:aws:sns:eu-west-3:1:backups" },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Events from outside the stack",
        resources: [
          { type: vaults, name: "vault", props: {} },
          {
            type: notifications,
            name: "events",
            props: {
              backupVaultName: ref("vault", "name"),
              snsTopicArn: "arn:aws:sns:eu-west-3:123456789012:backups",
              backupVaultEvents: [ref("elsewhere", "event")],
            },
          },
        ],
      },
    ],
  },
});

type Plans = Stack<typeof plans>;

/** In a preview a plan comes from all its vaults alike: which one takes the copies is known once they are deployed. */
function onlyTakesCopies(vault: Resource<typeof vaults>, stack: Plans): boolean {
  if (stack.pointingAt(vault, plans, "rules.copyActions.destinationVaultArn").length === 0) return false;
  return !stack
    .pointingAt(vault, plans, "rules.targetVaultName")
    .some((plan) => list(plan.props.rules).some((r) => text(r?.targetVaultName) !== undefined));
}

/** Whether an EventBridge rule sends the failures of backup jobs to anybody. */
function tellsOfFailures(eventRule: Resource<typeof eventRules>, stack: Stack<typeof eventTargets>): boolean {
  const { props } = eventRule;
  // `state` is the newer form of `isEnabled`, which a state file may keep as false beside it.
  if (isSet(props, "state") ? text(props.state)?.toUpperCase() === "DISABLED" : props.isEnabled === false)
    return false;
  const pattern = parsed(props.eventPattern);
  if (!pattern || !includes(pattern.source, ["aws.backup"])) return false;
  if (pattern["detail-type"] !== undefined && !includes(pattern["detail-type"], ["Backup Job State Change"]))
    return false;
  const state = (pattern.detail as { state?: unknown } | undefined)?.state;
  if (state !== undefined && !includes(state, failures)) return false;
  return stack.pointingAt(eventRule, eventTargets, "rule").length > 0;
}

interface Pattern {
  source?: unknown;
  "detail-type"?: unknown;
  detail?: unknown;
}

function parsed(json: unknown): Pattern | undefined {
  if (typeof json !== "string") return undefined;
  try {
    const pattern: unknown = JSON.parse(json);
    return typeof pattern === "object" && pattern !== null ? (pattern as Pattern) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a list of a pattern lets one of the values through. What is no plain text, such as a prefix, may. */
const includes = (wanted: unknown, values: readonly string[]): boolean =>
  list(wanted as readonly unknown[]).some((w) => typeof w === "object" || values.includes(String(w)));
