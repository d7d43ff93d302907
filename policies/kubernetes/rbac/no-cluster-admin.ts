import { z } from "zod";
import { type ExampleResource, ref } from "../../example";
import { rule } from "../../rule";
import { attempt, Unknown } from "../../value";

const clusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
const role = "kubernetes:rbac.authorization.k8s.io/v1:Role";

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
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch",
  ],
  sees: [clusterRole, role],
  config: z.strictObject({}),

  check(props, { resource }) {
    const name = attempt(() => props.roleRef?.name);
    if (name instanceof Unknown) {
      // A role of the stack is not the cluster's own.
      if (resource.from("roleRef").some(({ type }) => type === clusterRole || type === role)) return;
      throw name;
    }
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
    ],
    bad: [
      { title: "In the whole cluster", resources: [binding("cluster-admin")] },
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
