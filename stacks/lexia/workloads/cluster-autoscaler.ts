import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster";
import { env, locked, restricted, spread, systemPool } from "./pod";
import { internet, podIdentityAgent, ways } from "./ways";

interface ClusterAutoscalerArgs {
  cluster: Cluster;
  image: string;
}

const namespace = "kube-system";

/** Adds nodes to a pool when pods find no place, and takes away those that nobody needs. */
export class ClusterAutoscaler extends pulumi.ComponentResource {
  constructor(
    private readonly app: string,
    private readonly args: ClusterAutoscalerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("lexia:workloads:ClusterAutoscaler", app, {}, opts);
    const parent = { parent: this };
    const { cluster, image } = args;
    const metadata = { name: app, namespace, labels: { app } };
    const selector = { matchLabels: { app } };
    const account = new k8s.core.v1.ServiceAccount(
      app,
      { metadata, automountServiceAccountToken: false },
      parent,
    );
    const identity = this.mayResize();
    const bound = this.mayWatch(account.metadata.name);
    // The API server and AWS are both reached over HTTPS.
    ways(app, { namespace, to: [internet, podIdentityAgent] }, parent);
    const httpGet = { path: "/health-check", port: "http" };
    const tags = pulumi.interpolate`k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/${cluster.name}`;
    new k8s.apps.v1.Deployment(
      app,
      {
        metadata,
        spec: {
          // One works, the other waits to take over.
          replicas: 2,
          selector,
          strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1 } },
          template: {
            metadata: { labels: { app } },
            spec: {
              ...restricted,
              ...systemPool,
              priorityClassName: "system-cluster-critical",
              serviceAccountName: account.metadata.name,
              automountServiceAccountToken: true,
              topologySpreadConstraints: spread(app),
              containers: [
                {
                  name: app,
                  image,
                  command: [
                    "./cluster-autoscaler",
                    "--cloud-provider=aws",
                    pulumi.interpolate`--node-group-auto-discovery=asg:tag=${tags}`,
                    "--balance-similar-node-groups",
                    "--skip-nodes-with-local-storage=false",
                    "--expander=least-waste",
                  ],
                  env: env({ AWS_REGION: aws.getRegionOutput({}, parent).region }),
                  ports: [{ name: "http", containerPort: 8085 }],
                  livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
                  readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
                  resources: {
                    requests: { cpu: "100m", memory: "300Mi" },
                    limits: { cpu: "500m", memory: "600Mi" },
                  },
                  securityContext: locked,
                },
              ],
            },
          },
        },
      },
      { parent: this, dependsOn: [identity, ...bound] },
    );
    new k8s.policy.v1.PodDisruptionBudget(
      app,
      { metadata, spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector } },
      parent,
    );
    this.registerOutputs();
  }

  private mayResize(): pulumi.Resource {
    const { cluster } = this.args;
    return cluster.podIdentity(this.app, namespace, this.app, [
      {
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations",
          "autoscaling:DescribeScalingActivities",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        // These know no resources.
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: ["eks:DescribeNodegroup"],
        Resource: [pulumi.interpolate`arn:aws:eks:*:*:nodegroup/${cluster.name}/*`],
      },
      {
        Effect: "Allow",
        Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        Resource: cluster.groupNames.map(
          (group) =>
            pulumi.interpolate`arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${group}`,
        ),
      },
    ]);
  }

  /** What it must see and change in the cluster; what it does returns a binding that pods wait for. */
  private mayWatch(serviceAccount: pulumi.Input<string>): pulumi.Resource[] {
    const name = this.app;
    const parent = { parent: this };
    const subjects = [{ kind: "ServiceAccount", name: serviceAccount, namespace }];
    const apiGroup = "rbac.authorization.k8s.io";
    const watch = ["get", "list", "watch"];
    const everywhere = new k8s.rbac.v1.ClusterRole(
      name,
      {
        metadata: { name },
        rules: [
          { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
          { apiGroups: [""], resources: ["pods/eviction"], verbs: ["create"] },
          { apiGroups: [""], resources: ["pods/status"], verbs: ["update"] },
          { apiGroups: [""], resources: ["nodes"], verbs: [...watch, "update"] },
          {
            apiGroups: [""],
            resources: [
              "namespaces",
              "pods",
              "services",
              "replicationcontrollers",
              "persistentvolumeclaims",
              "persistentvolumes",
            ],
            verbs: watch,
          },
          { apiGroups: ["apps"], resources: ["statefulsets", "replicasets", "daemonsets"], verbs: watch },
          { apiGroups: ["batch"], resources: ["jobs"], verbs: watch },
          { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: watch },
          {
            apiGroups: ["storage.k8s.io"],
            resources: [
              "storageclasses",
              "csinodes",
              "csidrivers",
              "csistoragecapacities",
              "volumeattachments",
            ],
            verbs: watch,
          },
          {
            apiGroups: ["resource.k8s.io"],
            resources: ["deviceclasses", "resourceclaims", "resourceslices"],
            verbs: watch,
          },
        ],
      },
      parent,
    );
    const own = [name, "cluster-autoscaler-status"];
    const here = new k8s.rbac.v1.Role(
      name,
      {
        metadata: { name, namespace },
        rules: [
          { apiGroups: [""], resources: ["configmaps"], verbs: ["create", "list", "watch"] },
          {
            apiGroups: [""],
            resources: ["configmaps"],
            resourceNames: own,
            verbs: ["get", "update", "delete"],
          },
          { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["create"] },
          {
            apiGroups: ["coordination.k8s.io"],
            resources: ["leases"],
            resourceNames: own,
            verbs: ["get", "update"],
          },
        ],
      },
      parent,
    );
    return [
      new k8s.rbac.v1.ClusterRoleBinding(
        name,
        {
          metadata: { name },
          roleRef: { apiGroup, kind: "ClusterRole", name: everywhere.metadata.name },
          subjects,
        },
        parent,
      ),
      new k8s.rbac.v1.RoleBinding(
        name,
        {
          metadata: { name, namespace },
          roleRef: { apiGroup, kind: "Role", name: here.metadata.name },
          subjects,
        },
        parent,
      ),
    ];
  }
}
