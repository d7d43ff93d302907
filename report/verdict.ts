import type { Finding, Report } from "./report";

/** Which violations make a run fail: from a level or a severity on. */
export const failOns = ["mandatory", "advisory", "never", "critical", "high", "medium", "low"] as const;
export type FailOn = (typeof failOns)[number];

export const severities = ["low", "medium", "high", "critical"] as const;

export const violations = (report: Report): Finding[] =>
  report.results.filter((finding) => finding.outcome === "violation");

/** Whether a stack has a violation that is not let through. */
export const fails = (report: Report, failOn: FailOn): boolean =>
  violations(report).some(({ level, severity }) => {
    if (failOn === "never") return false;
    if (failOn === "advisory") return true;
    if (failOn === "mandatory") return level === "mandatory";
    return severities.indexOf(severity) >= severities.indexOf(failOn);
  });
