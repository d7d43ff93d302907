import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../policies";
import { defaultLevel, settings } from "../policies/settings";

const profile = (name: string) => JSON.parse(readFileSync(join(__dirname, "../profiles", name), "utf8"));

test("the recommended profile gives every rule its own level", () => {
  const { level } = settings(profile("recommended.json"), rules);
  for (const rule of rules) expect([rule.id, level(rule)]).toEqual([rule.id, defaultLevel(rule.severity)]);
});

test("the strict profile makes every rule mandatory", () => {
  const { level } = settings(profile("strict.json"), rules);
  for (const rule of rules) expect([rule.id, level(rule)]).toEqual([rule.id, "mandatory"]);
});
