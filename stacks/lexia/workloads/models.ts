import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { SharedFiles } from "pulumi-preflight/components";
import { job } from "./job";
import { env, type Mount, type Volume } from "./pod";
import { secretVariables } from "./secret";
import { internet } from "./ways";

interface ModelsArgs {
  namespace: pulumi.Input<string>;
  files: SharedFiles;
  /** An image with `huggingface_hub`, such as that of the LLM server. */
  image: string;
  /** The models by their name at Hugging Face. */
  models: string[];
  hfToken: pulumi.Input<string>;
}

const path = "/models";
const download =
  "import sys; from huggingface_hub import snapshot_download as get; [get(m) for m in sys.argv[1:]]";

/** The models on a volume that all nodes share. A job fills it; those who serve models only read, and call nobody. */
export class Models extends pulumi.ComponentResource {
  /** For those who serve a model: nothing is fetched while they run. */
  readonly env = env({ HF_HOME: path, HF_HUB_OFFLINE: "1", HF_MODULES_CACHE: "/tmp/modules" });
  readonly mounts: Mount[] = [{ name: "models", mountPath: path, readOnly: true }];
  readonly volumes: Volume[];
  /** The job that fills it. */
  readonly filled: k8s.batch.v1.Job;

  constructor(name: string, args: ModelsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:Models", name, {}, opts);
    const parent = { parent: this };
    const { namespace, files } = args;
    const size = { storage: "200Gi" };
    const volume = new k8s.core.v1.PersistentVolume(
      name,
      {
        spec: {
          capacity: size,
          accessModes: ["ReadWriteMany"],
          persistentVolumeReclaimPolicy: "Retain",
          storageClassName: "",
          csi: {
            driver: "efs.csi.aws.com",
            volumeHandle: pulumi.interpolate`${files.fileSystemId}::${files.accessPointId}`,
          },
        },
      },
      parent,
    );
    const claim = new k8s.core.v1.PersistentVolumeClaim(
      name,
      {
        metadata: { namespace },
        spec: {
          accessModes: ["ReadWriteMany"],
          storageClassName: "",
          volumeName: volume.metadata.name,
          resources: { requests: size },
        },
      },
      parent,
    );
    const mounted = (readOnly: boolean): Volume => ({
      name: "models",
      persistentVolumeClaim: { claimName: claim.metadata.name, readOnly },
    });
    const token = secretVariables(name, namespace, { HF_TOKEN: args.hfToken }, parent);
    this.filled = job(
      name,
      {
        namespace,
        image: args.image,
        command: ["python3", "-c", download, ...args.models],
        env: [...env({ HF_HOME: path, HOME: "/tmp" }), ...token],
        memory: "4Gi",
        minutes: 60,
        volumes: [mounted(false)],
        mounts: [{ name: "models", mountPath: path }],
        to: [internet],
      },
      parent,
    );
    this.volumes = [mounted(true)];
    this.registerOutputs();
  }
}
