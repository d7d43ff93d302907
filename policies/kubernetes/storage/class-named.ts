import { z } from "zod";
import { ref } from "../../example";
import { container, statefulSet } from "../../examples/kubernetes";
import { pods } from "../../reading/workload";
import { rule } from "../../rule";
import type { Resource } from "../../stack";
import { items, peek, text, Unknown } from "../../value";

const claims = "kubernetes:core/v1:PersistentVolumeClaim";
const claimLists = "kubernetes:core/v1:PersistentVolumeClaimList";
const sets = ["kubernetes:apps/v1:StatefulSet", "kubernetes:apps/v1:StatefulSetList"] as const;

export default rule({
  id: "kubernetes-storage-class-named",
  title: "Claims of storage say which class they mean.",
  severity: "medium",
  why: "Without a name a claim gets whatever the cluster's default class is that day: another disk, not encrypted, deleted with the claim, or none at all.",
  fix: 'Set `storageClassName` (`""` for a volume that was made by hand).',
  links: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1"],
  checklists: ["lexia", "api-assistant", "textai-studio"],

  on: [claims, claimLists, ...sets],
  config: z.strictObject({}),

  *each(_, { resource }) {
    switch (resource.type) {
      case claims:
        yield ["", isLeftOpen(resource) ? { metadata: resource.props.metadata } : (resource.props as Claim)];
        return;
      case claimLists:
        for (const [i, claim] of items(resource.props.items as Claim[]).entries())
          yield [`item ${i + 1}`, claim];
        return;
      default:
        for (const [name, pod] of pods(resource)) {
          if (pod instanceof Unknown) yield [name, pod];
          else {
            const spec = pod.workload.spec as { volumeClaimTemplates?: readonly Claim[] } | undefined;
            for (const [i, claim] of items(spec?.volumeClaimTemplates).entries()) {
              const called = claim instanceof Unknown ? undefined : text(claim?.metadata?.name);
              yield [[name, `claim ${called ?? i + 1}`].filter(Boolean).join(", "), claim];
            }
          }
        }
    }
  },
  check(claim: Claim) {
    const spec = claim?.spec ?? {};
    // An unknown name is one; an empty one asks for no class on purpose.
    const named = peek(spec, "storageClassName");
    if (named !== undefined && named !== null) return;
    if (text(spec.volumeName)) return;
    const annotations = claim?.metadata?.annotations ?? {};
    return text(annotations["volume.beta.kubernetes.io/storage-class"]) === undefined
      ? "names no storage class"
      : undefined;
  },

  examples: {
    good: [
      {
        title: "A class by name",
        resources: [
          {
            type: claims,
            name: "data",
            props: { spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3-retain" } },
          },
        ],
      },
      {
        title: "No class on purpose; a class of the stack; a volume by name",
        resources: [
          { type: claims, name: "by-hand", props: { spec: { storageClassName: "" } } },
          {
            type: "kubernetes:storage.k8s.io/v1:StorageClass",
            name: "fast",
            props: { provisioner: "ebs.csi.aws.com" },
          },
          { type: claims, name: "data", props: { spec: { storageClassName: ref("fast") } } },
          { type: claims, name: "old", props: { spec: { volumeName: "pv-1" } } },
        ],
      },
      {
        title: "The claim of a StatefulSet",
        resources: [
          statefulSet(
            "db",
            { containers: [container("db")] },
            {
              spec: {
                volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gp3" } }],
              },
            },
          ),
        ],
      },
    ],
    bad: [
      {
        title: "Not said",
        resources: [{ type: claims, name: "data", props: { spec: { accessModes: ["ReadWriteOnce"] } } }],
      },
      {
        title: "In a StatefulSet",
        resources: [
          statefulSet(
            "db",
            { containers: [container("db")] },
            { spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }] } },
          ),
        ],
      },
      {
        title: "In a list",
        resources: [
          {
            type: claimLists,
            name: "all",
            props: { items: [{ spec: { storageClassName: "gp3" } }, { spec: {} }] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A claim from outside the stack",
        resources: [{ type: claims, name: "data", props: { spec: ref<object>("elsewhere", "claim") } }],
      },
    ],
  },
});

/** Whether the cluster chose class and volume: in a state they stand there all the same. */
const isLeftOpen = (claim: Resource<typeof claims>): boolean =>
  ["spec.storageClassName", "spec.volumeName"].every((path) => claim.isComputed(path));

interface Claim {
  metadata?: { name?: string; annotations?: Record<string, string> };
  spec?: { storageClassName?: string; volumeName?: string };
}
