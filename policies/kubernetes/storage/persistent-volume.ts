import { z } from "zod";
import { ref } from "../../example";
import { container, cronJob, deployment, statefulSet } from "../../examples/kubernetes";
import { dataStore, runsServer, soundsLikeStore, withoutSlash } from "../../reading/dataStore";
import { type ContainerSpec, containersOf, type Pod, pods, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { items, list, peek, text, Unknown } from "../../value";

export default rule({
  id: "kubernetes-storage-persistent-volume",
  title: "Databases and StatefulSets keep their data in persistent volumes.",
  severity: "high",
  why: "A container's own files and an `emptyDir` end with the pod, a `hostPath` stays on one node: the next pod starts empty.",
  fix: "Give a StatefulSet `volumeClaimTemplates`, or a workload a volume of a `PersistentVolumeClaim`, mounted where the image keeps its data.",
  links: [
    "https://kubernetes.io/docs/concepts/storage/persistent-volumes/",
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage",
  ],
  checklists: ["lexia", "api-assistant"],

  on: workloads,
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [name, pod] of pods(resource)) {
      if (pod instanceof Unknown) {
        yield [name, pod];
        continue;
      }
      // A job with a database's image is a dump or a migration.
      if (pod.kind === "Job" || pod.kind === "CronJob") continue;
      let holdsDatabase = false;
      for (const [part, { role, spec }] of known(containersOf(pod))) {
        if (role !== "container" && role !== "sidecar") continue;
        const image = peek(spec, "image");
        const called = [name, part].filter(Boolean).join(", ");
        if (image instanceof Unknown) {
          if (soundsLikeStore(peek(spec, "name"))) yield [called, image];
          continue;
        }
        const store = dataStore(image);
        if (!store || !runsServer([...wordsIn(spec, "command"), ...wordsIn(spec, "args")])) continue;
        holdsDatabase = true;
        yield [called, { pod, spec, paths: [...store.paths, ...movedTo(spec, store.variable)] }];
      }
      if (!holdsDatabase && pod.kind === "StatefulSet") yield [name, { pod }];
    }
  },
  check({ pod, spec, paths }: Part) {
    if (!spec || !paths) {
      const isKept = claims(pod).length > 0 || list(pod.spec.volumes).some((v) => lostWith(v) === undefined);
      return isKept ? undefined : "has no persistent volume";
    }
    const mounts = list(spec.volumeMounts).filter((mount) => holds(mount?.mountPath, paths));
    const lost = mounts.map((mount) => {
      if (claims(pod).includes(mount.name)) return undefined;
      const volume = list(pod.spec.volumes).find((v) => v?.name === mount.name);
      return volume ? lostWith(volume) : "a volume that the pod does not have";
    });
    if (lost.includes(undefined)) return;
    return lost[0]
      ? `keeps its data in ${lost[0]}`
      : `mounts nothing at ${paths.at(-1)}, where its data lies`;
  },

  examples: {
    good: [
      {
        title: "A StatefulSet with a claim of its own",
        resources: [
          statefulSet(
            "db",
            {
              containers: [
                container("postgres", {
                  image: "postgres:17",
                  volumeMounts: [{ name: "data", mountPath: "/var/lib/postgresql/data" }],
                }),
              ],
            },
            { spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] } },
          ),
        ],
      },
      {
        title: "A Deployment with the volume of a claim",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                volumeMounts: [{ name: "data", mountPath: "/data" }],
              }),
            ],
            volumes: [{ name: "data", persistentVolumeClaim: { claimName: "redis" } }],
          }),
        ],
      },
      {
        title: "Neither a database nor a StatefulSet; a dump; an exporter",
        resources: [
          deployment("api", {
            containers: [
              container("api", { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }),
              container("metrics", { image: "quay.io/prometheuscommunity/postgres-exporter:v0.16.0" }),
            ],
            volumes: [{ name: "tmp", emptyDir: {} }],
          }),
          cronJob("dump", {
            containers: [container("dump", { image: "postgres:17", command: ["pg_dump"] })],
          }),
        ],
      },
    ],
    bad: [
      {
        title: "A database that keeps its data in the container",
        resources: [deployment("db", { containers: [container("postgres", { image: "postgres:17" })] })],
      },
      {
        title: "In an emptyDir, and on a node",
        resources: [
          deployment("cache", {
            containers: [
              container("redis", {
                image: "redis:7.2",
                volumeMounts: [{ name: "data", mountPath: "/data" }],
              }),
              container("mongo", {
                image: "mongo:8",
                volumeMounts: [{ name: "node", mountPath: "/data/db" }],
              }),
            ],
            volumes: [
              { name: "data", emptyDir: {} },
              { name: "node", hostPath: { path: "/srv/mongo" } },
            ],
          }),
        ],
      },
      {
        title: "A StatefulSet without a volume",
        resources: [statefulSet("queue", { containers: [container("queue")] })],
      },
      {
        title: "A claim that is mounted somewhere else",
        resources: [
          statefulSet(
            "db",
            {
              containers: [
                container("mysql", {
                  image: "mysql:8.4",
                  volumeMounts: [{ name: "data", mountPath: "/backup" }],
                }),
              ],
            },
            { spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] } },
          ),
        ],
      },
    ],
    undetermined: [
      {
        title: "An image that is not known yet, of a container called after a database",
        resources: [
          deployment("db", { containers: [container("postgres", { image: ref("elsewhere", "image") })] }),
        ],
      },
    ],
  },
});

interface Part {
  pod: Pod;
  /** A container that runs a database, and where that keeps its data. */
  spec?: ContainerSpec;
  paths?: readonly string[];
}

function* known<T>(all: Iterable<readonly [string, T | Unknown]>): Iterable<readonly [string, T]> {
  for (const [name, part] of all) if (!(part instanceof Unknown)) yield [name, part];
}

function wordsIn(spec: ContainerSpec, key: "command" | "args"): unknown[] {
  const words = peek(spec, key);
  return words instanceof Unknown ? [] : items(words);
}

function movedTo(spec: ContainerSpec, name: string | undefined): string[] {
  const env = peek(spec, "env");
  if (name === undefined || env instanceof Unknown) return [];
  return items(env).flatMap((variable) => {
    if (variable instanceof Unknown || variable?.name !== name) return [];
    return text(peek(variable, "value")) ?? [];
  });
}

function holds(mountPath: unknown, paths: readonly string[]): boolean {
  const mounted = withoutSlash(text(mountPath) ?? "");
  if (mounted === "") return false;
  return paths.some((p) => p === mounted || p.startsWith(`${mounted}/`) || mounted.startsWith(`${p}/`));
}

interface Claim {
  metadata?: { name?: string };
}

function claims(pod: Pod): string[] {
  if (pod.kind !== "StatefulSet") return [];
  const spec = pod.workload.spec as { volumeClaimTemplates?: readonly Claim[] } | undefined;
  return list(spec?.volumeClaimTemplates).flatMap((claim) => text(claim?.metadata?.name) ?? []);
}

type Volume = NonNullable<Pod["spec"]["volumes"]>[number];

/** Why what a volume holds is lost; nothing for one that outlives pod and node. */
function lostWith(volume: Volume | undefined): string | undefined {
  if (volume?.emptyDir) return "an `emptyDir`, which ends with the pod";
  if (volume?.hostPath) return "a directory of one node (`hostPath`)";
  if (volume?.ephemeral) return "an `ephemeral` volume, which ends with the pod";
  if (!volume || volume.configMap || volume.secret || volume.projected || volume.downwardAPI)
    return "a volume that holds settings";
  return undefined;
}
