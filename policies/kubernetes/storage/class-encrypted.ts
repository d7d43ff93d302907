import { z } from "zod";
import { ref } from "../../example";
import { manifests } from "../../reading/manifest";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { text, type Unknown } from "../../value";

const classes = "kubernetes:storage.k8s.io/v1:StorageClass";
const classLists = "kubernetes:storage.k8s.io/v1:StorageClassList";

interface StorageClass {
  provisioner?: string;
  parameters?: Record<string, string>;
}
const ebs = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];

export default rule({
  id: "kubernetes-storage-class-encrypted",
  title: "A storage class of EBS encrypts its volumes.",
  severity: "high",
  why: "Volumes and their snapshots then lie unencrypted, unless the account encrypts everything by default.",
  fix: 'Set `parameters.encrypted: "true"`. Parameters are settled when the class is made: make a new one, and move the volumes.',
  links: [
    "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
    "https://kubernetes.io/docs/concepts/storage/storage-classes/#aws-ebs",
  ],
  checklists: ["api-assistant"],

  on: [classes, classLists],
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [name, one] of manifests(resource as Resource)) yield [name, one as StorageClass | Unknown];
  },
  check(props) {
    if (!ebs.includes(text(props.provisioner) ?? "")) return notApplicable("is not of EBS");
    const encrypted: unknown = props.parameters?.encrypted;
    return String(encrypted).toLowerCase() === "true" ? undefined : "does not encrypt its volumes";
  },

  examples: {
    good: [
      {
        title: "Encrypted",
        resources: [
          {
            type: classes,
            name: "gp3",
            props: { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3", encrypted: "true" } },
          },
        ],
      },
      {
        title: "Of another kind",
        resources: [{ type: classes, name: "efs", props: { provisioner: "efs.csi.aws.com" } }],
      },
    ],
    bad: [
      {
        title: "Not said",
        resources: [
          {
            type: classes,
            name: "gp3",
            props: { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
          },
        ],
      },
      {
        title: "The old provisioner, switched off",
        resources: [
          {
            type: classes,
            name: "gp2",
            props: { provisioner: "kubernetes.io/aws-ebs", parameters: { encrypted: "false" } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Decided outside the stack",
        resources: [
          {
            type: classes,
            name: "gp3",
            props: {
              provisioner: "ebs.csi.aws.com",
              parameters: { encrypted: ref("elsewhere", "encrypted") },
            },
          },
        ],
      },
    ],
  },
});
