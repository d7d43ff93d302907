import type { Resource, Stack } from "../stack";
import { list } from "../value";

export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export const lifecycles = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;
export const versionings = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

type Bucket = Resource<(typeof buckets)[number]>;

/** One lifecycle rule, in whichever form it was written. */
export interface LifecycleRule {
  /** Current objects are expired or moved, past versions are expired. */
  effective: boolean;
  expiresNoncurrent: boolean;
  abortsUploads: boolean;
  /** It holds for the whole bucket. */
  unfiltered: boolean;
}

/** The enabled lifecycle rules of a bucket, from resources of their own and from the bucket itself. */
export function lifecycleRules(bucket: Bucket, stack: Stack<(typeof lifecycles)[number]>): LifecycleRule[] {
  const within = list(bucket.props.lifecycleRules as readonly InBucketRule[] | undefined)
    .filter((rule) => rule?.enabled === true)
    .map(inBucket);
  if (within.length > 0) return within;
  return stack
    .pointingAt(bucket, lifecycles, "bucket")
    .flatMap((configuration) => list(configuration.props.rules))
    .filter((rule) => rule?.status === "Enabled")
    .map((rule) => ({
      effective:
        removes(rule.expiration) ||
        list(rule.transitions).length > 0 ||
        list(rule.noncurrentVersionTransitions).length > 0 ||
        rule.noncurrentVersionExpiration != null,
      expiresNoncurrent: Number(rule.noncurrentVersionExpiration?.noncurrentDays) > 0,
      abortsUploads: Number(rule.abortIncompleteMultipartUpload?.daysAfterInitiation) > 0,
      unfiltered: !rule.prefix && isEmpty(rule.filter),
    }));
}

interface Expiration {
  days?: number;
  date?: string;
  expiredObjectDeleteMarker?: boolean;
}

/** The rules inside a bucket: `Bucket` has the blocks in the singular, `BucketV2` in the plural. */
interface InBucketRule {
  enabled?: boolean;
  prefix?: string;
  tags?: Record<string, string>;
  abortIncompleteMultipartUploadDays?: number;
  expiration?: Expiration;
  expirations?: readonly Expiration[];
  transitions?: readonly unknown[];
  noncurrentVersionExpiration?: { days?: number };
  noncurrentVersionExpirations?: readonly { days?: number }[];
  noncurrentVersionTransitions?: readonly unknown[];
}

function inBucket(rule: InBucketRule): LifecycleRule {
  const expirations = [rule.expiration, ...list(rule.expirations)];
  const noncurrent = [rule.noncurrentVersionExpiration, ...list(rule.noncurrentVersionExpirations)];
  const expiresNoncurrent = noncurrent.some((e) => Number(e?.days) > 0);
  return {
    effective:
      expirations.some(removes) ||
      list(rule.transitions).length > 0 ||
      list(rule.noncurrentVersionTransitions).length > 0 ||
      expiresNoncurrent,
    expiresNoncurrent,
    abortsUploads: Number(rule.abortIncompleteMultipartUploadDays) > 0,
    unfiltered: !rule.prefix && isEmpty(rule.tags),
  };
}

/** An expiration of delete markers alone removes no data. */
const removes = (expiration: Expiration | undefined) =>
  Number(expiration?.days) > 0 || Boolean(expiration?.date);

/** Providers write out an empty filter as one with an empty prefix and no tags. */
function isEmpty(filter: object | undefined): boolean {
  if (typeof filter !== "object" || filter === null) return true;
  return Object.entries(filter).every(
    ([, value]) => !value || (typeof value === "object" && isEmpty(value as object)),
  );
}

interface Switch {
  enabled?: boolean;
}

/** Whether a bucket keeps old versions of its objects. A suspended bucket still holds those it has. */
export function versioning(
  bucket: Bucket,
  stack: Stack<(typeof versionings)[number]>,
): "Enabled" | "Suspended" | "never" {
  const { versioning, versionings: plural } = bucket.props as { versioning?: Switch; versionings?: Switch[] };
  if ([versioning, ...list(plural)].some((v) => v?.enabled === true)) return "Enabled";
  const states = stack
    .pointingAt(bucket, versionings, "bucket")
    .map((v) => v.props.versioningConfiguration?.status);
  if (states.includes("Enabled")) return "Enabled";
  return states.includes("Suspended") ? "Suspended" : "never";
}
