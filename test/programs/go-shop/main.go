package main

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

// Resource is any resource: without the SDK of a provider, programs compile fast.
type Resource struct {
	pulumi.CustomResourceState
}

// Provider is the provider of any package.
type Provider struct {
	pulumi.ProviderResourceState
}

// Image is what a data source returns, and so what may stay open.
type Image struct {
	Id   string   `pulumi:"id"`
	Name string   `pulumi:"name"`
	Size int      `pulumi:"size"`
	Tags []string `pulumi:"tags"`
}

func make(ctx *pulumi.Context, token, name string, props pulumi.Map, opts ...pulumi.ResourceOption) (*Resource, error) {
	resource := &Resource{}
	return resource, ctx.RegisterResource(token, name, props, resource, opts...)
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")

		audio, err := newStorage(ctx, "audio")
		if err != nil {
			return err
		}
		far := &Provider{}
		if err := ctx.RegisterResource("pulumi:providers:aws", "far", pulumi.Map{"region": pulumi.String("us-east-1")}, far); err != nil {
			return err
		}
		if _, err := newStorage(ctx, "backup", pulumi.Providers(far)); err != nil {
			return err
		}

		var image Image
		if err := ctx.Invoke("aws:ec2/getAmi:getAmi", map[string]any{"mostRecent": true}, &image); err != nil {
			return err
		}
		var loose map[string]any
		if err := ctx.Invoke("aws:ec2/getAmi:getAmi", map[string]any{"mostRecent": false}, &loose); err != nil {
			return err
		}
		later := ctx.InvokeOutput("aws:ec2/getVpc:getVpc", pulumi.Map{"default": pulumi.Bool(true)}, pulumi.AnyOutput{}, pulumi.InvokeOutputOptions{})
		if _, err := make(ctx, "aws:ec2/instance:Instance", "host", pulumi.Map{
			"ami":      pulumi.String(image.Id),
			"userData": pulumi.Sprintf("image %s of %d GB", image.Name, image.Size),
			"subnetId": later,
			"tags":     pulumi.ToMap(loose),
		}); err != nil {
			return err
		}

		if _, err := make(ctx, "aws:rds/instance:Instance", "database", pulumi.Map{
			"engine":             pulumi.String("postgres"),
			"password":           settings.RequireSecret("password"),
			"publiclyAccessible": pulumi.Bool(true),
		}); err != nil {
			return err
		}
		for i := range settings.RequireInt("replicas") {
			if _, err := make(ctx, "aws:sqs/queue:Queue", fmt.Sprintf("jobs-%d", i), pulumi.Map{
				"policy": audio.Bucket.URN(),
			}, pulumi.Transforms([]pulumi.ResourceTransform{owned})); err != nil {
				return err
			}
		}
		if name := settings.Get("network"); name != "" {
			other, err := pulumi.NewStackReference(ctx, name, nil)
			if err != nil {
				return err
			}
			if _, err := make(ctx, "aws:sns/topic:Topic", "topic", pulumi.Map{"displayName": other.GetOutput(pulumi.String("title"))}); err != nil {
				return err
			}
		}
		ctx.Export("bucket", audio.Bucket.ID())
		fmt.Println("done")
		return nil
	})
}

func owned(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	args.Props["tags"] = pulumi.StringMap{"owner": pulumi.String("platform")}
	return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
}
