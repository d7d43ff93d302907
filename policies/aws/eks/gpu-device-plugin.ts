import { z } from "zod";
import { ref } from "../../example";
import { installers, installs } from "../../reading/installed";
import { launchTemplates } from "../../reading/launch-template";
import { accelerated, clusterOf, clusters, isAutoMode, nodeGroups } from "../../reading/node-group";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

const group = {
  clusterName: "main",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["a"],
  scalingConfig: { minSize: 0, maxSize: 4, desiredSize: 1 },
};
const gpu = { ...group, instanceTypes: ["g5.xlarge"], amiType: "AL2023_x86_64_NVIDIA" };

export default rule({
  id: "aws-eks-gpu-device-plugin",
  title: "A cluster with accelerators runs their device plugin.",
  severity: "medium",
  why: "EKS's images bring the driver and not the device plugin: without it Kubernetes sees no GPU, and pods that ask for one stay pending.",
  fix: "Install NVIDIA's device plugin or GPU operator (for Inferentia and Trainium, the Neuron device plugin).",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/device-management-nvidia.html"],
  checklists: ["lexia"],

  on: [nodeGroups],
  sees: [launchTemplates, clusters, ...installers],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    const nvidia = accelerated(resource, stack, ["nvidia"]);
    if (nvidia === undefined && !accelerated(resource, stack, ["neuron"]))
      return notApplicable("has no accelerator");
    const plugin =
      nvidia === undefined ? /neuron/i : /nvidia.*device-?plugin|k8s-device-plugin|gpu-operator/i;
    if (installs(stack, plugin)) return;
    if (isAutoMode(clusterOf(resource, stack))) return;
    if (nvidia === undefined)
      return "has Neuron accelerators, and nothing in the stack installs their device plugin";
    if (/^BOTTLEROCKET_.*NVIDIA/i.test(text(props.amiType) ?? "")) return;
    return "has GPUs, and nothing in the stack installs NVIDIA's device plugin";
  },

  examples: {
    good: [
      {
        title: "The device plugin as a Helm release",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:helm.sh/v3:Release",
            name: "plugin",
            props: {
              chart: "nvidia-device-plugin",
              repositoryOpts: { repo: "https://nvidia.github.io/k8s-device-plugin" },
            },
          },
        ],
      },
      {
        title: "The GPU operator as a chart",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          { type: "kubernetes:helm.sh/v4:Chart", name: "gpus", props: { chart: "nvidia/gpu-operator" } },
        ],
      },
      {
        title: "A chart that tells only its name",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:helm.sh/v3:Chart",
            name: "nvidia-device-plugin",
            props: { chart: "nvidia-device-plugin" },
          },
        ],
      },
      {
        title: "A manifest of the device plugin's project",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:yaml/v2:ConfigFile",
            name: "plugin",
            props: {
              file: "https://raw.githubusercontent.com/NVIDIA/k8s-device-plugin/v0.17.4/deployments/static/nvidia-device-plugin.yml",
            },
          },
        ],
      },
      {
        title: "The same among other manifests",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:yaml/v2:ConfigGroup",
            name: "cluster",
            props: { files: ["manifests/namespaces.yaml", "manifests/nvidia-device-plugin.yaml"] },
          },
        ],
      },
      {
        title: "The device plugin as a DaemonSet",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:apps/v1:DaemonSet",
            name: "plugin",
            props: {
              spec: {
                selector: {},
                template: {
                  spec: { containers: [{ name: "main", image: "nvcr.io/nvidia/k8s-device-plugin:v0.17.4" }] },
                },
              },
            },
          },
        ],
      },
      {
        title: "Bottlerocket's NVIDIA image carries it, and Inferentia has its own",
        resources: [
          { type: nodeGroups, name: "gpu", props: { ...gpu, amiType: "BOTTLEROCKET_x86_64_NVIDIA" } },
          { type: nodeGroups, name: "inference", props: { ...group, instanceTypes: ["inf2.xlarge"] } },
          { type: "kubernetes:helm.sh/v3:Release", name: "plugin", props: { chart: "neuron-helm-chart" } },
        ],
      },
      { title: "No accelerator", resources: [{ type: nodeGroups, name: "main", props: group }] },
    ],
    bad: [
      { title: "Nothing", resources: [{ type: nodeGroups, name: "gpu", props: gpu }] },
      {
        title: "Metrics of GPUs are not the plugin",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          { type: "kubernetes:helm.sh/v3:Release", name: "metrics", props: { chart: "dcgm-exporter" } },
        ],
      },
      {
        title: "NVIDIA's plugin does not serve Inferentia",
        resources: [
          { type: nodeGroups, name: "inference", props: { ...group, instanceTypes: ["inf2.xlarge"] } },
          { type: "kubernetes:helm.sh/v3:Release", name: "plugin", props: { chart: "nvidia-device-plugin" } },
        ],
      },
    ],
    undetermined: [
      {
        title: "A chart that is not known yet",
        resources: [
          { type: nodeGroups, name: "gpu", props: gpu },
          {
            type: "kubernetes:helm.sh/v3:Release",
            name: "addons",
            props: { chart: ref("elsewhere", "chart") },
          },
        ],
      },
      {
        title: "An image that is not known yet may be Bottlerocket's",
        resources: [{ type: nodeGroups, name: "gpu", props: { ...gpu, amiType: ref("elsewhere") } }],
      },
    ],
  },
});
