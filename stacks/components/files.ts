import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Tags } from "./tags";
import { type Clients, openWay } from "./way";

export interface SharedFilesArgs {
  vpcId: pulumi.Input<string>;
  /** One private subnet a zone. */
  subnetIds: pulumi.Input<string>[];
  /** Who may mount it. */
  clients: Clients;
  keyArn: pulumi.Input<string>;
  /** The user that owns the files (default 1000). */
  userId?: number;
  tags?: Tags;
}

/** Files that every node in every zone can mount (EFS): encrypted, over TLS, cold ones kept cheaper. */
export class SharedFiles extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly fileSystemId: pulumi.Output<string>;
  /** Where clients mount: a directory of their own, as their user. */
  readonly accessPointId: pulumi.Output<string>;

  constructor(name: string, args: SharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:SharedFiles", name, {}, opts);
    const { tags } = args;
    const parent = { parent: this };
    const files = new aws.efs.FileSystem(
      name,
      {
        encrypted: true,
        kmsKeyId: args.keyArn,
        throughputMode: "elastic",
        lifecyclePolicies: [
          { transitionToIa: "AFTER_30_DAYS" },
          { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
        ],
        tags: { ...tags, Name: name },
      },
      parent,
    );
    const tlsOnly = aws.iam.getPolicyDocumentOutput(
      {
        statements: [
          {
            actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            resources: [files.arn],
            principals: [{ type: "AWS", identifiers: ["*"] }],
            conditions: [
              { test: "Bool", variable: "elasticfilesystem:AccessedViaMountTarget", values: ["true"] },
              { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
            ],
          },
        ],
      },
      parent,
    );
    new aws.efs.FileSystemPolicy(name, { fileSystemId: files.id, policy: tlsOnly.json }, parent);
    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId: args.vpcId, description: "Shared files", tags },
      parent,
    );
    for (const [client, from] of Object.entries(args.clients))
      openWay(
        `${name}-from-${client}`,
        { from, to: group.id, port: 2049, description: `From ${client}` },
        parent,
      );
    const targets = args.subnetIds.map(
      (subnetId, i) =>
        new aws.efs.MountTarget(
          `${name}-${i}`,
          { fileSystemId: files.id, subnetId, securityGroups: [group.id] },
          parent,
        ),
    );
    const uid = args.userId ?? 1000;
    const point = new aws.efs.AccessPoint(
      name,
      {
        fileSystemId: files.id,
        posixUser: { uid, gid: uid },
        rootDirectory: {
          path: `/${name}`,
          creationInfo: { ownerUid: uid, ownerGid: uid, permissions: "0755" },
        },
        tags,
      },
      // Whoever mounts needs a target in its zone.
      { parent: this, dependsOn: targets },
    );
    this.arn = files.arn;
    this.fileSystemId = files.id;
    this.accessPointId = point.id;
    this.registerOutputs({ fileSystemId: this.fileSystemId });
  }
}
