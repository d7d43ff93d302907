const written = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(i?b)?$/i;
const units: Record<string, number> = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, p: 1e15 };

/** A size as Docker's log drivers read it (`10m`, `10MB`, `10485760`), in bytes; nothing for what is none. */
export function dockerSize(value: unknown): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  if (typeof value !== "string" || value.length > 40) return undefined;
  const [, number, unit = ""] = written.exec(value) ?? [];
  return number === undefined ? undefined : Number(number) * (units[unit.toLowerCase()] ?? 1);
}
