import type { Rule } from "../policies/rule";
import { defaultLevel, type Level } from "../policies/settings";

/** Every rule at its own level: a file to start from and to change. */
export function recommended(of: readonly Rule[]): string {
  const levels: Record<string, Level> = {};
  for (const { id, severity } of of) levels[id] = defaultLevel(severity);
  return `${JSON.stringify(levels, undefined, 2)}\n`;
}
