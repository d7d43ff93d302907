import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";
import { tags } from "./settings";

interface HostArgs {
  instanceType: string;
  sshPublicKey: string;
  network: Network;
  keyArn: pulumi.Input<string>;
}

/** The Docker host: private, patched, reached through Session Manager, its data on a volume of its own. */
export class Host extends pulumi.ComponentResource {
  readonly instance: aws.ec2.Instance;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly data: aws.ebs.Volume;
  readonly role: aws.iam.Role;
  /** Speaks to Docker on the host over SSH, through Session Manager. */
  readonly docker: docker.Provider;

  constructor(name: string, args: HostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("textai-studio:index:Host", name, {}, opts);
    const parent = { parent: this };
    this.role = new aws.iam.Role(
      name,
      { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }), tags },
      parent,
    );
    for (const policy of ["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy"]) {
      const about = { role: this.role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` };
      new aws.iam.RolePolicyAttachment(`${name}-${policy}`, about, parent);
    }
    const profile = new aws.iam.InstanceProfile(name, { role: this.role.name, tags }, parent);

    this.securityGroup = new aws.ec2.SecurityGroup(
      `${name}-host`,
      { vpcId: args.network.vpcId, description: "TextAI Studio host", tags },
      parent,
    );
    for (const port of [80, 443]) {
      new aws.vpc.SecurityGroupEgressRule(
        `${name}-host-${port}`,
        {
          securityGroupId: this.securityGroup.id,
          description: "Images, models, packages and AWS",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: "0.0.0.0/0",
        },
        parent,
      );
    }

    const ami = aws.ssm.getParameterOutput(
      { name: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id" },
      parent,
    );
    const keyPair = new aws.ec2.KeyPair(name, { publicKey: args.sshPublicKey, tags }, parent);
    this.instance = new aws.ec2.Instance(
      name,
      {
        ami: ami.value,
        instanceType: args.instanceType,
        subnetId: args.network.privateSubnetId,
        vpcSecurityGroupIds: [this.securityGroup.id],
        associatePublicIpAddress: false,
        iamInstanceProfile: profile.name,
        keyName: keyPair.keyName,
        monitoring: true,
        disableApiTermination: true,
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        rootBlockDevice: { encrypted: true, kmsKeyId: args.keyArn, volumeType: "gp3", volumeSize: 30 },
        userData: prepare,
        userDataReplaceOnChange: false,
        tags: { ...tags, Name: "textai-studio" },
      },
      // A newer AMI must not replace the host on the next `up`: patches come by unattended upgrades.
      { parent: this, ignoreChanges: ["ami"] },
    );
    this.data = new aws.ebs.Volume(
      `${name}-data`,
      {
        availabilityZone: args.network.zone,
        size: 50,
        type: "gp3",
        encrypted: true,
        kmsKeyId: args.keyArn,
        finalSnapshot: true,
        tags: { ...tags, Name: "textai-studio-data" },
      },
      { parent: this, protect: true },
    );
    const attachment = new aws.ec2.VolumeAttachment(
      `${name}-data`,
      { instanceId: this.instance.id, volumeId: this.data.id, deviceName: "/dev/sdf" },
      parent,
    );

    const tunnel =
      "ProxyCommand=aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p";
    this.docker = new docker.Provider(
      name,
      {
        host: pulumi.interpolate`ssh://ubuntu@${this.instance.id}`,
        sshOpts: ["-o", tunnel, "-o", "StrictHostKeyChecking=accept-new"],
      },
      { parent: this, dependsOn: attachment },
    );
    this.registerOutputs({ instanceId: this.instance.id });
  }
}

/** What a new host does first: Docker, patches by itself, swap, metrics of memory and disk, the data volume. */
const prepare = `#!/bin/bash
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y docker.io unattended-upgrades
usermod -aG docker ubuntu
install -d -m 0755 /etc/ssh/sshd_config.d
printf 'PasswordAuthentication no\\nPermitRootLogin no\\n' > /etc/ssh/sshd_config.d/10-keys-only.conf
systemctl restart ssh
fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile
echo '/swapfile none swap sw 0 0' >> /etc/fstab
device=/dev/nvme1n1
until [ -b "$device" ]; do sleep 2; done
blkid "$device" || mkfs.ext4 -L data "$device"
mkdir -p /data && echo 'LABEL=data /data ext4 defaults,nofail 0 2' >> /etc/fstab && mount -a
install -d -o 1000 -g 1000 -m 0755 /data/user_data /data/user_data/history /data/user_data/api_keys /data/models
snap install amazon-ssm-agent --classic || true
curl -fsSo /tmp/agent.deb https://amazoncloudwatch-agent.s3.amazonaws.com/ubuntu/amd64/latest/amazon-cloudwatch-agent.deb
dpkg -i /tmp/agent.deb
cat > /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json <<'AGENT'
{ "metrics": {
    "append_dimensions": { "InstanceId": "\${aws:InstanceId}" },
    "aggregation_dimensions": [["InstanceId"]],
    "metrics_collected": {
      "mem": { "measurement": ["mem_used_percent"] },
      "disk": { "measurement": ["used_percent"], "resources": ["/", "/data"] } } } }
AGENT
systemctl enable --now amazon-cloudwatch-agent
`;
