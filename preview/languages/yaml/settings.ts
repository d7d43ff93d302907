import { encrypted } from "../../../policies/value";
import type { Evaluator } from "./evaluate";
import { missingSetting, type Program, type Setting } from "./program";
import { Mistake } from "./source";
import { marked, type Value } from "./value";

/** The settings of the stack and those that the program declares. */
interface Settings {
  names: ReadonlySet<string>;
  /** Gives each its value. */
  evaluate(evaluator: Evaluator): Promise<void>;
}

export function settingsOf({ settings }: Program, project: string): Settings {
  const given: Record<string, string> = JSON.parse(process.env.PULUMI_CONFIG ?? "{}");
  const secret: string[] = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]");
  const declared = new Map(settings.map((s) => [fullKey(s.key, project), s]));
  const others = Object.keys(given).filter((key) => !declared.has(key));
  const shortened = (key: string) => (key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key);
  return {
    names: new Set([
      ...settings.map((s) => s.name),
      ...Object.keys(given).flatMap((key) => [key, shortened(key)]),
    ]),
    async evaluate(evaluator) {
      for (const key of others) {
        const value = secretly(secret.includes(key), guess(given[key] ?? ""));
        for (const name of [key, shortened(key)]) evaluator.values.set(name, value);
      }
      for (const [key, setting] of declared) {
        const text = given[key];
        const value =
          text !== undefined
            ? typed(text, setting, key)
            : setting.initial && (await evaluator.evaluate(setting.initial));
        if (value === undefined) throw new Mistake(missingSetting(key), setting.at);
        const known = secretly(setting.secret || secret.includes(key), value);
        for (const name of [setting.name, key]) evaluator.values.set(name, known);
      }
    },
  };
}

const fullKey = (key: string, project: string) => (key.includes(":") ? key : `${project}:${key}`);
const secretly = (secret: boolean, value: Value) => (secret ? marked(value, { secret: true }) : value);

function typed(text: string, { type, at, secret }: Setting, key: string): Value {
  // Nobody knows an encrypted setting, whatever its type.
  if (text.includes(encrypted) || type === "string") return text;
  const shown = secret ? "" : ` value '${text}'`;
  const refuse = (what: string) => new Mistake(`Configuration '${key}'${shown} is not a valid ${what}`, at);
  if (type === "number" || type === "int" || type === "integer") {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isNaN(value) || (type !== "number" && !Number.isInteger(value))) throw refuse(type);
    return value;
  }
  if (type === "boolean" || type === "bool") {
    if (text !== "true" && text !== "false") throw refuse("boolean");
    return text === "true";
  }
  if (type === undefined) return guess(text);
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(type);
  }
}

/** Pulumi takes texts of a setting for what they look like. */
function guess(text: string): Value {
  if (text === "true" || text === "false") return text === "true";
  if (/^-?(0|[1-9]\d*)$/.test(text)) return Number(text);
  if (!/^\s*[[{]/.test(text) || text.includes(encrypted)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
