import type { Token } from "../resources";
import type { Resource, Stack } from "../stack";
import { attempt, items, list, peek, some, Unknown } from "../value";
import { isTrue } from "./flag";

export const buckets = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
export const lifecycles = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
] as const;
export const versionings = [
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketVersioningV2:BucketVersioningV2",
] as const;

export type Bucket = Resource<(typeof buckets)[number]>;

/** The resources of their own that configure a bucket; `Unknown` where it cannot be told which do. */
export function configuring<T extends Token>(
  bucket: Bucket,
  types: readonly T[],
  stack: Stack<NoInfer<T>>,
): (Resource<T> | Unknown)[] {
  const found = attempt(() => stack.pointingAt(bucket, types, "bucket"));
  return found instanceof Unknown ? [found] : found;
}

/** The blocks under any of the names: `Bucket` has one in the singular, `BucketV2` a list in the plural. */
export function* blocks<B>(of: object | Unknown, ...names: string[]): Iterable<B | Unknown> {
  if (of instanceof Unknown) {
    yield of;
    return;
  }
  for (const name of names) {
    const value = peek(of as Record<string, unknown>, name);
    for (const block of Array.isArray(value) ? items<unknown>(value) : [value])
      if (typeof block === "object" && block !== null) yield block as B | Unknown;
  }
}

/** One lifecycle rule, in whichever form it was written. Reading what is not known throws. */
export interface LifecycleRule {
  readonly isEnabled: boolean;
  /** Objects are expired or moved, or their past versions are. */
  readonly isEffective: boolean;
  readonly expiresNoncurrent: boolean;
  readonly abortsUploads: boolean;
  /** It holds for the whole bucket. */
  readonly isUnfiltered: boolean;
}

/** The lifecycle rules of a bucket, from the bucket itself and from resources of their own. */
export function* lifecycleRules(
  bucket: Bucket,
  stack: Stack<(typeof lifecycles)[number]>,
): Iterable<LifecycleRule | Unknown> {
  for (const rule of blocks<InBucketRule>(bucket.props, "lifecycleRules"))
    yield rule instanceof Unknown ? rule : inBucket(rule);
  for (const configuration of configuring(bucket, lifecycles, stack)) {
    const props = configuration instanceof Unknown ? configuration : configuration.props;
    for (const rule of blocks<OwnRule>(props, "rules")) yield rule instanceof Unknown ? rule : onItsOwn(rule);
  }
}

/** Whether an enabled lifecycle rule of a bucket does what is asked. */
export const someLifecycleRule = (
  bucket: Bucket,
  stack: Stack<(typeof lifecycles)[number]>,
  does: (rule: LifecycleRule) => boolean,
): boolean => some(lifecycleRules(bucket, stack), (rule) => rule.isEnabled && does(rule));

interface Expiration {
  days?: number;
  date?: string;
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

const inBucket = (rule: InBucketRule): LifecycleRule => ({
  get isEnabled() {
    return isTrue(rule?.enabled);
  },
  get isEffective() {
    return (
      [rule.expiration, ...list(rule.expirations)].some(removes) ||
      list(rule.transitions).length > 0 ||
      list(rule.noncurrentVersionTransitions).length > 0 ||
      this.expiresNoncurrent
    );
  },
  get expiresNoncurrent() {
    const noncurrent = [rule.noncurrentVersionExpiration, ...list(rule.noncurrentVersionExpirations)];
    return noncurrent.some((e) => isPositive(e?.days));
  },
  get abortsUploads() {
    return isPositive(rule.abortIncompleteMultipartUploadDays);
  },
  get isUnfiltered() {
    return !rule.prefix && isEmpty(rule.tags);
  },
});

interface Filter {
  prefix?: string;
  tag?: { key?: string };
  tags?: object;
  objectSizeGreaterThan?: number;
  objectSizeLessThan?: number;
  and?: Filter;
}

interface OwnRule {
  status?: string;
  prefix?: string;
  filter?: Filter;
  expiration?: Expiration;
  transitions?: readonly unknown[];
  noncurrentVersionExpiration?: { noncurrentDays?: number; newerNoncurrentVersions?: number };
  noncurrentVersionTransitions?: readonly unknown[];
  abortIncompleteMultipartUpload?: { daysAfterInitiation?: number };
}

const onItsOwn = (rule: OwnRule): LifecycleRule => ({
  get isEnabled() {
    return rule?.status === "Enabled";
  },
  get isEffective() {
    return (
      removes(rule.expiration) ||
      list(rule.transitions).length > 0 ||
      list(rule.noncurrentVersionTransitions).length > 0 ||
      this.expiresNoncurrent
    );
  },
  get expiresNoncurrent() {
    const noncurrent = rule.noncurrentVersionExpiration;
    return isPositive(noncurrent?.noncurrentDays) || isPositive(noncurrent?.newerNoncurrentVersions);
  },
  get abortsUploads() {
    return isPositive(rule.abortIncompleteMultipartUpload?.daysAfterInitiation);
  },
  get isUnfiltered() {
    return !rule.prefix && isOpen(rule.filter) && isOpen(rule.filter?.and);
  },
});

const isPositive = (value: unknown) =>
  (typeof value === "number" || typeof value === "string") && Number(value) > 0;

/** An expiration of delete markers alone removes no data. */
const removes = (expiration: Expiration | undefined) =>
  isPositive(expiration?.days) || Boolean(expiration?.date);

/** Providers write out an empty filter as one with an empty prefix, no tags and sizes of 0. */
const isOpen = (filter: Filter | undefined) =>
  !filter?.prefix &&
  !filter?.tag?.key &&
  isEmpty(filter?.tags) &&
  !isPositive(filter?.objectSizeGreaterThan) &&
  !isPositive(filter?.objectSizeLessThan);

const isEmpty = (map: object | undefined) =>
  typeof map !== "object" || map === null || Object.keys(map).length === 0;

interface Versioning {
  enabled?: boolean;
  status?: string;
  mfaDelete?: boolean | string;
}
type Versionings = Stack<(typeof versionings)[number]>;

function* versioningOf(bucket: Bucket, stack: Versionings): Iterable<Versioning | Unknown | undefined> {
  yield* blocks<Versioning>(bucket.props, "versioning", "versionings");
  for (const own of configuring(bucket, versionings, stack))
    yield own instanceof Unknown ? own : peek(own.props, "versioningConfiguration");
  // Object Lock works on versions: S3 turns them on with it.
  const locked = peek(bucket.props, "objectLockEnabled");
  yield locked instanceof Unknown ? locked : { enabled: isTrue(locked) };
}

/** Whether a bucket keeps old versions of its objects. */
export const isVersioned = (bucket: Bucket, stack: Versionings): boolean =>
  some(versioningOf(bucket, stack), (v) => isTrue(v?.enabled) || v?.status === "Enabled");

/** Whether versions can be deleted with a second factor only, which a lifecycle does not have. */
export const deletesWithMfa = (bucket: Bucket, stack: Versionings): boolean =>
  some(versioningOf(bucket, stack), (v) => isTrue(v?.mfaDelete) || v?.mfaDelete === "Enabled");

export const loggings = [
  "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketLoggingV2:BucketLoggingV2",
] as const;
export const policies = ["aws:s3/bucketPolicy:BucketPolicy"] as const;
export const replications = ["aws:s3/bucketReplicationConfig:BucketReplicationConfig"] as const;
const deliveries = {
  "aws:s3/bucketLogging:BucketLogging": "targetBucket",
  "aws:s3/bucketLoggingV2:BucketLoggingV2": "targetBucket",
  "aws:lb/loadBalancer:LoadBalancer": ["accessLogs.bucket", "connectionLogs.bucket"],
  "aws:alb/loadBalancer:LoadBalancer": ["accessLogs.bucket", "connectionLogs.bucket"],
  "aws:elb/loadBalancer:LoadBalancer": "accessLogs.bucket",
  "aws:cloudfront/distribution:Distribution": "loggingConfig.bucket",
  "aws:cloudtrail/trail:Trail": "s3BucketName",
  "aws:ec2/flowLog:FlowLog": "logDestination",
} as const;

/** The resources that tell whether a bucket holds logs. */
export const logSources = Object.keys(deliveries) as (keyof typeof deliveries)[];

const logPointers = [
  ...logSources.map((type) => [type, deliveries[type]] as const),
  ...buckets.map((type) => [type, ["logging.targetBucket", "loggings.targetBucket"]] as const),
];

/** Whether logs of S3, a load balancer, a distribution, a trail or a network are delivered to a bucket. */
export function holdsLogs(
  bucket: Bucket,
  stack: Stack<(typeof logSources)[number] | (typeof buckets)[number]>,
): boolean {
  if (peek(bucket.props, "acl") === "log-delivery-write") return true;
  return some(logPointers, ([type, input]) => stack.pointingAt(bucket, type, input).length > 0);
}
