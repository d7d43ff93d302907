import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export type Container = k8s.types.input.core.v1.Container;
export type PodSpec = k8s.types.input.core.v1.PodSpec;
export type Variable = k8s.types.input.core.v1.EnvVar;
export type Volume = k8s.types.input.core.v1.Volume;
export type Mount = k8s.types.input.core.v1.VolumeMount;
type Env = Record<string, pulumi.Input<string>>;

/** The user of every image; the files on the shared volume are theirs. */
const user = 1000;

export const labelsOf = (app: string) => ({ app, "app.kubernetes.io/part-of": "lexia" });

/** What the Pod Security Standard "restricted" asks of a pod; nobody speaks to Kubernetes unless they must. */
export const restricted = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  },
} satisfies Omit<PodSpec, "containers">;

/** What it asks of a container, and a root that cannot be written to. */
export const locked = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** The only place besides volumes that a container writes to. */
export const scratch = (size: string) => ({
  volume: { name: "tmp", emptyDir: { sizeLimit: size } },
  mount: { name: "tmp", mountPath: "/tmp" },
});

/** Equal pods on different nodes in different zones, as far as there are any. */
export const spread = (app: string): PodSpec["topologySpreadConstraints"] =>
  ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: { app } },
    matchLabelKeys: ["pod-template-hash"],
  }));

export const systemPool = { nodeSelector: { "lexia/pool": "system" } };

/** Nodes with a GPU, which take nobody else. */
export const gpuPool = {
  nodeSelector: { "lexia/pool": "gpu" },
  tolerations: [{ key: "nvidia.com/gpu", operator: "Equal", value: "true", effect: "NoSchedule" }],
};

/** Environment variables that are no secret. */
export const env = (variables: Env): Variable[] =>
  Object.entries(variables).map(([name, value]) => ({ name, value }));
