import type { Language } from "./language";

/** The languages that the offline preview runs, by the name of their runtime. Each is loaded when it is needed. */
const languages = {
  nodejs() {
    const { nodejs }: typeof import("./nodejs") = require("./nodejs");
    return nodejs;
  },
  yaml() {
    const { yaml }: typeof import("./yaml") = require("./yaml");
    return yaml;
  },
} satisfies Record<string, () => Language>;

export type Runtime = keyof typeof languages;
export const runtimes = Object.keys(languages) as Runtime[];

export const isRuntime = (name: string): name is Runtime => Object.hasOwn(languages, name);
export const languageOf = (runtime: Runtime): Language => languages[runtime]();
