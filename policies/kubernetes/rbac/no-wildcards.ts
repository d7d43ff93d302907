import { z } from "zod";
import { ref } from "../../example";
import { manifests } from "../../reading/manifest";
import { rule } from "../../rule";
import type { Resource } from "../../stack";
import { items, peek, some, Unknown } from "../../value";

interface PolicyRule {
  verbs?: string[];
  resources?: string[];
}

interface Role {
  rules?: readonly PolicyRule[];
}

export default rule({
  id: "kubernetes-rbac-no-wildcards",
  title: "Roles name what they allow.",
  severity: "high",
  why: "A role with `*` also allows what will be added to the cluster tomorrow: reading every secret, becoming every user.",
  fix: "Name the verbs and the resources that are needed.",
  links: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"],
  controls: {
    nsa: ["Authentication and authorization"],
    checkov: ["CKV_K8S_49"],
    trivy: ["KSV-0044", "KSV-0045", "KSV-0046"],
    kubeLinter: ["wildcard-in-rules"],
  },
  checklists: ["api-assistant"],

  on: [
    "kubernetes:rbac.authorization.k8s.io/v1:Role",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleList",
    "kubernetes:rbac.authorization.k8s.io/v1:RolePatch",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleList",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch",
  ],
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [item, role] of manifests(resource as Resource)) {
      const rules = role instanceof Unknown ? role : peek(role as Role, "rules");
      if (rules instanceof Unknown) {
        yield [item, rules];
        continue;
      }
      for (const [i, allowed] of items<PolicyRule>(rules).entries()) {
        for (const what of ["verbs", "resources"] as const) {
          const part = [item, `rule ${i + 1}`, what].filter(Boolean).join(", ");
          yield [part, allowed instanceof Unknown ? allowed : { allowed, what }];
        }
      }
    }
  },
  check: ({ allowed, what }: { allowed: PolicyRule; what: "verbs" | "resources" }) =>
    some(items(allowed?.[what]), (name) => name === "*") ? "allows *" : undefined,

  examples: {
    good: [
      {
        title: "Named verbs and resources",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
            name: "api",
            props: { rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }] },
          },
        ],
      },
    ],
    bad: [
      {
        title: "One of a list",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleList",
            name: "all",
            props: {
              items: [
                {
                  metadata: { name: "api" },
                  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["*"] }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "Every verb",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
            name: "api",
            props: {
              rules: [
                { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
                { apiGroups: [""], resources: ["configmaps"], verbs: ["*"] },
              ],
            },
          },
        ],
      },
      {
        title: "Every resource",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
            name: "viewer",
            props: { rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["get", "list", "watch"] }] },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "Verbs that come from elsewhere",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
            name: "api",
            props: {
              rules: [{ apiGroups: [""], resources: ["pods"], verbs: ref<string[]>("settings", "verbs") }],
            },
          },
        ],
      },
    ],
  },
});
