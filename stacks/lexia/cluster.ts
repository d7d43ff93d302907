import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Network, serviceRole, type Tags } from "pulumi-preflight/components";

/** A pool of nodes: its size is that of its auto scaling group, which the cluster autoscaler moves. */
interface PoolArgs {
  instanceTypes: string[];
  min: number;
  max: number;
  diskGib: number;
  amiType: string;
  labels?: Record<string, string>;
  taints?: aws.types.input.eks.NodeGroupTaint[];
}

interface ClusterArgs {
  clusterName: string;
  version: string;
  network: Network;
  keyArn: pulumi.Input<string>;
  /** Networks from which the API is reached; none: from inside the VPC only. */
  operatorCidrs: string[];
  /** IAM roles of those who administer the cluster, besides the one that deploys. */
  adminRoleArns: string[];
  system: Pick<PoolArgs, "instanceTypes" | "min" | "max">;
  gpu: Pick<PoolArgs, "instanceTypes" | "min" | "max">;
  /** The versions of add-ons, by name; AWS chooses that of others when they are installed. */
  addonVersions: Partial<Record<AddonName, string>>;
  logDays: number;
  deletionProtection: boolean;
  tags: Tags;
}

export const addonNames = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "metrics-server",
  "aws-efs-csi-driver",
  "amazon-cloudwatch-observability",
] as const;
type AddonName = (typeof addonNames)[number];

interface AddonOptions {
  settings?: object;
  /** The service account of the add-on and the policy of AWS that it needs. */
  identity?: { serviceAccount: string; managed: string };
  after?: pulumi.Resource[];
}

/** EKS with private nodes: a pool for the system, a pool of GPUs, add-ons, and a role for each service account. */
export class Cluster extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;
  /** Speaks to this cluster; whatever uses it waits until nodes and add-ons are there. */
  readonly kubernetes: k8s.Provider;
  /** The security group of the nodes, and so of the pods. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The auto scaling group of the system pool, which the load balancer sends requests to. */
  readonly systemGroupName: pulumi.Output<string>;
  /** What the cluster autoscaler may resize. */
  readonly groupNames: pulumi.Output<string>[];

  constructor(
    private readonly prefix: string,
    private readonly args: ClusterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("lexia:index:Cluster", prefix, {}, opts);
    const name = prefix;
    const { clusterName, keyArn, tags } = args;
    const parent = { parent: this };
    // EKS and its add-on would make the groups themselves, and keep their logs for ever.
    const logGroup = (what: string, path: string) =>
      new aws.cloudwatch.LogGroup(
        `${name}-${what}`,
        { name: path, retentionInDays: args.logDays, kmsKeyId: keyArn, tags },
        parent,
      );
    const controlPlaneLogs = logGroup("control-plane", `/aws/eks/${clusterName}/cluster`);
    const podLogs = ["application", "dataplane", "host", "performance"].map((what) =>
      logGroup(what, `/aws/containerinsights/${clusterName}/${what}`),
    );
    const roleArn = serviceRole(
      `${name}-cluster`,
      { service: "eks.amazonaws.com", managed: ["AmazonEKSClusterPolicy"], tags },
      parent,
    );
    const open = args.operatorCidrs.length > 0;
    const cluster = new aws.eks.Cluster(
      name,
      {
        name: clusterName,
        version: args.version,
        roleArn,
        vpcConfig: {
          subnetIds: args.network.privateSubnetIds,
          endpointPrivateAccess: true,
          endpointPublicAccess: open,
          ...(open && { publicAccessCidrs: args.operatorCidrs }),
        },
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        encryptionConfig: { provider: { keyArn }, resources: ["secrets"] },
        upgradePolicy: { supportType: "STANDARD" },
        bootstrapSelfManagedAddons: false,
        deletionProtection: args.deletionProtection,
        tags,
      },
      { parent: this, dependsOn: controlPlaneLogs },
    );
    this.name = cluster.name;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    for (const [i, principalArn] of args.adminRoleArns.entries())
      this.admin(`${name}-admin-${i}`, principalArn);

    // Nodes are not ready without the first three; the others need nodes to run on.
    const early = [
      this.addon("vpc-cni", {
        settings: { enableNetworkPolicy: "true" },
        identity: { serviceAccount: "aws-node", managed: "AmazonEKS_CNI_Policy" },
      }),
      this.addon("kube-proxy"),
      this.addon("eks-pod-identity-agent"),
    ];
    const nodeRoleArn = serviceRole(
      `${name}-node`,
      {
        service: "ec2.amazonaws.com",
        managed: ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"],
        tags,
      },
      parent,
    );
    const system = this.pool("system", nodeRoleArn, early, {
      ...args.system,
      amiType: "AL2023_x86_64_STANDARD",
      diskGib: 50,
      labels: { "lexia/pool": "system" },
    });
    const gpu = this.pool("gpu", nodeRoleArn, early, {
      ...args.gpu,
      amiType: "AL2023_x86_64_NVIDIA",
      // Images of model servers alone take tens of gigabytes.
      diskGib: 200,
      labels: { "lexia/pool": "gpu", "nvidia.com/gpu.present": "true" },
      taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }],
    });
    const after = [system];
    const late = [
      this.addon("coredns", { after }),
      this.addon("metrics-server", { after }),
      this.addon("aws-efs-csi-driver", {
        identity: {
          serviceAccount: "efs-csi-controller-sa",
          managed: "service-role/AmazonEFSCSIDriverPolicy",
        },
        after,
      }),
      this.addon("amazon-cloudwatch-observability", {
        // It would put agents into every pod, where nobody has asked for them.
        settings: { manager: { applicationSignals: { autoMonitor: { monitorAllServices: false } } } },
        identity: { serviceAccount: "cloudwatch-agent", managed: "CloudWatchAgentServerPolicy" },
        after: [...after, ...podLogs],
      }),
    ];
    const groupName = (group: aws.eks.NodeGroup) =>
      group.resources.apply(([made]) => made?.autoscalingGroups?.[0]?.name ?? "");
    this.systemGroupName = groupName(system);
    this.groupNames = [this.systemGroupName, groupName(gpu)];
    this.kubernetes = new k8s.Provider(
      name,
      { kubeconfig: this.kubeconfig(cluster), enableServerSideApply: true },
      { parent: this, dependsOn: [system, gpu, ...late] },
    );
    this.registerOutputs({ name: this.name, endpoint: cluster.endpoint });
  }

  /** A role of its own for a service account: pods get its credentials without any key. They wait for what this returns. */
  podIdentity(
    name: string,
    namespace: pulumi.Input<string>,
    serviceAccount: string,
    may: aws.types.input.iam.PolicyStatement[],
  ): aws.eks.PodIdentityAssociation {
    const parent = { parent: this };
    const { tags } = this.args;
    const roleArn = serviceRole(
      `${this.prefix}-${name}`,
      { service: "pods.eks.amazonaws.com", may, tags },
      parent,
    );
    return new aws.eks.PodIdentityAssociation(
      `${this.prefix}-${name}`,
      { clusterName: this.name, namespace, serviceAccount, roleArn, tags },
      parent,
    );
  }

  private admin(name: string, principalArn: string): void {
    const who = { clusterName: this.name, principalArn };
    const entry = new aws.eks.AccessEntry(name, { ...who, tags: this.args.tags }, { parent: this });
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    new aws.eks.AccessPolicyAssociation(
      name,
      { ...who, policyArn, accessScope: { type: "cluster" } },
      { parent: this, dependsOn: entry },
    );
  }

  private addon(addonName: AddonName, { settings, identity, after = [] }: AddonOptions = {}): aws.eks.Addon {
    const name = `${this.prefix}-${addonName}`;
    const { addonVersions, tags } = this.args;
    const roleArn =
      identity &&
      serviceRole(
        name,
        { service: "pods.eks.amazonaws.com", managed: [identity.managed], tags },
        { parent: this },
      );
    return new aws.eks.Addon(
      name,
      {
        clusterName: this.name,
        addonName,
        addonVersion: addonVersions[addonName],
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
        ...(settings && { configurationValues: JSON.stringify(settings) }),
        ...(identity &&
          roleArn && {
            podIdentityAssociations: [{ serviceAccount: identity.serviceAccount, roleArn }],
          }),
        tags,
      },
      { parent: this, dependsOn: after },
    );
  }

  private pool(
    what: string,
    nodeRoleArn: pulumi.Output<string>,
    after: pulumi.Resource[],
    pool: PoolArgs,
  ): aws.eks.NodeGroup {
    const name = `${this.prefix}-${what}`;
    const { network, keyArn, tags } = this.args;
    const named = { ...tags, Name: `${this.args.clusterName}-${what}` };
    const template = new aws.ec2.LaunchTemplate(
      name,
      {
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            ebs: {
              encrypted: "true",
              kmsKeyId: keyArn,
              volumeType: "gp3",
              volumeSize: pool.diskGib,
              deleteOnTermination: "true",
            },
          },
        ],
        // One hop: pods cannot take the node's role, they have their own.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        monitoring: { enabled: true },
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: named })),
        updateDefaultVersion: true,
        tags,
      },
      { parent: this },
    );
    return new aws.eks.NodeGroup(
      name,
      {
        clusterName: this.name,
        // Nodes follow when the cluster goes to a newer version.
        version: this.args.version,
        nodeRoleArn,
        subnetIds: network.privateSubnetIds,
        amiType: pool.amiType,
        instanceTypes: pool.instanceTypes,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: { minSize: pool.min, desiredSize: pool.min, maxSize: pool.max },
        updateConfig: { maxUnavailable: 1 },
        nodeRepairConfig: { enabled: true },
        labels: pool.labels,
        taints: pool.taints,
        tags,
      },
      // The autoscaler moves the size; an `up` must not put it back.
      { parent: this, dependsOn: after, ignoreChanges: ["scalingConfig.desiredSize"] },
    );
  }

  /** Whoever deploys is asked for a token by the AWS CLI: no credential is written down. */
  private kubeconfig(cluster: aws.eks.Cluster): pulumi.Output<string> {
    const region = aws.getRegionOutput({}, { parent: this }).region;
    const { name, endpoint, certificateAuthority } = cluster;
    return pulumi.jsonStringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "lexia",
      clusters: [
        {
          name: "lexia",
          cluster: { server: endpoint, "certificate-authority-data": certificateAuthority.data },
        },
      ],
      contexts: [{ name: "lexia", context: { cluster: "lexia", user: "deployer" } }],
      users: [
        {
          name: "deployer",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "aws",
              args: ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"],
              interactiveMode: "Never",
            },
          },
        },
      ],
    });
  }
}
