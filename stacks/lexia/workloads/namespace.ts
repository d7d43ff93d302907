import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

interface NamespaceArgs {
  /** GPUs that its pods may have together. */
  gpus: number;
}

/** Where Lexia runs: pods without privileges, within a quota, and silent until a network policy lets them speak. */
export class Namespace extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:Namespace", name, {}, opts);
    const parent = { parent: this };
    const levels = ["enforce", "warn", "audit"].map((mode) => [
      `pod-security.kubernetes.io/${mode}`,
      "restricted",
    ]);
    const namespace = new k8s.core.v1.Namespace(
      name,
      { metadata: { name, labels: Object.fromEntries(levels) } },
      parent,
    );
    this.name = namespace.metadata.name;
    const metadata = { name, namespace: this.name };
    new k8s.core.v1.ResourceQuota(
      name,
      {
        metadata,
        spec: {
          hard: {
            pods: "100",
            "requests.cpu": "64",
            "requests.memory": "192Gi",
            "limits.cpu": "128",
            "limits.memory": "256Gi",
            "requests.nvidia.com/gpu": String(args.gpus),
            persistentvolumeclaims: "2",
            // The reverse proxy is the only way in.
            "services.nodeports": "1",
            "services.loadbalancers": "0",
          },
        },
      },
      parent,
    );
    new k8s.core.v1.LimitRange(
      name,
      {
        metadata,
        spec: {
          limits: [
            {
              type: "Container",
              defaultRequest: { cpu: "100m", memory: "128Mi" },
              default: { cpu: "500m", memory: "512Mi" },
              max: { cpu: "16", memory: "64Gi" },
            },
          ],
        },
      },
      parent,
    );
    new k8s.networking.v1.NetworkPolicy(
      `${name}-default-deny`,
      {
        metadata: { name: "default-deny", namespace: this.name },
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
      },
      parent,
    );
    this.registerOutputs({ name: this.name });
  }
}
