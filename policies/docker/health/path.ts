import { z } from "zod";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, taskOf } from "../../reading/docker";
import { healthPaths, isHealthPath, pathsAsked } from "../../reading/healthPath";
import { notApplicable, rule } from "../../rule";
import { list } from "../../value";

export default rule({
  id: "docker-health-path",
  title: "Health checks ask for the health endpoint.",
  severity: "low",
  why: "A front page answers while the database behind it is gone; a health endpoint says what the application knows.",
  fix: "Let the health check ask for the application's health endpoint, such as `/health`.",
  links: ["https://docs.docker.com/reference/dockerfile/#healthcheck"],
  controls: { dockerBench: ["5.27"] },
  checklists: ["lexia", "foundational", "textai-studio", "praviel"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({
    paths: z
      .array(z.string().min(1))
      .default(healthPaths)
      .describe("Paths that pass; `*` stands for anything."),
  }),

  check(_, { resource, config }) {
    const healthcheck =
      resource.type === dockerServices
        ? taskOf(resource.props).containerSpec?.healthcheck
        : resource.props.healthcheck;
    const paths = pathsAsked(list(healthcheck?.tests).join(" "));
    if (paths.length === 0) return notApplicable("has no health check over HTTP");
    if (paths.some((path) => isHealthPath(path, config.paths))) return;
    return `checks its health at ${paths[0]}, which is no health endpoint`;
  },

  examples: {
    good: [
      {
        title: "A health endpoint",
        resources: [
          container("api", {
            healthcheck: { tests: ["CMD", "curl", "-f", "http://localhost:8080/health?full=1"] },
          }),
        ],
      },
      {
        title: "One of its parts, without a scheme",
        resources: [
          service("api", {
            containerSpec: {
              healthcheck: { tests: ["CMD-SHELL", "wget -q localhost:3000/health/ready || exit 1"] },
            },
          }),
        ],
      },
      {
        title: "A check that is not HTTP",
        resources: [container("db", { healthcheck: { tests: ["CMD", "pg_isready", "-h", "localhost"] } })],
      },
    ],
    bad: [
      {
        title: "The front page",
        resources: [
          container("api", { healthcheck: { tests: ["CMD", "curl", "-f", "http://localhost:8080"] } }),
        ],
      },
      {
        title: "Another path",
        resources: [
          service("api", {
            containerSpec: {
              healthcheck: { tests: ["CMD-SHELL", "curl -f http://localhost:8080/login || exit 1"] },
            },
          }),
        ],
      },
    ],
  },
});
