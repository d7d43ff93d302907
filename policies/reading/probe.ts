import { attempt, Unknown } from "../value";
import { isDevicePlugin } from "./devicePlugin";
import type { Container, ContainerSpec } from "./workload";

export type Probe = NonNullable<ContainerSpec["livenessProbe"]>;
const handlers = ["httpGet", "tcpSocket", "exec", "grpc"] as const;

/** A probe that does something; nothing where it is missing or has no handler. */
export function probe(container: Container, kind: "livenessProbe" | "readinessProbe"): Probe | undefined {
  const written = container.spec[kind];
  if (typeof written !== "object" || written === null) return undefined;
  return handlers.some((handler) => handler in written && attempt(() => written[handler]) != null)
    ? written
    : undefined;
}

/** Why probes are not asked of a container; nothing where they are. */
export function needsNoProbe({ role, pod }: Container): string | undefined {
  if (role !== "container") return "is no container that serves";
  if (isDevicePlugin(pod)) return "is a device plugin, which the kubelet itself watches";
  const restart = pod.kind === "Pod" && pod.spec.restartPolicy;
  return restart === "Never" || restart === "OnFailure" ? "runs once and ends" : undefined;
}

/** The values that Kubernetes gives what a probe leaves out. */
const defaults: Record<string, unknown> = {
  initialDelaySeconds: 0,
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  scheme: "HTTP",
  path: "/",
};

/** Whether two probes ask the same in the same way. An unknown decides only where no known value differs. */
export function same(a: unknown, b: unknown): boolean {
  const verdict = equal(a, b, 0);
  if (verdict instanceof Unknown) throw verdict;
  return verdict;
}

function equal(a: unknown, b: unknown, depth: number): boolean | Unknown {
  if (a instanceof Unknown) return a;
  if (b instanceof Unknown) return b;
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null)
    return String(a) === String(b);
  if (depth > 10) return false;
  let open: Unknown | undefined;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [a, b].map((of) => attempt(() => (of as Record<string, unknown>)[key] ?? defaults[key]));
    const verdict = equal(x, y, depth + 1);
    if (verdict === false) return false;
    if (verdict instanceof Unknown) open ??= verdict;
  }
  return open ?? true;
}
