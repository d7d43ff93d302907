import { z } from "zod";
import { ref } from "../../example";
import { manifests } from "../../reading/manifest";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { isSet, text, type Unknown } from "../../value";

const classes = "kubernetes:storage.k8s.io/v1:StorageClass";
const classLists = "kubernetes:storage.k8s.io/v1:StorageClassList";

interface StorageClass {
  metadata?: { name?: string };
  reclaimPolicy?: string;
}

export default rule({
  id: "kubernetes-storage-class-retain",
  title: "A storage class keeps its volumes when their claims are deleted.",
  severity: "medium",
  why: "By default (`Delete`) whoever deletes a claim, or its namespace, deletes the disk and all that is on it.",
  fix: 'Set `reclaimPolicy: "Retain"`. It is settled when the class is made: make a new one.',
  links: ["https://kubernetes.io/docs/concepts/storage/storage-classes/#reclaim-policy"],
  checklists: ["lexia", "api-assistant"],

  on: [classes, classLists],
  config: z.strictObject({
    scratch: z
      .array(z.string())
      .default([])
      .describe("Classes, by the names of their resources, for data that nobody misses."),
  }),

  *each(_, { resource }) {
    for (const [name, one] of manifests(resource as Resource)) yield [name, one as StorageClass | Unknown];
  },
  check(props, { resource, config: { scratch } }) {
    if (scratch.includes(resource.name)) return notApplicable("is for data that nobody misses");
    const policy = isSet(props, "reclaimPolicy") ? text(props.reclaimPolicy) : "Delete";
    return policy === "Retain" ? undefined : "deletes a volume with its claim";
  },

  examples: {
    good: [
      {
        title: "Kept",
        resources: [
          { type: classes, name: "gp3", props: { provisioner: "ebs.csi.aws.com", reclaimPolicy: "Retain" } },
        ],
      },
      {
        title: "A class for scratch data",
        config: { scratch: ["scratch"] },
        resources: [{ type: classes, name: "scratch", props: { provisioner: "ebs.csi.aws.com" } }],
      },
    ],
    bad: [
      {
        title: "Not said: deleted",
        resources: [{ type: classes, name: "gp3", props: { provisioner: "ebs.csi.aws.com" } }],
      },
      {
        title: "Deleted, written out",
        resources: [
          { type: classes, name: "gp3", props: { provisioner: "ebs.csi.aws.com", reclaimPolicy: "Delete" } },
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
            props: { provisioner: "ebs.csi.aws.com", reclaimPolicy: ref("elsewhere", "policy") },
          },
        ],
      },
    ],
  },
});
