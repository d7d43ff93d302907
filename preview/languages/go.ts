import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ProgramError, UsageError } from "../errors";
import { projectFile } from "../places";
import { run } from "../process";
import type { Project } from "../project";
import type { Frame, Language, Meanwhile } from "./language";
import { isExecutable, onPath } from "./on-path";

/** Programs in Go, and compiled programs of any language: the SDK in them is told all by the environment. */
export const go: Language = {
  async command(project, address, meanwhile) {
    const built = binaryOf(project) ?? (await build(project, meanwhile));
    return {
      file: built.file,
      args: [],
      env: {
        PULUMI_MONITOR: address,
        PULUMI_ENGINE: address,
        PULUMI_ORGANIZATION: project.organization,
        PULUMI_PROJECT: project.name,
        PULUMI_STACK: project.stack,
        PULUMI_ROOT_DIRECTORY: project.directory,
        PULUMI_DRY_RUN: "true",
        PULUMI_PARALLEL: "16",
        PULUMI_PLUGINS: undefined,
      },
      ...(built.folder && { leaves: built.folder }),
    };
  },
  explain: ({ all }, project) => panic(all, project),
  frame,
};

interface Built {
  file: string;
  /** The folder that was made for it. */
  folder?: string;
}

/** The program that Pulumi.yaml, or `--exec`, names. */
function binaryOf({ runtime: { options, file }, program }: Project): Built | undefined {
  const { binary } = options;
  if (binary === undefined) return undefined;
  if (typeof binary !== "string") throw new UsageError(`${file}: the runtime option binary must be a path.`);
  const found = [resolve(program.directory, binary)].find(isExecutable) ?? onPath(binary);
  if (found && isProgram(found)) return { file: found };
  if (found)
    throw new UsageError(`${found} is no program: it is neither compiled nor a script that begins with #!.`);
  if (isAbsolute(binary)) throw new UsageError(`${binary} is no program that can be run.`);
  throw new ProgramError(
    `The compiled program ${binary} that ${file} names is neither in ${program.directory} nor on PATH: ` +
      `build it (go build -o ${binary}), or give another with --exec <file>.`,
  );
}

/** How files begin that Linux, macOS (in each of its forms) and Windows run as they are. */
const beginnings = ["\x7fELF", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "\xca\xfe\xba\xbf", "MZ", "#!"];

/** What is none, Node would hand to a shell, which takes it for lines to run. */
function isProgram(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(4);
    readSync(file, start);
    return beginnings.some((beginning) => start.toString("latin1").startsWith(beginning));
  } finally {
    closeSync(file);
  }
}

/** After so many milliseconds a person wonders what is going on. */
const patience = 5_000;

async function build({ program: { directory } }: Project, { timeout, tell }: Meanwhile): Promise<Built> {
  if (!readdirSync(directory).some((name) => name.endsWith(".go")))
    throw new ProgramError(`${directory} has no program: there is no Go file.`);
  const compiler = onPath("go");
  if (!compiler)
    throw new ProgramError(
      "There is no go on PATH, which compiles the program: install it (https://go.dev/dl), " +
        "or compile the program elsewhere, and name it with --exec <file>.",
    );
  const folder = mkdtempSync(join(tmpdir(), "preflight-go-"));
  const file = join(folder, process.platform === "win32" ? "program.exe" : "program");
  const args = ["build", "-buildvcs=false", "-o", file, "."];
  const said: string[] = [];
  const compiling = run(
    { file: compiler, args, directory, env: process.env, leaves: folder },
    { timeout, onLine: (line) => said.push(line) },
  );
  const waiting = setTimeout(
    () => tell("compiling the program; the first time, with the SDKs it uses, takes minutes"),
    patience,
  );
  const end = await compiling.end.finally(() => clearTimeout(waiting));
  if (end !== "timeout" && end.code === 0 && isExecutable(file)) return { file, folder };
  rmSync(folder, { recursive: true, force: true });
  if (end === "timeout")
    throw new ProgramError(
      `The program was not compiled within ${timeout / 1000} s. The first time takes longest: run go build in ${directory} once, ` +
        "or give it more time with --timeout.",
    );
  throw end.code === 0
    ? new ProgramError(`${directory} has no program: its package is not main.`)
    : compilerError(said.join("\n").trim());
}

/** The first of the compiler's errors; the rest are details. */
function compilerError(said: string): ProgramError {
  const lines = said
    .split("\n")
    .filter((line) => !line.startsWith("# ") && !line.startsWith("go: downloading "));
  const first = lines.findIndex((line) => /^\S+\.go:\d+/.test(line));
  if (first < 0) return new ProgramError(`The program could not be compiled: ${lines.join("\n")}`);
  // What is to be done about a missing module is told in the lines below.
  const end = lines.findIndex((line, i) => i > first && !/^\s/.test(line));
  const own = lines.slice(first, end < 0 ? undefined : end);
  const more = lines.filter((_, i) => i < first || (end >= 0 && i >= end));
  return new ProgramError(own.join("\n").replace(/^\.\//, ""), more.join("\n") || undefined);
}

function panic(said: string, { directory }: Project): ProgramError | undefined {
  const [, message, trace = ""] =
    /^(?:panic|fatal error): (.*)\n([\s\S]*)$/m.exec(said.replaceAll(/ \[recovered.*\]$/gm, "")) ?? [];
  if (!message) return undefined;
  const places = trace.split("\n").flatMap((line) => {
    const at = frame(line);
    const file = at && projectFile(pathToFileURL(at.file).href, directory);
    return file ? [`${file}:${at.line}`] : [];
  });
  const [first, ...others] = places;
  const trail = [first, ...others].map((place) => `    at ${place}`).join("\n");
  return new ProgramError(
    `${first ? `${first}: ` : ""}panic: ${message}`,
    others.length > 0 ? trail : undefined,
  );
}

/** A line of a goroutine's trace, which names a function's place below its name. */
function frame(line: string): Frame | undefined {
  const [, file, row] = /^\t(.+\.go):(\d+)(?: \+0x[0-9a-f]+)?$/.exec(line) ?? [];
  return file && row ? { file, line: row } : undefined;
}
