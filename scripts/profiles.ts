import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../policies";
import type { Rule } from "../policies/rule";
import { defaultLevel, type Level } from "../policies/settings";

export const profile = (name: string): string => join(__dirname, "..", "profiles", `${name}.json`);

/** Every rule at its own level: a file to start from and to change. */
export function recommended(of: readonly Rule[]): string {
  const levels: Record<string, Level> = {};
  for (const { id, severity } of of) levels[id] = defaultLevel(severity);
  return `${JSON.stringify(levels, undefined, 2)}\n`;
}

if (require.main === module) writeFileSync(profile("recommended"), recommended(rules));
