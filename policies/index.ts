import s3Lifecycle from "./aws/s3/lifecycle";
import type { Rule } from "./rule";

/** Every rule of the pack. A test fails when a rule file is missing here. */
export const rules: readonly Rule[] = [s3Lifecycle];
