import type { Language } from "./language";

/** The languages that the offline preview runs, by the name of their runtime. Each is loaded when it is needed. */
const languages = {
  go() {
    const { go }: typeof import("./go") = require("./go");
    return go;
  },
  nodejs() {
    const { nodejs }: typeof import("./nodejs") = require("./nodejs");
    return nodejs;
  },
  python() {
    const { python }: typeof import("./python") = require("./python");
    return python;
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
