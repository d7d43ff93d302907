import type { core, meta } from "@pulumi/kubernetes/types/input";
import type { Unwrap } from "@pulumi/pulumi";
import { notApplicable } from "../rule";
import type { Resource } from "../stack";
import { isSet, items, peek, some, text, Unknown } from "../value";
import { manifests } from "./manifest";
import { type Place, placeOf } from "./namespace";

/** Everything of Kubernetes that runs pods, and the lists of it. */
export const workloads = [
  "kubernetes:core/v1:Pod",
  "kubernetes:core/v1:PodList",
  "kubernetes:core/v1:ReplicationController",
  "kubernetes:core/v1:ReplicationControllerList",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:DeploymentList",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:StatefulSetList",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:DaemonSetList",
  "kubernetes:apps/v1:ReplicaSet",
  "kubernetes:apps/v1:ReplicaSetList",
  "kubernetes:batch/v1:Job",
  "kubernetes:batch/v1:JobList",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:batch/v1:CronJobList",
] as const;

/** Changes to a workload that something else made. What a patch does not set is not missing. */
export const patches = [
  "kubernetes:core/v1:PodPatch",
  "kubernetes:core/v1:ReplicationControllerPatch",
  "kubernetes:apps/v1:DeploymentPatch",
  "kubernetes:apps/v1:StatefulSetPatch",
  "kubernetes:apps/v1:DaemonSetPatch",
  "kubernetes:apps/v1:ReplicaSetPatch",
  "kubernetes:batch/v1:JobPatch",
  "kubernetes:batch/v1:CronJobPatch",
] as const;

/** What rules that miss something conclude about a patch. */
export const unsaid = notApplicable("what a patch does not set is not missing");

export type Workload = (typeof workloads)[number] | (typeof patches)[number];

const runsOnce = /:(Cron)?Job(List)?$/;
/** The workloads that go on running, as their kind says. */
export const services = workloads.filter((type): type is Service => !runsOnce.test(type));
type Service = Exclude<(typeof workloads)[number], `kubernetes:batch/v1:${string}`>;

export type Metadata = Unwrap<meta.v1.ObjectMeta>;
export type PodSpec = Unwrap<core.v1.PodSpec>;
export type ContainerSpec = Unwrap<core.v1.Container>;

/** A workload as all kinds of it are written. */
interface Manifest {
  metadata?: Metadata;
  spec?: object;
}

interface Template {
  metadata?: Metadata;
  spec?: PodSpec;
}

/** The pod that a workload runs. Every part of it is read when it is asked for, as any may be unknown. */
export class Pod {
  constructor(
    /** Such as `Deployment`, of a list and of a patch, too. */
    readonly kind: string,
    /** It comes from a patch: what it does not set is not missing. */
    readonly partial: boolean,
    /** The workload itself, for what stands beside the pod. */
    readonly workload: Manifest,
    readonly resource: Resource<Workload>,
  ) {}

  get metadata(): Metadata {
    return object(this.workload.metadata) ?? {};
  }

  /** The namespace that it is put into. */
  get place(): Place {
    return placeOf(this.resource as Resource, peek(this as Pod, "metadata"));
  }

  get spec(): PodSpec {
    return object(this.template?.spec) ?? { containers: [] };
  }

  get labels(): Record<string, string> {
    return object(object(this.template?.metadata)?.labels) ?? {};
  }

  private get template(): Template | undefined {
    if (this.kind === "Pod") return this.workload as Template;
    const spec = object(this.workload.spec as { template?: Template; jobTemplate?: Manifest } | undefined);
    if (this.kind !== "CronJob") return object(spec?.template);
    const job = object(object(spec?.jobTemplate)?.spec as { template?: Template } | undefined);
    return object(job?.template);
  }
}

/** The pods of a workload, by part: the workload itself, or each item of a list. */
export function* pods(resource: Resource<Workload>): Iterable<readonly [name: string, pod: Pod | Unknown]> {
  const type = resource.type.split(":")[2] ?? "";
  const kind = type.replace(/(List|Patch)$/, "");
  for (const [name, manifest] of manifests<object>(resource as Resource))
    yield [
      name,
      manifest instanceof Unknown ? manifest : new Pod(kind, type.endsWith("Patch"), manifest, resource),
    ];
}

/** A sidecar is an init container that goes on running beside the others. */
type Role = "container" | "init container" | "sidecar" | "ephemeral container";

export interface Container {
  role: Role;
  spec: ContainerSpec;
  pod: Pod;
}

/** Every container of a workload, by the name a person knows it by. One that is not known hides no other. */
export function* containers(
  resource: Resource<Workload>,
): Iterable<readonly [name: string, container: Container | Unknown]> {
  for (const [name, pod] of pods(resource)) {
    if (pod instanceof Unknown) yield [name, pod];
    else
      for (const [part, container] of containersOf(pod))
        yield [[name, part].filter(Boolean).join(", "), container];
  }
}

/** Every container of a pod, as `container api` or `init container migrate`. */
export function* containersOf(pod: Pod): Iterable<readonly [name: string, container: Container | Unknown]> {
  const spec = peek(pod, "spec");
  if (spec instanceof Unknown) {
    yield ["", spec];
    return;
  }
  for (const [key, role] of Object.entries(roles) as [keyof typeof roles, Role][]) {
    const list = peek(spec, key);
    if (list instanceof Unknown) {
      yield [`${role}s`, list];
      continue;
    }
    for (const [i, item] of items(list as ContainerSpec[]).entries()) {
      if (item instanceof Unknown) {
        yield [`${role} ${i + 1}`, item];
        continue;
      }
      const container = object(item);
      if (!container) continue;
      const actual =
        key === "initContainers" && peek(container, "restartPolicy") === "Always" ? "sidecar" : role;
      yield [`${actual} ${text(peek(container, "name")) || i + 1}`, { role: actual, spec: container, pod }];
    }
  }
}

const roles = {
  containers: "container",
  initContainers: "init container",
  ephemeralContainers: "ephemeral container",
} as const;

/** Whether a pod runs on Windows, where much of a security context does not exist. */
export function runsOnWindows(spec: PodSpec): boolean {
  if (object(spec.os)?.name === "windows") return true;
  const nodes = object(spec.nodeSelector) ?? {};
  return osLabels.some((label) => nodes[label] === "windows");
}

/** Whether a pod mounts a claim of storage, which most storage lets one node have at a time. */
export const mountsClaim = ({ spec }: Pod): boolean =>
  some(items(spec.volumes), (volume) => isSet(object(volume), "persistentVolumeClaim"));

const osLabels = ["kubernetes.io/os", "beta.kubernetes.io/os"];

/** An object as an object, whatever a program put in its place. */
const object = <T extends object>(value: T | undefined | null): T | undefined =>
  typeof value === "object" && value !== null ? value : undefined;
