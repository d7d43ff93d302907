import * as pulumi from "@pulumi/pulumi";
import type { Network } from "pulumi-preflight/components";
import type { Cluster } from "../cluster";
import type { Data } from "../data";
import { App, type AppArgs } from "./app";
import { ClusterAutoscaler } from "./cluster-autoscaler";
import { DevicePlugin } from "./device-plugin";
import { Inference } from "./inference";
import { Models } from "./models";
import { Namespace } from "./namespace";
import { ReverseProxy } from "./proxy";

interface WorkloadsArgs
  extends Pick<
    AppArgs,
    "allowedOrigins" | "databasePoolSize" | "secrets" | "databasePassword" | "workerCommand" | "models"
  > {
  cluster: Cluster;
  network: Network;
  data: Data;
  keyArn: pulumi.Input<string>;
  images: { api: string; llm: string; stt: string; proxy: string; devicePlugin: string; autoscaler: string };
  /** Models that those of the servers load in turn. */
  moreModels: string[];
  /** The part of a GPU's memory that a model may take. */
  gpuMemoryShare: number;
  /** The most GPUs that there can be: half of them for each model server. */
  gpus: number;
  /** The fewest pods of each service. */
  minPods: number;
  /** The port of every node where the load balancer finds the reverse proxy. */
  nodePort: number;
}

/** What runs in the cluster, in the order in which it starts. */
export class Workloads extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:index:Workloads", name, {}, opts);
    const { cluster, network, data, images, minPods } = args;
    const inCluster = { parent: this, providers: [cluster.kubernetes] };
    const { name: namespace } = new Namespace(name, { gpus: args.gpus }, inCluster);
    const autoscaler = new ClusterAutoscaler(
      "cluster-autoscaler",
      { cluster, image: images.autoscaler },
      inCluster,
    );
    const devicePlugin = new DevicePlugin("nvidia-device-plugin", { image: images.devicePlugin }, inCluster);
    const models = new Models(
      "models",
      {
        namespace,
        files: data.models,
        image: images.llm,
        models: [...Object.values(args.models), ...args.moreModels],
        hfToken: args.secrets.hfToken.value,
      },
      inCluster,
    );
    new Inference(
      "inference",
      {
        namespace,
        models,
        names: args.models,
        images,
        gpuMemoryShare: args.gpuMemoryShare,
        pods: [minPods, Math.floor(args.gpus / 2)],
        after: [devicePlugin, autoscaler],
      },
      inCluster,
    );
    const app = new App("app", { ...args, namespace, image: images.api, pods: [minPods, 10] }, inCluster);
    new ReverseProxy(
      "proxy",
      {
        namespace,
        image: images.proxy,
        nodePort: args.nodePort,
        pods: [minPods, 6],
        cidr: network.cidrBlock,
        upstream: app.upstream,
        after: [app.api],
      },
      inCluster,
    );
    this.registerOutputs();
  }
}
