import { z } from "zod";
import { ref, secret } from "../../example";
import { type Setting, secretIn, shown } from "../../reading/secret";
import { containers, patches, workloads } from "../../reading/workload";
import { rule } from "../../rule";
import { items, peek, text, Unknown } from "../../value";

export default rule({
  id: "kubernetes-secrets-plain-environment",
  title: "No container gets a secret as plain text in its environment.",
  severity: "high",
  why: "Whoever may read the workload, its manifest or the program's repository then has the password, and it cannot be changed without a deployment.",
  fix: "Keep the value in a `Secret` and name it with `valueFrom.secretKeyRef`; in the program, take it from `config.requireSecret`. Change the value that was written down.",
  links: [
    "https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables",
    "https://www.pulumi.com/docs/iac/concepts/secrets/",
  ],
  controls: { kubeLinter: ["env-var-secret"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: [...workloads, ...patches],
  config: z.strictObject({}),

  *each(_, { resource }) {
    const input = "items" in resource.props ? "items" : "spec";
    for (const [part, container] of containers(resource)) {
      if (container instanceof Unknown) {
        yield [part, container];
        continue;
      }
      const env = peek(container.spec, "env");
      if (env instanceof Unknown) yield [`${part}, env`, env];
      else {
        for (const [i, variable] of items(env).entries()) {
          if (variable instanceof Unknown) yield [`${part}, variable ${i + 1}`, variable];
          else if (typeof variable === "object" && variable !== null && "value" in variable) {
            const name = text(peek(variable, "name")) ?? "";
            const setting: Setting = { name, of: variable, key: "value", input };
            yield [`${part}, variable ${shown(name)}`, setting];
          }
        }
      }
    }
  },
  check(setting, context) {
    const kind = secretIn(setting, context);
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "The password comes from a Secret",
        resources: [
          {
            type: "kubernetes:apps/v1:Deployment",
            name: "api",
            props: {
              spec: {
                selector: { matchLabels: { app: "api" } },
                template: {
                  spec: {
                    containers: [
                      {
                        name: "api",
                        env: [
                          {
                            name: "DB_PASSWORD",
                            valueFrom: { secretKeyRef: { name: "database", key: "password" } },
                          },
                          { name: "DATABASE_URL", value: "postgres://app:$(DB_PASSWORD)@db:5432/app" },
                        ],
                      },
                    ],
                  },
                },
              },
            },
          },
        ],
      },
      {
        title: "A secret setting of the program",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "api",
            props: {
              spec: { containers: [{ name: "api", env: [{ name: "API_KEY", value: secret("apiKey") }] }] },
            },
          },
        ],
      },
      {
        title: "Counts, switches, paths and references are no secrets",
        resources: [
          {
            type: "kubernetes:batch/v1:CronJob",
            name: "report",
            props: {
              spec: {
                schedule: "0 3 * * *",
                jobTemplate: {
                  spec: {
                    template: {
                      spec: {
                        containers: [
                          {
                            name: "report",
                            env: [
                              { name: "MAX_TOKENS", value: "4096" },
                              { name: "REQUIRE_PASSWORD", value: "true" },
                              { name: "DB_PASSWORD_FILE", value: "/run/secrets/db" },
                              { name: "DB_SECRET_NAME", value: "prod-db" },
                              { name: "ADMIN_PASSWORD", value: "" },
                            ],
                          },
                        ],
                      },
                    },
                  },
                },
              },
            },
          },
        ],
      },
      {
        title: "No environment at all",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "api",
            props: { spec: { containers: [{ name: "api" }] } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A literal password",
        resources: [
          {
            type: "kubernetes:apps/v1:Deployment",
            name: "api",
            props: {
              spec: {
                selector: { matchLabels: { app: "api" } },
                template: {
                  spec: {
                    containers: [
                      {
                        name: "api",
                        env: [
                          { name: "LOG_LEVEL", value: "info" },
                          { name: "DB_PASSWORD", value: "correct-horse" },
                        ],
                      },
                    ],
                  },
                },
              },
            },
          },
        ],
      },
      {
        title: "A password inside a URL, in an init container and in a sidecar",
        resources: [
          {
            type: "kubernetes:apps/v1:StatefulSet",
            name: "worker",
            props: {
              spec: {
                serviceName: "worker",
                selector: { matchLabels: { app: "worker" } },
                template: {
                  spec: {
                    initContainers: [
                      {
                        name: "migrate",
                        env: [{ name: "DATABASE_URL", value: "postgres://app:correct-horse@db:5432/app" }],
                      },
                      {
                        name: "proxy",
                        restartPolicy: "Always",
                        env: [{ name: "REDIS_URL", value: "redis://:correct-horse@redis:6379/0" }],
                      },
                    ],
                    containers: [{ name: "worker" }],
                  },
                },
              },
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A value from outside the stack under a secret's name",
        resources: [
          {
            type: "kubernetes:core/v1:Pod",
            name: "api",
            props: {
              spec: {
                containers: [{ name: "api", env: [{ name: "API_TOKEN", value: ref("elsewhere", "token") }] }],
              },
            },
          },
        ],
      },
    ],
  },
});
