/** Preflight as a library: for a test suite, the Automation API, or a policy pack of your own. */
export { rules } from "./policies";
export { type Example, type ExampleResource, ref, secret } from "./policies/example";
export { toPolicy } from "./policies/policy";
export {
  type NotApplicable,
  notApplicable,
  type Outcome,
  type Result,
  type Rule,
  rule,
  type Severity,
  type Verdict,
} from "./policies/rule";
export { type Level, type PolicyConfig, SettingsError } from "./policies/settings";
export type { Place, Registration, Resource, Stack } from "./policies/stack";
export { isSecret, isSet, items, list, text, Unknown } from "./policies/value";
export { type Answers, readAnswers } from "./preview/answers";
export { type CheckOptions, check } from "./preview/check";
export { ProgramError, UsageError } from "./preview/errors";
export type { InspectOptions } from "./report/inspect";
export type { Finding, Report, Source } from "./report/report";
export { audit } from "./state/audit";
