import { z } from "zod";
import { ref } from "../../example";
import { container } from "../../examples/docker";
import { dockerContainers } from "../../reading/docker";
import { gpuWords, needsGpu, showsGpu } from "../../reading/gpu";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { attempt, items, list, peek, some, text, Unknown } from "../../value";

const pulled = "docker:index/remoteImage:RemoteImage";
const built = "docker:index/image:Image";
const image = "vllm/vllm-openai:v0.11.0";

export default rule({
  id: "docker-gpu-requested",
  title: "Docker containers that compute on a GPU get one.",
  severity: "medium",
  why: "Docker shows a container no GPU unless it is told to: the model runs on the CPU, or crashes at its start.",
  fix: 'Set `gpus`, best to named ones such as "device=0", or a device request for `nvidia.com/gpu`.',
  links: ["https://docs.docker.com/engine/containers/gpu/"],
  checklists: ["lexia"],

  on: [dockerContainers],
  sees: [pulled, built],
  config: z.strictObject({
    words: z
      .array(z.string().min(1))
      .default(gpuWords)
      .describe("Words in the name or tag of an image that say that it computes on a GPU."),
  }),

  check(props, { resource, config }) {
    // A variable that is not known yet is built around another resource, and such a one shows no GPU.
    const envs = peek(props, "envs");
    const shown = items(envs instanceof Unknown ? [] : envs).some((env) => {
      const [name, ...value] = text(env)?.split("=") ?? [];
      return name === "NVIDIA_VISIBLE_DEVICES" && showsGpu(value.join("="));
    });
    if (!shown && !needsGpu(imageOf(resource), config.words))
      return notApplicable("does not compute on a GPU, as far as its image says");
    if (!asks(resource)) return "computes on a GPU, and asks Docker for none";
  },

  examples: {
    good: [
      { title: "One GPU by name", resources: [container("llm", { image, gpus: "device=0" })] },
      {
        title: "By a device request of NVIDIA, and of CDI",
        resources: [
          container("llm", {
            image,
            deviceRequests: [{ driver: "nvidia", count: 1, capabilities: ["gpu"] }],
          }),
          container("speech", {
            image: "registry.example.com/whisper:1.2-gpu",
            deviceRequests: [{ driver: "cdi", deviceIds: ["nvidia.com/gpu=0"] }],
          }),
        ],
      },
      { title: "By NVIDIA's runtime", resources: [container("llm", { image, runtime: "nvidia" })] },
      {
        title: "A pulled image without a GPU",
        resources: [
          { type: pulled, name: "redis", props: { name: "redis:7.2.5" } },
          container("cache", { image: ref("redis", "imageId"), envs: [`HOST=${ref("elsewhere")}`] }),
        ],
      },
    ],
    bad: [
      { title: "A model server without a GPU", resources: [container("llm", { image })] },
      {
        title: "One whose environment is not known yet",
        resources: [container("llm", { image, envs: [`DATABASE=${ref("db", "host")}`] })],
      },
      {
        title: "A pulled image",
        resources: [
          { type: pulled, name: "image", props: { name: "nvcr.io/nvidia/tritonserver:25.09-py3" } },
          container("triton", { image: ref("image", "imageId") }),
        ],
      },
      {
        title: "Only the variable that NVIDIA's runtime reads, and another runtime",
        resources: [container("inference", { envs: ["NVIDIA_VISIBLE_DEVICES=all"], runtime: "runc" })],
      },
      {
        title: "Another device",
        resources: [
          container("llm", {
            image,
            deviceRequests: [{ driver: "cdi", deviceIds: ["vendor.com/nic=eth0"] }],
          }),
        ],
      },
    ],
    undetermined: [
      {
        title: "GPUs that are not known yet",
        resources: [container("llm", { image, gpus: ref("elsewhere") })],
      },
    ],
  },
});

type Container = Resource<typeof dockerContainers>;

/** What the image is called, also where the container has its id only. */
function imageOf(container: Container): unknown {
  for (const source of container.from("image")) {
    if (source.type === pulled) return (source as Resource<typeof pulled>).props.name;
    if (source.type === built) return (source as Resource<typeof built>).props.imageName;
  }
  return container.props.image;
}

function asks({ props }: Container): boolean {
  const gpus = attempt(() => text(props.gpus));
  const runtime = peek(props, "runtime");
  if ((gpus && !(gpus instanceof Unknown)) || runtime === "nvidia") return true;
  const requested = some(items(props.deviceRequests), (request) => {
    if (request?.driver === "nvidia" || list(request?.capabilities).includes("gpu")) return true;
    return list(request?.deviceIds).some((id) => text(id)?.startsWith("nvidia.com/gpu"));
  });
  const mapped = () =>
    some(items(props.devices), (device) => text(device?.hostPath)?.startsWith("/dev/nvidia") === true);
  if (requested || mapped()) return true;
  for (const open of [gpus, runtime]) if (open instanceof Unknown) throw open;
  return false;
}
