import type { ProgramError } from "../errors";
import type { Project } from "../project";

/** How the programs of one language are run, and what their errors mean. */
export interface Language {
  /** The command that runs the program against the monitor at an address, as the language host of the Pulumi CLI does. */
  command(project: Project, address: string, meanwhile: Meanwhile): Command | Promise<Command>;
  /** What is wrong, where the program's own words do not tell what to do. */
  explain(said: Said, project: Project): ProgramError | undefined;
  /** The file, line and, if it is told, the column of a line of an error's stack trace. */
  frame(line: string): Frame | undefined;
}

/** What holds until the command is there. */
export interface Meanwhile {
  /** In milliseconds: what takes longer is given up. */
  timeout: number;
  /** Says what takes long. */
  tell(line: string): void;
}

export interface Command {
  file: string;
  args: readonly string[];
  /** Over the environment of this process; what is undefined is left out. */
  env: Readonly<Record<string, string | undefined>>;
  /** A folder that was made for the run, and is gone after it. */
  leaves?: string;
}

/** What a program that failed has told. */
interface Said {
  /** The first error, which is the cause. */
  first: string;
  /** All errors, and what was written to stderr. */
  all: string;
}

export interface Frame {
  /** A path or a URL. */
  file: string;
  line: string;
  column?: string;
}

/** The field that marks an answer as one that nobody has. */
export const unansweredMark = "preflight:unanswered";
