import * as pulumi from "@pulumi/pulumi";
import type { Models } from "./models";
import { env, gpuPool } from "./pod";
import { Service } from "./service";

interface InferenceArgs {
  namespace: pulumi.Input<string>;
  models: Models;
  names: { llm: string; whisper: string; diarization: string };
  images: { llm: string; stt: string };
  /** The part of a GPU's memory that a model may take. */
  gpuMemoryShare: number;
  /** The fewest and the most pods of each server. */
  pods: [min: number, max: number];
  after: pulumi.Resource[];
}

const port = 8000;

/** The models, one GPU a pod: the LLM server (vLLM), and speech-to-text with diarization. They answer and call nobody. */
export class Inference extends pulumi.ComponentResource {
  constructor(name: string, args: InferenceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:Inference", name, {}, opts);
    const { models, names } = args;
    const share = String(args.gpuMemoryShare);
    const common = {
      namespace: args.namespace,
      port,
      // It fits beside the agents of a node with 4 vCPUs and 16 GiB.
      cpu: ["3", "3500m"] as [string, string],
      memory: ["11Gi", "12Gi"] as [string, string],
      gpus: 1,
      pool: gpuPool,
      pods: args.pods,
      startSeconds: 900,
      stopSeconds: 120,
      scratchSize: "10Gi",
      volumes: [...models.volumes, { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "2Gi" } }],
      mounts: [...models.mounts, { name: "shm", mountPath: "/dev/shm" }],
      from: ["api", "worker"].map((app) => ({ app, port })),
      after: [models.filled, ...args.after],
    };
    // PyTorch asks for the user's name, which no image knows for this user.
    const variables = [
      ...models.env,
      ...env({ HOME: "/tmp", USER: "lexia", GPU_MEMORY_UTIL: share, LOG_LEVEL: "INFO" }),
    ];
    new Service(
      "llm",
      {
        ...common,
        image: args.images.llm,
        command: [
          "vllm",
          "serve",
          names.llm,
          "--host=0.0.0.0",
          `--port=${port}`,
          `--gpu-memory-utilization=${share}`,
        ],
        env: [...variables, ...env({ LLM_MODEL: names.llm, VLLM_NO_USAGE_STATS: "1" })],
      },
      { parent: this },
    );
    new Service(
      "stt",
      {
        ...common,
        image: args.images.stt,
        env: [
          ...variables,
          ...env({ WHISPER_MODEL: names.whisper, DIARIZATION_MODEL: names.diarization, LOG_FORMAT: "json" }),
        ],
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
