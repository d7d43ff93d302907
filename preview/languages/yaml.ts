import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../errors";
import type { Project } from "../project";
import type { Language } from "./language";
import type { Task } from "./yaml/run";

/** Programs in YAML, run by an interpreter of ours in a process of its own. */
export const yaml: Language = {
  command(project, address) {
    const { name, organization, stack, directory, program } = project;
    const task: Task = {
      address,
      project: name,
      organization,
      stack,
      root: directory,
      directory: program.directory,
      compiler: compilerOf(project),
    };
    return { file: process.execPath, args: [interpreter(), JSON.stringify(task)], env: {} };
  },
  // The interpreter tells each mistake with its place, and what to do.
  explain: () => undefined,
  frame: () => undefined,
};

/** Node runs what is compiled, also when this file is run from its source. */
function interpreter(): string {
  const beside = join(__dirname, "yaml", "main.js");
  return existsSync(beside) ? beside : resolve(__dirname, "../../dist/preview/languages/yaml/main.js");
}

function compilerOf({ runtime: { options, file } }: Project): string | undefined {
  const { compiler } = options;
  if (compiler === undefined || compiler === "") return undefined;
  if (typeof compiler !== "string" || !/[^\s"']/.test(compiler))
    throw new UsageError(`${file}: the runtime option compiler must be a command, such as "cue export".`);
  return compiler;
}
