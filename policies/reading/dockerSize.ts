const written = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(i?b)?$/i;
const units = ["", "k", "m", "g", "t", "p"];

/** A size as Docker's log drivers read it (`10m`, `10MB`, `10485760`), in bytes; nothing for what is none. */
export function dockerSize(value: unknown, kilo = 1000): number | undefined {
  if (typeof value === "number") return value >= 0 ? value : undefined;
  if (typeof value !== "string" || value.length > 40) return undefined;
  const [, number, unit = ""] = written.exec(value) ?? [];
  return number === undefined ? undefined : Number(number) * kilo ** units.indexOf(unit.toLowerCase());
}
