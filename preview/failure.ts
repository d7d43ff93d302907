import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { encrypted } from "../policies/value";
import { ProgramError } from "./errors";
import { projectFile } from "./places";
import type { End } from "./program";
import { missingSetting, type Project } from "./project";

/** What is known of a program that did not come to its end. */
interface Failed {
  project: Project;
  end: End;
  timeout: number;
  /** What it told the engine as an error. */
  errors: readonly string[];
  /** What it wrote to stderr. */
  stderr: readonly string[];
  unanswered: readonly string[];
}

/** What went wrong, where, and what to do next. */
export function explain(failed: Failed): ProgramError {
  const { project, end, timeout } = failed;
  const errors = failed.errors.map(plain);
  // The first error is the cause; what follows from it may bury it.
  const stderr = plain(failed.stderr.join("\n"));
  const [first = stderr] = errors;
  const all = errors.join("\n\n") || stderr;
  const known =
    settingError(first, project) ?? moduleError(`${all}\n${stderr}`, project) ?? syntaxError(first, project);
  if (known) return known;
  if (end === "timeout") {
    return new ProgramError(
      `The program did not end within ${timeout / 1000} s. ` +
        "Something keeps it running, such as a server, a timer or a request; or give it more time with --timeout.",
      all || undefined,
    );
  }
  if (errors.length === 0 && (end.code === 0 || leaked.test(stderr))) {
    return new ProgramError(
      "The program ended before all its resources were registered: it calls process.exit(), or awaits what never comes. " +
        "Let it end by itself, and report errors by throwing them.",
    );
  }
  if (errors.length === 0) {
    const how = end.signal ? `was ended by ${end.signal}` : `exited with code ${end.code}`;
    const last = stderr.split("\n").slice(-12).join("\n");
    return new ProgramError(
      `The program ${how}${last ? `: ${last}` : " and said nothing."}`,
      stderr || undefined,
    );
  }
  const { message, at } = trim(first, project);
  return new ProgramError(
    `${at ? `${at}: ` : ""}${message}${hint(failed)}`,
    errors.map((e) => trim(e, project).details).join("\n\n"),
  );
}

const leaked = /Pulumi runtime detected that \d+ promises were still active/;

const plain = (said: string) =>
  stripVTControlCharacters(said)
    .replace(/^Running program '.*' failed with an unhandled exception:\n/, "")
    .trim();

/** A program that fails on what a data source left open is helped by an answer. */
function hint({ unanswered }: Failed): string {
  if (unanswered.length === 0) return "";
  return (
    `\nNobody could answer ${unanswered.join(", ")} offline, so what it returns is unknown. ` +
    "If the program fails on that, give the result in a file: --answers answers.json, " +
    `with { "${unanswered[0]}": { … } }.`
  );
}

function settingError(said: string, project: Project): ProgramError | undefined {
  const missing = /Missing required configuration variable '([^']+)'/.exec(said)?.[1];
  if (missing) return missingSetting(missing, project);
  const wrong = /Configuration '([^']+)' value '([\s\S]*?)' (is [^\n]*|does [^\n]*)/.exec(said);
  const [, key, value, how] = wrong ?? [];
  if (!key || !value || !how) return undefined;
  if (value.includes(encrypted)) {
    return new ProgramError(
      `The setting ${key} is encrypted, and the program needs its value: give it with --config ${key}=<value>.`,
    );
  }
  const shown = project.settings.get(key)?.secret ? "" : ` ("${value}")`;
  return new ProgramError(`The setting ${key}${shown} ${how}: give another with --config ${key}=<value>.`);
}

function moduleError(said: string, project: Project): ProgramError | undefined {
  const [, name, rest = ""] =
    /Cannot find (?:module|package) '([^']+)'([\s\S]*)/.exec(said) ??
    /We failed to locate the entry point for your program: (\S+)([\s\S]*)/.exec(said) ??
    [];
  if (!name) return undefined;
  const from = /(?:- |imported from )(\S+)/.exec(rest)?.[1];
  const file = from && (projectFile(pathToFileURL(from).href, project.directory) ?? from);
  const within = projectFile(pathToFileURL(name).href, project.directory);
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

/** An error as Node prints it, with the frames of the project's own code only. */
function trim(said: string, project: Project): { message: string; details: string; at?: string } {
  const lines = said.split("\n");
  const firstFrame = lines.findIndex((line) => /^\s+at /.test(line));
  const head = firstFrame < 0 ? lines : lines.slice(0, firstFrame);
  const frames = lines.slice(head.length).flatMap((line) => {
    const [, path, row, column] =
      /^\s*at (?:async )?(?:.*\()?((?:\/|[A-Za-z]:|file:)[^()]*):(\d+):(\d+)\)?/.exec(line) ?? [];
    if (!path) return [];
    const file = projectFile(path.startsWith("file:") ? path : pathToFileURL(path).href, project.directory);
    return file ? [`${file}:${row}:${column}`] : [];
  });
  const message = head
    .join("\n")
    .trim()
    .replace(/^<ref \*\d+> /, "");
  return {
    message: message.replace(/^Error: /, "") || "The program failed.",
    details: [message, ...frames.map((at) => `    at ${at}`)].join("\n"),
    ...(frames[0] && { at: frames[0] }),
  };
}
