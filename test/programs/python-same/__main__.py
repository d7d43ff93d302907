import json

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s


class Storage(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("same:index:Storage", name, None, opts)
        self.bucket = aws.s3.Bucket(f"{name}-bucket", opts=pulumi.ResourceOptions(parent=self))
        aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=self.bucket.id,
            versioning_configuration={"status": "Enabled"},
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})


def owned(args):
    if args.type_ == "aws:sqs/queue:Queue":
        return pulumi.ResourceTransformResult(
            props={**args.props, "tags": {"owner": "platform"}}, opts=args.opts
        )


pulumi.runtime.register_resource_transform(owned)
far = aws.Provider("far", region="us-east-1")
audio = Storage("audio")
Storage("backup", opts=pulumi.ResourceOptions(providers=[far]))

image = aws.ec2.get_ami(most_recent=True, owners=["amazon"])
network = aws.ec2.get_vpc_output(default=True)
aws.ec2.Instance(
    "host",
    ami=image.id,
    instance_type="t3.micro",
    user_data=f"image {image.name.upper()}",
)
aws.ec2.SecurityGroup(
    "open",
    vpc_id=network.id,
    ingress=[{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}],
)
aws.rds.Instance(
    "database",
    engine="postgres",
    instance_class="db.t4g.micro",
    allocated_storage=20,
    username="shop",
    password=pulumi.Config().require_secret("password"),
    publicly_accessible=True,
)
aws.sqs.Queue(
    "jobs",
    name=f"{aws.get_region().region}-{aws.get_availability_zones().names[0]}",
    policy=audio.bucket.arn.apply(lambda arn: json.dumps({"Resource": arn})),
    opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="work")]),
)
for name in ["api", "worker"]:
    k8s.apps.v1.Deployment(
        name,
        metadata={"name": name},
        spec={
            "selector": {"match_labels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": name, "image": f"{name}:latest"}]},
            },
        },
    )
