import { z } from "zod";
import type { Rule } from "./rule";

/** The JSON schema of each option of a rule. Every option has a default, so none is required. */
export function optionSchemas(rule: Rule): Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(rule.config, { io: "input", target: "draft-7" });
  return properties;
}
