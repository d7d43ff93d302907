import ec2DataPorts from "./aws/ec2/data-ports";
import ec2OpenPorts from "./aws/ec2/open-ports";
import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [
  ec2DataPorts,
  ec2OpenPorts,
  s3Lifecycle,
  s3LifecycleAbortUploads,
  s3LifecycleNoncurrent,
];
