import { z } from "zod";
import { secret } from "../../example";
import { secretIn, settings } from "../../reading/secret";
import { rule } from "../../rule";
import { items, Unknown } from "../../value";

export default rule({
  id: "kubernetes-secrets-config-map",
  title: "No ConfigMap holds a secret.",
  severity: "high",
  why: "A ConfigMap is plain text that most roles of a cluster may read, and it is neither encrypted nor masked anywhere.",
  fix: "Move the value to a `Secret`, taken from `config.requireSecret` or an external secret store. Change the value that was written down.",
  links: [
    "https://kubernetes.io/docs/concepts/configuration/configmap/",
    "https://kubernetes.io/docs/concepts/configuration/secret/",
  ],
  controls: { trivy: ["KSV-0109", "KSV-01010"] },
  checklists: ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"],

  on: [
    "kubernetes:core/v1:ConfigMap",
    "kubernetes:core/v1:ConfigMapPatch",
    "kubernetes:core/v1:ConfigMapList",
  ],
  config: z.strictObject({}),

  *each(props, { resource }) {
    if (resource.type !== "kubernetes:core/v1:ConfigMapList") {
      yield* settings((props as { data?: object }).data, "data", "key");
      return;
    }
    for (const [i, item] of items(resource.props.items).entries()) {
      if (item instanceof Unknown) yield [`item ${i + 1}`, item];
      else
        for (const [part, key] of settings(item?.data, "items", "key")) yield [`item ${i + 1}, ${part}`, key];
    }
  },
  check(setting, context) {
    const kind = secretIn(setting, context);
    return kind && `holds ${kind} in plain text`;
  },

  examples: {
    good: [
      {
        title: "Settings, and where the secret is found",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "settings",
            props: {
              data: {
                LOG_LEVEL: "info",
                MAX_TOKENS: "4096",
                DB_PASSWORD_FILE: "/run/secrets/db",
                "app.properties": "spring.config.import=configtree:/run/secrets/\nserver.port=8080\n",
              },
            },
          },
        ],
      },
      {
        title: "Nothing in it",
        resources: [{ type: "kubernetes:core/v1:ConfigMap", name: "empty", props: {} }],
      },
      {
        title: "A certificate is public",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "ca",
            props: { data: { "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n" } },
          },
        ],
      },
      {
        title: "A secret setting of the program",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "settings",
            props: { data: { API_KEY: secret("apiKey") } },
          },
        ],
      },
    ],
    bad: [
      {
        title: "A literal password",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "settings",
            props: { data: { LOG_LEVEL: "info", DB_PASSWORD: "correct-horse" } },
          },
        ],
      },
      {
        title: "A password in a configuration file",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMap",
            name: "settings",
            props: {
              data: { "app.properties": "server.port=8080\nspring.datasource.password=correct-horse\n" },
            },
          },
        ],
      },
      {
        title: "A private key, in one of a list",
        resources: [
          {
            type: "kubernetes:core/v1:ConfigMapList",
            name: "all",
            props: {
              items: [
                { data: { "tls.key": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n" } },
              ],
            },
          },
        ],
      },
    ],
  },
});
