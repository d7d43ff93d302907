import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { unpinned } from "../../reading/pinned";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { attempt, text, Unknown } from "../../value";

const pulled = "docker:index/remoteImage:RemoteImage";
const images = [pulled, "docker:index/image:Image"] as const;

export default rule({
  id: "docker-images-pinned",
  title: "Docker images have a tag that says which version runs.",
  severity: "high",
  why: "`latest` is another image tomorrow: nobody can say what runs, go back to it, or run the same elsewhere.",
  fix: "Name the image with the tag of a version, or with its digest.",
  links: [
    "https://docs.docker.com/reference/cli/docker/image/pull/#pull-an-image-by-digest-immutable-identifier",
  ],
  controls: { checkov: ["CKV_DOCKER_7"], trivy: ["DS-0001"] },
  checklists: ["lexia"],

  on: [pulled, dockerContainers, dockerServices],
  sees: images,
  config: z.strictObject({
    floating: z.array(z.string()).default(["latest"]).describe("Tags that say nothing of a version."),
  }),

  check(_, { resource, config }) {
    if (resource.type === pulled && resource.props.build) return notApplicable("is built here");
    const written = attempt(() => imageOf(resource));
    if (written instanceof Unknown) {
      const input = resource.type === dockerServices ? "taskSpec" : "image";
      if (resource.from(input).some(isImage)) return notApplicable("the resource of its image is judged");
      throw written;
    }
    return written ? unpinned(written, config.floating) : notApplicable("names no image");
  },

  examples: {
    good: [
      { title: "The tag of a version", resources: [container("api", { image: "registry:5000/api:1.4.2" })] },
      {
        title: "A digest",
        resources: [
          service("api", { containerSpec: { image: `api@sha256:${"0123456789abcdef".repeat(4)}` } }),
        ],
      },
      {
        title: "A container of a pulled image: the tag is on the image",
        resources: [
          { type: "docker:index/remoteImage:RemoteImage", name: "redis", props: { name: "redis:7.2.5" } },
          container("cache", { image: ref("redis", "imageId") }),
        ],
      },
      {
        title: "The id of an image",
        resources: [container("api", { image: `sha256:${"0123456789abcdef".repeat(4)}` })],
      },
    ],
    bad: [
      {
        title: "A pulled image without a tag",
        resources: [
          { type: "docker:index/remoteImage:RemoteImage", name: "redis", props: { name: "redis" } },
        ],
      },
      { title: "The tag latest", resources: [container("api", { image: "registry:5000/api:latest" })] },
      {
        title: "A port is no tag",
        resources: [service("api", { containerSpec: { image: "registry:5000/api" } })],
      },
    ],
    undetermined: [
      {
        title: "An image that comes from elsewhere",
        resources: [container("api", { image: ref("release", "image") })],
      },
    ],
  },
});

const isImage = ({ type }: { type: string }) => (images as readonly string[]).includes(type);

function imageOf(resource: Resource<typeof pulled | typeof dockerContainers | typeof dockerServices>) {
  switch (resource.type) {
    case dockerServices:
      return text(taskOf(resource.props).containerSpec?.image);
    case dockerContainers:
      return text(resource.props.image);
    default:
      return text(resource.props.name);
  }
}
