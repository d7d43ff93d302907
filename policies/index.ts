import s3Lifecycle from "./aws/s3/lifecycle";
import s3LifecycleAbortUploads from "./aws/s3/lifecycle-abort-uploads";
import s3LifecycleNoncurrent from "./aws/s3/lifecycle-noncurrent";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [s3Lifecycle, s3LifecycleNoncurrent, s3LifecycleAbortUploads];
