// The end of standard support of each Kubernetes version on EKS, and of extended support a year later.
// Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, read on 2026-11-21.
const endOfStandardSupport: Record<number, string> = {
  23: "2023-10-11",
  24: "2024-01-31",
  25: "2024-05-01",
  26: "2024-06-11",
  27: "2024-07-24",
  28: "2024-11-26",
  29: "2025-03-23",
  30: "2025-07-23",
  31: "2025-11-26",
  32: "2026-03-23",
  33: "2026-07-29",
  34: "2026-12-02",
  35: "2027-03-27",
  36: "2027-08-02",
};
const oldest = 23;

/** The days on which EKS stops to support a version of Kubernetes; nothing for one that it does not know. */
export function endOfSupport(version: unknown): { standard: string; extended: string } | undefined {
  const minor = typeof version === "string" ? /^v?1\.(\d{1,3})(?:\.|$)/.exec(version.trim())?.[1] : undefined;
  if (minor === undefined) return undefined;
  const standard = endOfStandardSupport[Math.max(Number(minor), oldest)];
  if (standard === undefined) return undefined;
  return { standard, extended: `${Number(standard.slice(0, 4)) + 1}${standard.slice(4)}` };
}
