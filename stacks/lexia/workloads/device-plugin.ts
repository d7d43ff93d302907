import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { gpuPool, locked } from "./pod";
import { ways } from "./ways";

interface DevicePluginArgs {
  image: string;
}

/** Tells Kubernetes of the GPUs of each node. It speaks to nobody but the node itself, through a socket of root's. */
export class DevicePlugin extends pulumi.ComponentResource {
  constructor(name: string, args: DevicePluginArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:DevicePlugin", name, {}, opts);
    const parent = { parent: this };
    const namespace = "kube-system";
    const metadata = { name, namespace, labels: { app: name } };
    const sockets = "/var/lib/kubelet/device-plugins";
    const account = new k8s.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      parent,
    );
    ways(name, { namespace }, parent);
    new k8s.apps.v1.DaemonSet(
      name,
      {
        metadata,
        spec: {
          selector: { matchLabels: { app: name } },
          updateStrategy: { type: "RollingUpdate" },
          template: {
            metadata: { labels: { app: name } },
            spec: {
              ...gpuPool,
              priorityClassName: "system-node-critical",
              serviceAccountName: account.metadata.name,
              automountServiceAccountToken: false,
              securityContext: { seccompProfile: { type: "RuntimeDefault" } },
              containers: [
                {
                  name: "device-plugin",
                  image: args.image,
                  env: [{ name: "FAIL_ON_INIT_ERROR", value: "true" }],
                  resources: {
                    requests: { cpu: "50m", memory: "64Mi" },
                    limits: { cpu: "200m", memory: "256Mi" },
                  },
                  securityContext: locked,
                  volumeMounts: [{ name: "sockets", mountPath: sockets }],
                },
              ],
              volumes: [{ name: "sockets", hostPath: { path: sockets, type: "Directory" } }],
            },
          },
        },
      },
      parent,
    );
    this.registerOutputs();
  }
}
