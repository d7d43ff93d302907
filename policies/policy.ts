import type { Policies } from "@pulumi/policy";
import type { Rule } from "./rule";

export const toPolicy = (_rule: Rule): Policies[number] => {
  throw new Error("not there yet");
};
