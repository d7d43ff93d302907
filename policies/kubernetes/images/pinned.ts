import { z } from "zod";
import { ref } from "../../example";
import { cronJob, deployment, pod } from "../../examples/kubernetes";
import { unpinned } from "../../reading/pinned";
import { containers, patches, workloads } from "../../reading/workload";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

const running = (image: string) => deployment("api", { containers: [{ name: "api", image }] });

export default rule({
  id: "kubernetes-images-pinned",
  title: "Images have a tag that says which version runs.",
  severity: "high",
  why: "`latest` is another image tomorrow: two nodes run two versions, and nobody can say what ran, or go back to it.",
  fix: "Name the image with the tag of a version, or with its digest.",
  links: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],
  controls: { checkov: ["CKV_K8S_14", "CKV_K8S_43"], trivy: ["KSV-0013"], kubeLinter: ["latest-tag"] },
  checklists: ["lexia"],

  on: [...workloads, ...patches],
  config: z.strictObject({
    floating: z.array(z.string()).default(["latest"]).describe("Tags that say nothing of a version."),
  }),

  each: (_, { resource }) => containers(resource),
  check({ spec }, { config }) {
    const image = text(spec.image);
    return image ? unpinned(image, config.floating) : notApplicable("names no image");
  },

  examples: {
    good: [
      { title: "The tag of a version", resources: [running("registry:5000/api:1.4.2")] },
      { title: "A digest", resources: [running(`api:latest@sha256:${"0123456789abcdef".repeat(4)}`)] },
    ],
    bad: [
      { title: "No tag", resources: [running("redis")] },
      { title: "The tag latest", resources: [running("registry:5000/api:latest")] },
      {
        title: "The image of an init container; a port is no tag",
        resources: [
          cronJob("report", {
            containers: [{ name: "report", image: "report:2" }],
            initContainers: [{ name: "fetch", image: "registry:5000/fetch" }],
          }),
        ],
      },
      {
        title: "A patch",
        resources: [
          {
            type: "kubernetes:apps/v1:DeploymentPatch",
            name: "api",
            props: { spec: { template: { spec: { containers: [{ name: "api", image: "api" }] } } } },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "One image comes from elsewhere",
        resources: [
          pod("api", {
            containers: [
              { name: "api", image: ref("release", "image") },
              { name: "log", image: "log:1" },
            ],
          }),
        ],
      },
    ],
  },
});
