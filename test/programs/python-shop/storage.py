import pulumi
import pulumi_aws as aws


class Storage(pulumi.ComponentResource):
    """A bucket that keeps the versions of what is in it."""

    def __init__(self, name: str, expires: bool, opts: pulumi.ResourceOptions = None):
        super().__init__("shop:index:Storage", name, None, opts)
        self.bucket = aws.s3.Bucket(
            f"{name}-bucket",
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=self.bucket.id,
            versioning_configuration={"status": "Enabled"},
            opts=pulumi.ResourceOptions(parent=self),
        )
        if expires:
            aws.s3.BucketLifecycleConfiguration(
                f"{name}-lifecycle",
                bucket=self.bucket.id,
                rules=[{"id": "old", "status": "Enabled", "expiration": {"days": 30}}],
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({"bucket": self.bucket.id})
