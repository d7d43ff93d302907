import { z } from "zod";
import { ref } from "../../example";
import { task } from "../../examples/ecs";
import { ecsContainers, taskDefinitions } from "../../reading/ecs";
import { unpinned } from "../../reading/pinned";
import { notApplicable, rule } from "../../rule";
import { text } from "../../value";

export default rule({
  id: "aws-ecs-images-pinned",
  title: "Images of ECS tasks have a tag that says which version runs.",
  severity: "high",
  why: "`latest` is another image tomorrow: a task that restarts runs another version than its neighbour, and a rollback brings nothing back.",
  fix: "Name the image with the tag of a version, or with its digest.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html"],
  checklists: ["lexia"],

  on: [taskDefinitions],
  config: z.strictObject({
    floating: z.array(z.string()).default(["latest"]).describe("Tags that say nothing of a version."),
  }),

  *each(props) {
    yield* ecsContainers(props);
  },
  check(container, { config }) {
    const image = text(container.image);
    return image ? unpinned(image, config.floating) : notApplicable("names no image");
  },

  examples: {
    good: [
      {
        title: "A tag, and a digest",
        resources: [
          task("api", [
            { image: "123456789012.dkr.ecr.eu-west-3.amazonaws.com/api:1.4.2" },
            { name: "proxy", image: `envoy@sha256:${"0123456789abcdef".repeat(4)}` },
          ]),
        ],
      },
    ],
    bad: [
      { title: "No tag", resources: [task("api", [{ image: "registry.example.com:5000/api" }])] },
      {
        title: "latest, in one container of two",
        resources: [task("api", [{}, { name: "proxy", image: "envoyproxy/envoy:latest" }])],
      },
    ],
    undetermined: [
      {
        title: "An image that is built in the same deployment",
        resources: [task("api", [{ image: ref("elsewhere", "imageUri") }])],
      },
    ],
  },
});
