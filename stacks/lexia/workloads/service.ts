import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  type Container,
  labelsOf,
  locked,
  type Mount,
  type PodSpec,
  restricted,
  scratch,
  spread,
  type Variable,
  type Volume,
} from "./pod";
import { type WaysArgs, ways } from "./ways";

export interface ServiceArgs {
  namespace: pulumi.Input<string>;
  image: string;
  /** What starts it, where that is not what the image does by itself. */
  command?: string[];
  /** The port of `/health` and, unless `hidden`, of the service. */
  port: number;
  /** Nobody calls it: it only takes from a queue. */
  hidden?: boolean;
  /** A port of every node that leads to it. */
  nodePort?: number;
  env?: Variable[];
  /** Requests and limits; a GPU is both. */
  cpu: [request: string, limit: string];
  memory: [request: string, limit: string];
  gpus?: number;
  /** Where it runs. */
  pool: Pick<PodSpec, "nodeSelector" | "tolerations">;
  /** The fewest and the most pods. */
  pods: [min: number, max: number];
  /** Also by memory, where that follows the load; a model takes its memory at once. */
  scaleByMemory?: boolean;
  healthPath?: string;
  /** How long it may take to start, such as to load a model. */
  startSeconds?: number;
  /** How long it may go on with what it has begun. */
  stopSeconds?: number;
  /** What it may keep in `/tmp`. */
  scratchSize?: string;
  volumes?: Volume[];
  mounts?: Mount[];
  from?: WaysArgs["from"];
  to?: WaysArgs["to"];
  /** What must be there before it starts. */
  after?: pulumi.Resource[];
}

/** A service of Lexia: never fewer pods than it needs, as many as the load asks for, and no more rights than its own. */
export class Service extends pulumi.ComponentResource {
  constructor(app: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:Service", app, {}, opts);
    const parent = { parent: this };
    const { namespace, port, pods } = args;
    const metadata = { name: app, namespace, labels: labelsOf(app) };
    const selector = { matchLabels: { app } };
    const account = new k8s.core.v1.ServiceAccount(
      app,
      { metadata, automountServiceAccountToken: false },
      parent,
    );
    const tmp = scratch(args.scratchSize ?? "256Mi");
    // A pod needs a GPU of its own: the old one must go first, or a node would have to be bought to update.
    const rollingUpdate = args.gpus ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 };
    const deployment = new k8s.apps.v1.Deployment(
      app,
      {
        metadata,
        spec: {
          selector,
          strategy: { type: "RollingUpdate", rollingUpdate },
          revisionHistoryLimit: 5,
          template: {
            metadata: { labels: labelsOf(app) },
            spec: {
              ...restricted,
              ...args.pool,
              serviceAccountName: account.metadata.name,
              topologySpreadConstraints: spread(app),
              terminationGracePeriodSeconds: args.stopSeconds ?? 60,
              containers: [
                {
                  name: app,
                  image: args.image,
                  ...(args.command && { command: args.command }),
                  ports: [{ name: "http", containerPort: port }],
                  env: args.env,
                  resources: resources(args),
                  securityContext: locked,
                  ...probes(args),
                  // Those who call learn late that it is gone.
                  lifecycle: { preStop: { sleep: { seconds: 10 } } },
                  volumeMounts: [tmp.mount, ...(args.mounts ?? [])],
                },
              ],
              volumes: [tmp.volume, ...(args.volumes ?? [])],
            },
          },
        },
      },
      { parent: this, dependsOn: args.after },
    );
    if (!args.hidden)
      new k8s.core.v1.Service(
        app,
        {
          metadata,
          spec: {
            type: args.nodePort ? "NodePort" : "ClusterIP",
            selector: { app },
            ports: [{ name: "http", port, targetPort: "http", nodePort: args.nodePort }],
          },
        },
        parent,
      );
    ways(app, { namespace, from: args.from, to: args.to }, parent);
    new k8s.policy.v1.PodDisruptionBudget(
      app,
      { metadata, spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector } },
      parent,
    );
    const target = (name: string, averageUtilization: number) => ({
      type: "Resource",
      resource: { name, target: { type: "Utilization", averageUtilization } },
    });
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      app,
      {
        metadata,
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment.metadata.name },
          minReplicas: pods[0],
          maxReplicas: pods[1],
          metrics: [target("cpu", 70), ...(args.scaleByMemory ? [target("memory", 80)] : [])],
        },
      },
      parent,
    );
    this.registerOutputs();
  }
}

function resources({ cpu, memory, gpus }: ServiceArgs): Container["resources"] {
  const gpu: Record<string, string> = gpus ? { "nvidia.com/gpu": String(gpus) } : {};
  return {
    requests: { cpu: cpu[0], memory: memory[0], ...gpu },
    limits: { cpu: cpu[1], memory: memory[1], ...gpu },
  };
}

/** It gets no requests after fifteen seconds of silence, and is started anew after two minutes. */
function probes({ healthPath = "/health", startSeconds = 60 }: ServiceArgs) {
  const httpGet = { path: healthPath, port: "http" };
  return {
    startupProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: startSeconds / 5 },
    readinessProbe: { httpGet, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 },
    livenessProbe: { httpGet, periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
  };
}
