import { z } from "zod";
import { ref } from "../../example";
import { isSelected, selections } from "../../reading/backup";
import { rule } from "../../rule";
import { isSet, some, text } from "../../value";

const fileSystems = "aws:efs/fileSystem:FileSystem";
const backupPolicies = "aws:efs/backupPolicy:BackupPolicy";

export default rule({
  id: "aws-efs-backup",
  title: "EFS file systems are backed up.",
  severity: "high",
  why: "What a program or a person deletes from a file system is gone, everywhere at once.",
  fix: 'Add a `BackupPolicy` with `status: "ENABLED"`, or take the file system into an AWS Backup plan with a `Selection`.',
  links: [
    "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/efs/backuppolicy/",
  ],
  controls: { fsbp: ["EFS.2"], checkov: ["CKV2_AWS_18"], config: ["EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN"] },
  checklists: ["api-assistant"],

  on: [fileSystems],
  sees: [backupPolicies, selections],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    const statuses: string[] = [];
    const isBackedUp = some([hasPolicy, () => isSelected(resource, stack)], (is) => is());
    if (isBackedUp) return;
    // A file system of one zone is backed up unless that is switched off.
    if (statuses.length === 0 && isSet(props, "availabilityZoneName")) return;
    return statuses.length > 0
      ? "has its automatic backups switched off and is in no backup plan"
      : "has no backup policy and is in no backup plan";

    function hasPolicy(): boolean {
      const policies = stack.pointingAt(resource, backupPolicies, "fileSystemId");
      statuses.push(
        ...policies.map((policy) => text(policy.props.backupPolicy?.status)?.toUpperCase() ?? ""),
      );
      return statuses.some((status) => status === "ENABLED" || status === "ENABLING");
    }
  },

  examples: {
    good: [
      {
        title: "Automatic backups",
        resources: [
          { type: fileSystems, name: "files", props: {} },
          {
            type: backupPolicies,
            name: "backup",
            props: { fileSystemId: ref("files"), backupPolicy: { status: "ENABLED" } },
          },
        ],
      },
      {
        title: "In a backup plan, by ARN and by tag",
        resources: [
          { type: fileSystems, name: "files", props: {} },
          { type: fileSystems, name: "tagged", props: { tags: { backup: "daily" } } },
          {
            type: selections,
            name: "one",
            props: { planId: "plan", iamRoleArn: "role", resources: [ref("files", "arn")] },
          },
          {
            type: selections,
            name: "some",
            props: {
              planId: "plan",
              iamRoleArn: "role",
              selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }],
            },
          },
        ],
      },
      {
        title: "In one zone, where backups are on by default",
        resources: [{ type: fileSystems, name: "files", props: { availabilityZoneName: "eu-west-3a" } }],
      },
    ],
    bad: [
      { title: "None", resources: [{ type: fileSystems, name: "files", props: {} }] },
      {
        title: "Switched off, in one zone, too",
        resources: [
          { type: fileSystems, name: "files", props: { availabilityZoneName: "eu-west-3a" } },
          {
            type: backupPolicies,
            name: "backup",
            props: { fileSystemId: ref("files"), backupPolicy: { status: "DISABLED" } },
          },
        ],
      },
      {
        title: "A plan for something else",
        resources: [
          { type: fileSystems, name: "files", props: {} },
          {
            type: selections,
            name: "tables",
            props: { planId: "plan", iamRoleArn: "role", resources: ["arn:aws:dynamodb:*:*:table/*"] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A selection from outside the stack",
        resources: [
          { type: fileSystems, name: "files", props: {} },
          {
            type: selections,
            name: "some",
            props: { planId: "plan", iamRoleArn: "role", resources: [ref("elsewhere", "arn")] },
          },
        ],
      },
    ],
  },
});
