import { join } from "node:path";
import { readAnswers } from "../../preview/answers";
import { type Preview, preview } from "../../preview/preview";
import { broken, instead, judged, noticing, without, withoutResource } from "../support/weakening";

jest.setTimeout(120_000);

const answers = readAnswers({
  "aws:route53/getZone:getZone": { zoneId: "Z0123456789EXAMPLE000" },
  "aws:ssm/getParameter:getParameter": { value: "ami-0123456789abcdef0" },
});
let program: Preview;
beforeAll(async () => {
  program = await preview(join(__dirname, "../../stacks/textai-studio"), { stack: "production", answers });
});

test("passes every rule", () => {
  expect(program.unanswered).toEqual([]);
  expect(broken(judged(program))).toEqual([]);
});

test("makes these resources", () => {
  expect(program.registrations.map(({ type, name }) => `${type} ${name}`).sort()).toMatchSnapshot();
});

const app = "docker:index/container studio";
const budget = "aws:budgets/budget studio";

test.each(
  [
    without("docker-health-check", app, "healthcheck"),
    without("docker-resources-memory", app, "memory"),
    without("docker-resources-cpu", app, "cpus"),
    without("docker-restart-policy", app, "restart"),
    instead("docker-security-capabilities", app, "capabilities", { adds: ["SYS_ADMIN"] }),
    without("docker-security-no-new-privileges", app, "securityOpts"),
    instead("docker-security-non-root", app, "user", "root"),
    instead("docker-security-privileged", app, "privileged", true),
    without("docker-security-read-only-root", app, "readOnly"),
    instead("docker-images-pinned", "docker:index/remoteImage studio", "name", "registry.example.com/studio"),
    withoutResource("aws-budgets-monthly", budget),
    withoutResource("aws-ec2-flow-logs", "aws:ec2/flowLog studio"),
  ].map((w) => [w.rule, w] as const),
)("%s notices", (rule, weakening) => {
  expect(noticing(program, weakening)).toEqual([rule, ...weakening.also].sort());
});
