import { z } from "zod";
import { ref } from "../../example";
import { container, service } from "../../examples/docker";
import { dockerContainers, dockerServices, runsOnce, taskOf } from "../../reading/docker";
import { notApplicable, rule } from "../../rule";
import { list } from "../../value";

export default rule({
  id: "docker-health-check",
  title: "Every Docker container has a health check.",
  severity: "medium",
  why: "Without one, Docker calls a process that hangs healthy, and nobody and nothing restarts it.",
  fix: 'Set `healthcheck.tests`, such as `["CMD", "curl", "-f", "http://localhost:8080/health"]`.',
  links: [
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
    "https://www.pulumi.com/registry/packages/docker/api-docs/container/",
  ],
  controls: { dockerBench: ["5.27"], checkov: ["CKV_DOCKER_2"], trivy: ["DS-0026"] },
  checklists: ["lexia", "foundational", "textai-studio", "praviel"],

  on: [dockerContainers, dockerServices],
  config: z.strictObject({}),

  check(_, { resource }) {
    const isService = resource.type === dockerServices;
    const healthcheck = isService
      ? taskOf(resource.props).containerSpec?.healthcheck
      : resource.props.healthcheck;
    const tests = list(healthcheck?.tests);
    if (tests[0] === "NONE") return "switches its health check off";
    // Of one word, only a shell command is a whole test: ["CMD"] runs nothing.
    if (tests.length > 0 && tests[0] && !(tests.length === 1 && /^CMD(-SHELL)?$/.test(tests[0]))) return;
    if (!isService && runsOnce(resource.props)) return notApplicable("runs once and ends");
    return "has no health check";
  },

  examples: {
    good: [
      {
        title: "A request to the application",
        resources: [
          container("api", { healthcheck: { tests: ["CMD", "curl", "-f", "http://localhost:8080/health"] } }),
        ],
      },
      {
        title: "A service with a command of its own",
        resources: [
          service("db", { containerSpec: { healthcheck: { tests: ["CMD-SHELL", "pg_isready"] } } }),
        ],
      },
      { title: "A container that runs once", resources: [container("migrate", { mustRun: false })] },
    ],
    bad: [
      { title: "None", resources: [container("api")] },
      { title: "Switched off", resources: [container("api", { healthcheck: { tests: ["NONE"] } })] },
      { title: "Timing without a test", resources: [container("api", { healthcheck: { interval: "10s" } })] },
      { title: "No command", resources: [container("api", { healthcheck: { tests: ["CMD"] } })] },
      { title: "A service without one", resources: [service("api", {})] },
    ],
    undetermined: [
      {
        title: "A test that comes from elsewhere",
        resources: [container("api", { healthcheck: { tests: ref<string[]>("settings", "test") } })],
      },
    ],
  },
});
