import { readFileSync } from "node:fs";
import { rules } from "../policies";
import { settings } from "../policies/settings";
import { profile, recommended } from "../scripts/profiles";

test("the recommended profile is what the rules say: npm run docs", () => {
  expect(readFileSync(profile("recommended"), "utf8")).toBe(recommended(rules));
});

test.each(["recommended", "strict"])("the %s profile is a policy config", (name) => {
  const { level } = settings(JSON.parse(readFileSync(profile(name), "utf8")), rules);
  if (name === "strict") for (const rule of rules) expect(level(rule)).toBe("mandatory");
});
