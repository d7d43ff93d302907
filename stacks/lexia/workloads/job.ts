import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import {
  labelsOf,
  locked,
  type Mount,
  restricted,
  scratch,
  systemPool,
  type Variable,
  type Volume,
} from "./pod";
import { type WaysArgs, ways } from "./ways";

interface JobArgs {
  namespace: pulumi.Input<string>;
  image: string;
  command: pulumi.Input<string>[];
  env: Variable[];
  memory: string;
  /** What takes longer has failed. */
  minutes: number;
  volumes?: Volume[];
  mounts?: Mount[];
  to: WaysArgs["to"];
}

/** Something that is done once before others start; it is done again when its image, its command or its secrets change. */
export function job(app: string, args: JobArgs, opts: pulumi.CustomResourceOptions): k8s.batch.v1.Job {
  const { namespace } = args;
  const labels = labelsOf(app);
  const account = new k8s.core.v1.ServiceAccount(
    app,
    { metadata: { name: app, namespace, labels }, automountServiceAccountToken: false },
    opts,
  );
  ways(app, { namespace, to: args.to }, opts);
  const tmp = scratch("1Gi");
  return new k8s.batch.v1.Job(
    app,
    {
      metadata: { namespace, labels },
      spec: {
        backoffLimit: 3,
        activeDeadlineSeconds: args.minutes * 60,
        ttlSecondsAfterFinished: 24 * 3600,
        template: {
          metadata: { labels },
          spec: {
            ...restricted,
            ...systemPool,
            restartPolicy: "Never",
            serviceAccountName: account.metadata.name,
            containers: [
              {
                name: app,
                image: args.image,
                command: args.command,
                env: args.env,
                resources: {
                  requests: { cpu: "250m", memory: args.memory },
                  limits: { cpu: "2", memory: args.memory },
                },
                securityContext: locked,
                volumeMounts: [tmp.mount, ...(args.mounts ?? [])],
              },
            ],
            volumes: [tmp.volume, ...(args.volumes ?? [])],
          },
        },
      },
    },
    { ...opts, customTimeouts: { create: `${args.minutes}m`, update: `${args.minutes}m` } },
  );
}
