import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { encrypted, unknownText } from "../policies/value";
import { exampleAnswers } from "./answers";
import { dataSources } from "./data-sources";
import { ProgramError } from "./errors";
import type { Language } from "./languages/language";
import { projectFile } from "./places";
import type { End } from "./process";
import { missingSetting, type Project } from "./project";

/** What is known of a program that did not come to its end. */
interface Failed {
  project: Project;
  language: Language;
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
    settingError(first, project) ?? failed.language.explain({ first, all: `${all}\n${stderr}` }, project);
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
      "The program ended before all its resources were registered: it exits by itself (process.exit(), os.Exit()), or awaits what never comes. " +
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
  const { message, at, trail } = trim(first, failed);
  const [, ...others] = errors;
  return new ProgramError(
    `${at ? `${at}: ` : ""}${message}${unreachable.test(message) ? network : hint(message, failed)}`,
    [trail, ...others.map((e) => trim(e, failed).details)].filter(Boolean).join("\n\n") || undefined,
  );
}

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT)\b/;
const network =
  "\nThe program itself calls another machine, which has to be reachable: only what Pulumi would ask is answered offline.";

const leaked = /Pulumi runtime detected that \d+ promises were still active/;

const plain = (said: string) =>
  stripVTControlCharacters(said)
    .replace(/^Running program '.*' failed with an unhandled exception:\n/, "")
    // As Go programs say it.
    .replace(/^an unhandled error occurred: program failed:\s*(1 error occurred:\s*\* )?/, "")
    .replaceAll(unknownText, unknownShown)
    .trim();

const unknownShown = "<unknown>";

/** What no answer would have prevented. */
const unrelated =
  /\b(ENOENT|FileNotFoundError|Missing required property|unexpected keyword argument|missing \d+ required|module '\S+' has no attribute)\b/;

/** A program that fails on what a data source left open is helped by an answer. */
function hint(message: string, { unanswered }: Failed): string {
  if (unanswered.length === 0 || (unrelated.test(message) && !message.includes(unknownShown))) return "";
  // Those that we answer ourselves lack nothing but the region.
  const [first, ...more] = unanswered.filter((token) => !(token in dataSources));
  if (first === undefined)
    return (
      `\nWithout a region, what ${unanswered.join(", ")} ${unanswered.length > 1 ? "return" : "returns"} is unknown. ` +
      "If the program fails on that, give it one with --config aws:region=<region>."
    );
  return (
    `\nNobody could answer ${[first, ...more].join(", ")} offline, so what ${more.length > 0 ? "they return" : "it returns"} is unknown. ` +
    "If the program fails on that, write the results into a file, and name it with --answers answers.json:\n" +
    `  ${exampleAnswers(first)}`
  );
}

function settingError(said: string, project: Project): ProgramError | undefined {
  const missing = /Missing required configuration variable '([^']+)'/.exec(said)?.[1];
  if (missing) return missingSetting(missing, project);
  const wrong = /Configuration '([^']+)'(?: value '([\s\S]*?)')? (is [^\n]*|does [^\n]*)/.exec(said);
  const [, key, value, how] = wrong ?? [];
  if (!key || value === "" || !how) return undefined;
  if (value?.includes(encrypted)) {
    return new ProgramError(
      `The setting ${key} is encrypted, and the program needs its value: give it with --config ${key}=<value>.`,
    );
  }
  const isHidden = value === undefined || project.settings.get(key)?.secret;
  const shown = isHidden ? "" : ` ("${value}")`;
  return new ProgramError(`The setting ${key}${shown} ${how}: give another with --config ${key}=<value>.`);
}

/** An error as the language prints it, with the frames of the project's own code only. */
function trim(
  said: string,
  { project, language }: Failed,
): { message: string; details: string; at?: string; trail: string } {
  const lines = said.split("\n");
  const firstFrame = lines.findIndex((line) => /^\s+at /.test(line));
  const head = firstFrame < 0 ? lines : lines.slice(0, firstFrame);
  const frames = lines.slice(head.length).flatMap((line) => {
    const frame = language.frame(line);
    if (!frame) return [];
    const url = frame.file.startsWith("file:") ? frame.file : pathToFileURL(frame.file).href;
    const file = projectFile(url, project.directory);
    return file ? [[file, frame.line, ...(frame.column ? [frame.column] : [])].join(":")] : [];
  });
  const message = head
    .join("\n")
    .trim()
    .replace(/^<ref \*\d+> /, "");
  return {
    message: message.replace(/^Error: /, "") || "The program failed.",
    details: [message, ...frames.map(asFrame)].join("\n"),
    trail: frames.length > 1 ? frames.map(asFrame).join("\n") : "",
    ...(frames[0] && { at: frames[0] }),
  };
}

const asFrame = (at: string) => `    at ${at}`;
