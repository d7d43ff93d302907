const written = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/;
const decimal = { n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };
const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 };
const units: Record<string, number> = { ...decimal, ...binary };

/** A Kubernetes quantity (`512Mi`, `100m`, `1e3`, 2) as a number; nothing for what is none. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  const [, number, exponent, unit] = written.exec(value) ?? [];
  if (number === undefined) return undefined;
  const amount = Number(number + (exponent ?? "")) * (unit ? (units[unit] ?? 1) : 1);
  return Number.isFinite(amount) ? amount : undefined;
}
