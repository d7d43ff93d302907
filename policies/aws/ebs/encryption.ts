import { z } from "zod";
import { ref } from "../../example";
import { isFalse, isTrue } from "../../reading/flag";
import { homeOf } from "../../reading/region";
import { rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSet, items, Unknown } from "../../value";

const byDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";
const launchers = [
  "aws:ec2/instance:Instance",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
] as const;
const templates = "aws:ec2/launchTemplate:LaunchTemplate";
const volumes = "aws:ebs/volume:Volume";

export default rule({
  id: "aws-ebs-encryption",
  title: "EBS volumes are encrypted.",
  severity: "high",
  why: "An unencrypted volume gives its data to whoever gets at a snapshot of it, which takes one call.",
  fix: "Set `encrypted: true` (a volume is replaced by that: copy it from a snapshot), or add `aws.ebs.EncryptionByDefault`, which loses nothing and holds for new volumes.",
  links: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
  ],
  controls: {
    fsbp: ["EC2.3", "EC2.7"],
    controlTower: ["CT.EC2.PR.7", "CT.EC2.PR.14"],
    checkov: ["CKV_AWS_3", "CKV_AWS_8", "CKV_AWS_106"],
    trivy: ["AWS-0026", "AWS-0131", "AWS-0008"],
  },
  checklists: ["api-assistant"],

  on: [volumes, ...launchers, templates],
  sees: [byDefault],
  config: z.strictObject({}),

  *each(_, { resource }) {
    switch (resource.type) {
      case volumes:
        yield ["", resource.props as Disk];
        return;
      case templates:
        for (const [i, mapping] of items(resource.props.blockDeviceMappings).entries()) {
          if (mapping instanceof Unknown) yield [`device ${i + 1}`, mapping];
          // What has no `ebs` is left out, or is a disk of the host.
          else if (mapping?.ebs) yield [`device ${mapping.deviceName ?? i + 1}`, mapping.ebs as Disk];
        }
        return;
      default: {
        const { rootBlockDevice, ebsBlockDevices } = resource.props as Launcher;
        yield ["root device", rootBlockDevice ?? leftToTheImage];
        for (const [i, disk] of items(ebsBlockDevices).entries()) {
          if (disk instanceof Unknown) yield [`device ${i + 1}`, disk];
          else if (disk && !isTrue(disk.noDevice)) yield [`device ${disk.deviceName ?? i + 1}`, disk];
        }
      }
    }
  },
  check(disk: Disk, { resource, stack }) {
    if (isTrue(disk.encrypted)) return;
    if (isEncryptedByDefault(resource, stack)) return;
    if (disk === leftToTheImage) throw new Unknown("the encryption of the image");
    // A volume is encrypted when its snapshot is.
    if (isSet(disk, "snapshotId") && !isFalse(disk.encrypted))
      throw new Unknown("the encryption of the snapshot");
    return "is not encrypted";
  },

  examples: {
    good: [
      {
        title: "Encrypted",
        resources: [
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a", encrypted: true } },
        ],
      },
      {
        title: "All disks of an instance and of a template",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "web",
            props: {
              rootBlockDevice: { encrypted: true },
              ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true }],
            },
          },
          {
            type: templates,
            name: "web",
            props: {
              blockDeviceMappings: [
                { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
                { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
              ],
            },
          },
        ],
      },
      {
        title: "The account encrypts by default",
        resources: [
          { type: byDefault, name: "ebs", props: {} },
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a" } },
          { type: "aws:ec2/instance:Instance", name: "web", props: {} },
        ],
      },
      {
        title: "A template without disks",
        resources: [{ type: templates, name: "web", props: { imageId: "ami-12345678" } }],
      },
    ],
    bad: [
      {
        title: "Not said",
        resources: [{ type: volumes, name: "data", props: { availabilityZone: "eu-west-3a" } }],
      },
      {
        title: "Disks of instances, templates and launch configurations",
        resources: [
          {
            type: "aws:ec2/instance:Instance",
            name: "web",
            props: {
              rootBlockDevice: { encrypted: true },
              ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: false }],
            },
          },
          {
            type: templates,
            name: "web",
            props: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }] },
          },
          {
            type: "aws:ec2/launchConfiguration:LaunchConfiguration",
            name: "old",
            props: {
              imageId: "ami-12345678",
              instanceType: "m7i.large",
              rootBlockDevice: { volumeSize: 20 },
            },
          },
        ],
      },
      {
        title: "The default is switched off, and another is of another region",
        resources: [
          { type: byDefault, name: "off", props: { enabled: false } },
          { type: byDefault, name: "far", props: { region: "us-east-1" } },
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a", region: "eu-west-3" } },
        ],
      },
    ],
    undetermined: [
      {
        title: "The image decides",
        resources: [{ type: "aws:ec2/instance:Instance", name: "web", props: { ami: "ami-12345678" } }],
      },
      {
        title: "The snapshot decides",
        resources: [
          { type: volumes, name: "data", props: { availabilityZone: "eu-west-3a", snapshotId: "snap-1" } },
        ],
      },
      {
        title: "Decided outside the stack",
        resources: [
          {
            type: volumes,
            name: "data",
            props: { availabilityZone: "eu-west-3a", encrypted: ref<boolean>("elsewhere", "encrypted") },
          },
        ],
      },
    ],
  },
});

interface Disk {
  encrypted?: boolean | string;
  snapshotId?: string;
}

interface Launcher {
  rootBlockDevice?: Disk;
  ebsBlockDevices?: readonly (Disk & { deviceName?: string; noDevice?: boolean })[];
}

/** A root device of which nothing is said. */
const leftToTheImage: Disk = {};

/** The setting holds for one region of an account. */
function isEncryptedByDefault(resource: Resource, stack: Stack<typeof byDefault>): boolean {
  const { region } = homeOf(resource);
  return stack.all(byDefault).some((setting) => {
    const there = homeOf(setting).region;
    const isHere = !region || !there || region === there;
    return isHere && (!isSet(setting.props, "enabled") || isTrue(setting.props.enabled));
  });
}
