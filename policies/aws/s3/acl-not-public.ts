import { z } from "zod";
import { ref } from "../../example";
import { type Bucket, buckets, configuring } from "../../reading/bucket";
import { rule } from "../../rule";
import type { Stack } from "../../stack";
import { items, peek, some, text, Unknown } from "../../value";

const acls = ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"] as const;
const publicAcls = ["public-read", "public-read-write", "authenticated-read"];

export default rule({
  id: "aws-s3-acl-not-public",
  title: "No ACL opens an S3 bucket to the public.",
  severity: "critical",
  why: "A public ACL lets the whole internet list, read or write the bucket; `authenticated-read` means anybody with any AWS account.",
  fix: "Set `acl` to `private`, remove the grants to AllUsers and AuthenticatedUsers, and serve public files through CloudFront.",
  links: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketacl/",
  ],
  controls: {
    fsbp: ["S3.2", "S3.3", "S3.12"],
    controlTower: ["CT.S3.PR.5"],
    checkov: ["CKV_AWS_20", "CKV_AWS_57", "CKV2_AWS_43"],
    trivy: ["AWS-0092"],
  },
  checklists: ["lexia"],

  on: [...buckets, ...acls],
  config: z.strictObject({}),

  check(_, { resource, stack }) {
    switch (resource.type) {
      case "aws:s3/bucket:Bucket":
      case "aws:s3/bucketV2:BucketV2":
        // A deployed bucket repeats the ACL that is a resource of its own; that is judged there.
        return hasAclOfItsOwn(resource, stack)
          ? undefined
          : verdict(resource.props.acl, grantsTo(resource.props));
      default: {
        const policy = peek(resource.props, "accessControlPolicy");
        return verdict(
          resource.props.acl,
          policy instanceof Unknown ? [policy] : policy ? grantsTo(policy) : [],
        );
      }
    }
  },
  remediate: (props) => (isPublicAcl(props.acl) ? { acl: "private" } : undefined),

  examples: {
    good: [
      {
        title: "Private, or nothing said",
        resources: [
          { type: "aws:s3/bucket:Bucket", name: "audio", props: { acl: "private" } },
          { type: "aws:s3/bucketV2:BucketV2", name: "video", props: {} },
          {
            type: "aws:s3/bucketAcl:BucketAcl",
            name: "acl",
            props: { bucket: ref("video"), acl: "bucket-owner-full-control" },
          },
        ],
      },
      {
        title: "A grant to the group that delivers logs",
        resources: [
          {
            type: "aws:s3/bucketAclV2:BucketAclV2",
            name: "logs",
            props: {
              bucket: "example-logs",
              accessControlPolicy: {
                owner: { id: "0123456789abcdef" },
                grants: [
                  {
                    grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
                    permission: "WRITE",
                  },
                ],
              },
            },
          },
        ],
      },
    ],
    bad: [
      {
        title: "Everybody may read",
        resources: [{ type: "aws:s3/bucket:Bucket", name: "audio", props: { acl: "public-read" } }],
      },
      {
        title: "Everybody may write, by an ACL of its own",
        resources: [
          { type: "aws:s3/bucketV2:BucketV2", name: "audio", props: {} },
          {
            type: "aws:s3/bucketAclV2:BucketAclV2",
            name: "acl",
            props: { bucket: ref("audio"), acl: "public-read-write" },
          },
        ],
      },
      {
        title: "Anybody with an AWS account",
        resources: [
          {
            type: "aws:s3/bucketAcl:BucketAcl",
            name: "acl",
            props: { bucket: "example-audio", acl: "authenticated-read" },
          },
        ],
      },
      {
        title: "Grants to public groups",
        resources: [
          {
            type: "aws:s3/bucketAcl:BucketAcl",
            name: "acl",
            props: {
              bucket: "example-audio",
              accessControlPolicy: {
                owner: { id: "0123456789abcdef" },
                grants: [
                  { grantee: { type: "CanonicalUser", id: "0123456789abcdef" }, permission: "FULL_CONTROL" },
                  {
                    grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" },
                    permission: "READ",
                  },
                ],
              },
            },
          },
          {
            type: "aws:s3/bucket:Bucket",
            name: "video",
            props: {
              grants: [
                {
                  type: "Group",
                  uri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
                  permissions: ["READ"],
                },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "The ACL comes from another stack",
        resources: [
          {
            type: "aws:s3/bucketAcl:BucketAcl",
            name: "acl",
            props: { bucket: "example-audio", acl: ref("elsewhere", "acl") },
          },
        ],
      },
    ],
  },
});

const isPublicAcl = (acl: unknown): boolean => publicAcls.includes(text(acl)?.toLowerCase() ?? "");

interface Grant {
  uri?: string;
  grantee?: { uri?: string };
}

function grantsTo(of: { grants?: readonly unknown[] }): (string | undefined | Unknown)[] {
  const grants = peek(of, "grants");
  if (grants instanceof Unknown) return [grants];
  return items(grants as readonly Grant[] | undefined).map((grant) => {
    if (grant instanceof Unknown) return grant;
    const grantee = grant?.grantee === undefined ? grant : grant.grantee;
    return grantee ? peek(grantee, "uri") : undefined;
  });
}

function verdict(acl: unknown, groups: (string | undefined | Unknown)[]): string | undefined {
  if (isPublicAcl(acl)) return `has the public ACL ${acl}`;
  const isOpen = some(groups, (uri) => /\/global\/(AllUsers|AuthenticatedUsers)$/i.test(text(uri) ?? ""));
  return isOpen ? "grants access to everybody" : undefined;
}

const hasAclOfItsOwn = (bucket: Bucket, stack: Stack<(typeof acls)[number]>): boolean =>
  configuring(bucket, acls, stack).some((acl) => !(acl instanceof Unknown));
