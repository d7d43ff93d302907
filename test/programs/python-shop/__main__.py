import json

import pulumi
import pulumi_aws as aws
import pulumi_kubernetes as k8s

from storage import Storage

config = pulumi.Config()


def owned(args):
    if args.type_ == "aws:sqs/queue:Queue":
        return pulumi.ResourceTransformResult(
            props={**args.props, "tags": {"owner": "platform"}}, opts=args.opts
        )


pulumi.runtime.register_resource_transform(owned)

far = aws.Provider("far", region="us-east-1")
audio = Storage("audio", expires=True)
Storage("backup", expires=False, opts=pulumi.ResourceOptions(providers=[far]))

image = aws.ec2.get_ami(
    most_recent=True,
    owners=["amazon"],
    filters=[{"name": "name", "values": ["al2023-*"]}],
)
if not image.id:
    raise Exception("no image")
network = aws.ec2.get_vpc_output(default=True)
subnets = aws.ec2.get_subnets(filters=[{"name": "vpc-id", "values": [image.tags["vpc"]]}])
first, second = subnets.ids[:2]
host = aws.ec2.Instance(
    "host",
    ami=image.id,
    instance_type="t3.micro",
    subnet_id=first,
    user_data=f"image {image.name.upper()} of {image.creation_date[:4]}",
    tags={key.lower(): value for key, value in image.tags.items()},
)
for index, subnet in enumerate(subnets.ids):
    aws.ec2.NetworkInterface(f"interface-{index}", subnet_id=subnet)
aws.ec2.SecurityGroup(
    "open",
    vpc_id=network.id,
    ingress=[{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}],
)

database = aws.rds.Instance(
    "database",
    engine="postgres",
    instance_class="db.t4g.micro",
    allocated_storage=image.block_device_mappings[0].ebs["volume_size"] * 2,
    username="shop",
    password=config.require_secret("password"),
    publicly_accessible=True,
)
account = aws.get_caller_identity()
zones = aws.get_availability_zones()
aws.sqs.Queue(
    "jobs",
    name=f"{account.account_id}-{zones.names[0]}",
    policy=audio.bucket.arn.apply(lambda arn: json.dumps({"Resource": arn})),
)

for name in ["api", "worker"]:
    k8s.apps.v1.Deployment(
        name,
        spec={
            "replicas": config.require_int("replicas"),
            "selector": {"match_labels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": name, "image": f"{name}:latest"}]},
            },
        },
    )

other = pulumi.StackReference("org/network/dev")
aws.sns.Topic("topic", display_name=other.get_output("name"))
existing = aws.s3.Bucket.get("existing", "someones-bucket")
pulumi.CustomResource("test:index:Plain", "plain", {"size": 1})


class Answer(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("id", props)


class Asked(pulumi.dynamic.Resource):
    def __init__(self, name):
        super().__init__(Answer(), name, {"answer": 42})


Asked("asked")
pulumi.export("bucket", audio.bucket.id)
pulumi.export("host", host.private_ip)
print("done")
