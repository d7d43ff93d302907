import { z } from "zod";
import { ref, secret } from "../../example";
import { type Setting, secretIn, settings, shown } from "../../reading/secret";
import { rule } from "../../rule";
import { isSecret, items, text, Unknown } from "../../value";

export default rule({
  id: "docker-secrets-plain-environment",
  title: "No Docker container gets a secret as plain text in its environment.",
  severity: "high",
  why: "`docker inspect`, the program's repository and its state all show the secret to whoever may look.",
  fix: "Take the value from `config.requireSecret`, or mount it as a file and pass its path (`POSTGRES_PASSWORD_FILE`). Change the value that was written down.",
  links: [
    "https://docs.docker.com/engine/swarm/secrets/",
    "https://www.pulumi.com/docs/iac/concepts/secrets/",
  ],
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: ["docker:index/container:Container", "docker:index/service:Service"],
  config: z.strictObject({}),

  *each(_, { resource }) {
    if (resource.type === "docker:index/service:Service") {
      yield* settings(resource.props.taskSpec?.containerSpec?.env, "taskSpec");
      return;
    }
    const { envs } = resource.props;
    for (const [i, variable] of items(envs).entries()) {
      if (isSecret(envs as object, String(i) as never)) continue;
      if (variable instanceof Unknown) {
        // Name and value are one text: what comes from another resource is no literal.
        if (resource.from("envs").length === 0) yield [`variable ${i + 1}`, variable];
        continue;
      }
      const [, name = "", within] = /^([^=]*)=([\s\S]*)$/.exec(text(variable) ?? "") ?? [];
      if (within === undefined) continue;
      const setting: Setting = { name, of: envs as object, key: String(i), input: "envs", within };
      yield [`variable ${shown(name)}`, setting];
    }
  },
  check(setting, context) {
    const kind = secretIn(setting, context);
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "A path to the secret, and settings that are none",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "db",
            props: {
              image: "postgres:17",
              envs: ["POSTGRES_PASSWORD_FILE=/run/secrets/db", "MAX_TOKENS=4096", "DEBUG"],
            },
          },
        ],
      },
      {
        title: "A secret setting of the program",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "db",
            props: { image: "postgres:17", envs: ["POSTGRES_USER=app", secret("postgresPassword")] },
          },
          {
            type: "docker:index/service:Service",
            name: "api",
            props: {
              taskSpec: { containerSpec: { image: "api:1.0", env: { API_KEY: secret("apiKey") } } },
            },
          },
        ],
      },
      {
        title: "A value of another resource is no literal",
        resources: [
          { type: "docker:index/network:Network", name: "internal", props: {} },
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1.0", envs: [`NETWORK=${ref("internal", "name")}`] },
          },
        ],
      },
      {
        title: "No environment",
        resources: [
          { type: "docker:index/container:Container", name: "db", props: { image: "postgres:17" } },
          {
            type: "docker:index/service:Service",
            name: "api",
            props: { taskSpec: { containerSpec: { image: "api:1.0" } } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A literal password",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "db",
            props: { image: "postgres:17", envs: ["POSTGRES_USER=app", "POSTGRES_PASSWORD=correct-horse"] },
          },
        ],
      },
      {
        title: "A password inside a URL",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1.0", envs: ["REDIS=redis://:correct-horse@redis:6379/0"] },
          },
        ],
      },
      {
        title: "A literal in a service",
        resources: [
          {
            type: "docker:index/service:Service",
            name: "api",
            props: {
              taskSpec: { containerSpec: { image: "api:1.0", env: { JWT_SECRET: "correct-horse" } } },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A variable from outside the stack",
        resources: [
          {
            type: "docker:index/container:Container",
            name: "api",
            props: { image: "api:1.0", envs: [`API_KEY=${ref("elsewhere", "key")}`] },
          },
        ],
      },
    ],
  },
});
