import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { manifests } from "../../reading/manifest";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { attempt, Unknown } from "../../value";

const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const role = "kubernetes:rbac.authorization.k8s.io/v1:Role";

interface Binding {
  roleRef?: { kind?: string; name?: string };
}

const binding = (name: string): ExampleResource => ({
  type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  name: "api",
  props: {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name: "api", namespace: "shop" }],
  },
});

export default rule({
  id: "kubernetes-rbac-no-cluster-admin",
  title: "Nothing is bound to cluster-admin.",
  severity: "high",
  why: "Whoever gets at one token of such an account owns the cluster, every secret in it, and what the nodes may do.",
  fix: "Bind a role that allows what is needed.",
  links: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"],
  controls: {
    nsa: ["Authentication and authorization"],
    trivy: ["KSV-0111"],
    kubeLinter: ["cluster-admin-role-binding"],
  },
  checklists: ["api-assistant"],

  on: [
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingList",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingList",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch",
  ],
  sees: [clusterRole, role],
  config: z.strictObject({}),

  *each(_, { resource }) {
    for (const [name, binding] of manifests(resource as Resource)) yield [name, binding as Binding | Unknown];
  },
  check(bound, { resource }) {
    const name = attempt(() => bound.roleRef?.name);
    if (name instanceof Unknown) {
      // A role of the stack is not the cluster's own.
      const input = resource.type.endsWith("List") ? "items" : "roleRef";
      if (resource.from(input).some(({ type }) => type === clusterRole || type === role)) return;
      throw name;
    }
    if (name === "cluster-admin" && attempt(() => bound.roleRef?.kind) === "Role")
      return notApplicable("binds a role of its namespace that is only called cluster-admin");
    return name === "cluster-admin" ? "binds cluster-admin" : undefined;
  },

  examples: {
    good: [
      { title: "A role that only reads", resources: [binding("view")] },
      {
        title: "A role of the stack",
        resources: [
          {
            type: clusterRole,
            name: "reader",
            props: { rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }] },
          },
          binding(ref("reader", "metadata.name")),
        ],
      },
      {
        title: "A role of a namespace that is only called so",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
            name: "api",
            props: {
              roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "cluster-admin" },
            },
          },
        ],
      },
    ],
    bad: [
      { title: "In the whole cluster", resources: [binding("cluster-admin")] },
      {
        title: "One of a list",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingList",
            name: "all",
            props: {
              items: [
                {
                  metadata: { name: "view" },
                  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
                },
                {
                  metadata: { name: "admin" },
                  roleRef: {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "ClusterRole",
                    name: "cluster-admin",
                  },
                },
              ],
            },
          },
        ],
      },
      {
        title: "In one namespace",
        resources: [
          {
            type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
            name: "api",
            props: {
              roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
            },
          },
        ],
      },
    ],
    undetermined: [
      { title: "A role that comes from elsewhere", resources: [binding(ref("elsewhere", "role"))] },
    ],
  },
});
