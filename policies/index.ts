import awsEcsFargateSize from "./aws/ecs/fargate-size";
import awsEcsMemoryLimit from "./aws/ecs/memory-limit";
import awsEksGpuImage from "./aws/eks/gpu-image";
import awsEksGpuLabels from "./aws/eks/gpu-labels";
import awsEksGpuTaint from "./aws/eks/gpu-taint";
import awsEksNodeImagePublished from "./aws/eks/node-image-published";
import s3Lifecycle from "./aws/s3/lifecycle";
import kubernetesGpuTolerations from "./kubernetes/gpu/tolerations";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  awsEcsFargateSize,
  awsEcsMemoryLimit,
  awsEksGpuImage,
  awsEksGpuLabels,
  awsEksGpuTaint,
  awsEksNodeImagePublished,
  s3Lifecycle,
  kubernetesGpuTolerations,
];
