import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ProgramError, UsageError } from "../errors";
import { projectFile } from "../places";
import type { Project } from "../project";
import type { Language } from "./language";
import { startScript } from "./nodejs-standin";

/** Programs in TypeScript and JavaScript, run by the SDK's own runner. */
export const nodejs: Language = {
  command(project, address) {
    const { typescript, tsconfig, nodeArgs } = optionsOf(project);
    const { program, organization, name, directory, stack } = project;
    return {
      file: process.execPath,
      args: [
        ...nodeArgs,
        ...["--eval", startScript(findSdk(program.directory)), "--"],
        ...["--monitor", address, "--engine", address],
        ...["--organization", organization, "--project", name, "--stack", stack],
        ...["--root-directory", directory, "--pwd", program.directory],
        ...["--dry-run", "--parallel", "16", program.entry],
      ],
      env: {
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        // ES modules are compiled by the project's own ts-node, which the SDK does not tell.
        TS_NODE_TRANSPILE_ONLY: "true",
        ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
        ...(tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
      },
    };
  },
  explain: ({ first, all }, project) =>
    moduleError(all, project) ?? compilerError(first, project) ?? syntaxError(first, project),
  frame(line) {
    const [, file, row, column] =
      /^\s*at (?:async )?(?:.*\()?((?:\/|[A-Za-z]:|file:)[^()]*):(\d+):(\d+)\)?/.exec(line) ?? [];
    return file && row && column ? { file, line: row, column } : undefined;
  },
};

function optionsOf({ runtime: { options, file } }: Project) {
  const { typescript = true, tsconfig, nodeargs = "" } = options;
  if (typeof typescript !== "boolean")
    throw new UsageError(`${file}: the runtime option typescript must be true or false.`);
  if (tsconfig !== undefined && typeof tsconfig !== "string")
    throw new UsageError(`${file}: the runtime option tsconfig must be a path.`);
  if (typeof nodeargs !== "string")
    throw new UsageError(`${file}: the runtime option nodeargs must be a text.`);
  return { typescript, tsconfig, nodeArgs: words(nodeargs) };
}

/** A command line's words; quotes keep spaces. */
const words = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));

/** The `@pulumi/pulumi` that the program itself loads. */
function findSdk(directory: string): string {
  for (let at = directory; ; at = dirname(at)) {
    const sdk = join(at, "node_modules", "@pulumi", "pulumi");
    if (existsSync(join(sdk, "cmd", "run", "index.js"))) return realpathSync(sdk);
    if (dirname(at) === at)
      throw new ProgramError(`@pulumi/pulumi is not installed in ${directory}: run npm install there.`);
  }
}

function moduleError(said: string, project: Project): ProgramError | undefined {
  const typescript = /Unknown file extension "\.[cm]?ts" for (\S+)/.exec(said)?.[1];
  if (typescript) {
    const file = projectFile(pathToFileURL(typescript).href, project.directory) ?? typescript;
    return new ProgramError(
      `${file} is an ES module in TypeScript, which needs ts-node: ` +
        `run npm install --save-dev ts-node in ${project.directory}.`,
    );
  }
  const [, name, rest = ""] =
    /Cannot find (?:module|package) '([^']+)'([\s\S]*)/.exec(said) ??
    /We failed to locate the entry point for your program: (\S+)([\s\S]*)/.exec(said) ??
    [];
  if (!name) return undefined;
  const from = /(?:- |imported from )(\S+)/.exec(rest)?.[1];
  const file = from && (projectFile(pathToFileURL(from).href, project.directory) ?? from);
  const within = projectFile(pathToFileURL(name).href, project.directory);
  if (!from && resolve(name) === project.program.directory)
    return new ProgramError(
      `${project.program.directory} has no program: there is no index.ts or index.js, and package.json has no main.`,
    );
  if (name.startsWith(".") || name.startsWith("/"))
    return new ProgramError(
      name.startsWith("/") && !from
        ? `The program ${within ?? name} does not exist: see main in Pulumi.yaml and package.json.`
        : `${file ? `${file}: ` : ""}the file ${within ?? name} does not exist.`,
    );
  const pkg = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  // What an installed package lacks is its own business: the installation is broken.
  const own = file?.includes("node_modules") ? undefined : file;
  return new ProgramError(
    `${own ? `${own}: ` : ""}the package ${pkg} is not installed: ` +
      `run npm install ${own ? `${pkg} ` : ""}in ${project.directory}.`,
  );
}

/** What the compiler has against its settings, it says without a place. */
function compilerError(said: string, project: Project): ProgramError | undefined {
  const message = /^error TS\d+: (.*)$/m.exec(said)?.[1];
  return message === undefined
    ? undefined
    : new ProgramError(`${optionsOf(project).tsconfig ?? "tsconfig.json"}: ${message}`);
}

/** TypeScript and Node name the line of a syntax error each in their own way. */
function syntaxError(said: string, project: Project): ProgramError | undefined {
  const typescript = /^(.+?)(?:\((\d+),(\d+)\)|:(\d+):(\d+)) ?[:-] error (?:TS\d+): (.*)$/m.exec(said);
  if (typescript) {
    const [, path = "", l1, c1, l2, c2, message] = typescript;
    const file = projectFile(pathToFileURL(path).href, project.directory) ?? path;
    return new ProgramError(`${file}:${l1 ?? l2}:${c1 ?? c2}: ${message}`, said);
  }
  const javascript =
    /^(?:.*?:\s)?(\/.+?|[A-Za-z]:\\.+?|file:\/\/.+?):(\d+)\n[\s\S]*?^SyntaxError: (.*)$/m.exec(said);
  if (!javascript) return undefined;
  const [, path = "", line, message] = javascript;
  const url = path.startsWith("file:") ? path : pathToFileURL(path).href;
  return new ProgramError(`${projectFile(url, project.directory) ?? path}:${line}: ${message}`, said);
}
