package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// Storage is a bucket that keeps the versions of what is in it.
type Storage struct {
	pulumi.ResourceState
	Bucket *Resource
}

func newStorage(ctx *pulumi.Context, name string, opts ...pulumi.ResourceOption) (*Storage, error) {
	storage := &Storage{}
	if err := ctx.RegisterComponentResource("shop:index:Storage", name, storage, opts...); err != nil {
		return nil, err
	}
	bucket, err := make(ctx, "aws:s3/bucket:Bucket", name+"-bucket", pulumi.Map{}, pulumi.Parent(storage))
	if err != nil {
		return nil, err
	}
	storage.Bucket = bucket
	_, err = make(ctx, "aws:s3/bucketVersioning:BucketVersioning", name+"-versioning", pulumi.Map{
		"bucket":                  bucket.ID(),
		"versioningConfiguration": pulumi.StringMap{"status": pulumi.String("Enabled")},
	}, pulumi.Parent(storage))
	return storage, err
}
