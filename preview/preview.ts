import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { soundsSecret } from "../policies/reading/secret";
import type { Registration } from "../policies/stack";
import { encrypted } from "../policies/value";
import type { Answers } from "./answers";
import type { ProgramError } from "./errors";
import { explain } from "./failure";
import { languageOf } from "./languages";
import type { Monitor } from "./monitor";
import { start } from "./program";
import { type Project, readProject, type Setting } from "./project";

export interface PreviewOptions {
  /** Default: the only stack with a file of settings, else `dev`. */
  stack?: string;
  /** Settings that override the files'; a key without a namespace belongs to the project. */
  config?: Record<string, string>;
  /** What data sources, remote components and stack references return. */
  answers?: Answers;
  /** A compiled program to run in place of what `Pulumi.yaml` says. */
  exec?: string;
  /** In milliseconds. Default: two minutes. */
  timeout?: number;
  /** What the program prints, as it comes. */
  onOutput?: (line: string) => void;
  /** The number of resources so far. */
  onProgress?: (resources: number) => void;
}

export interface Preview {
  project: string;
  stack: string;
  directory: string;
  registrations: Registration[];
  /** The values of secret settings that are known in plain text. */
  secrets: Set<string>;
  /** Data sources and remote components that nobody could answer for. */
  unanswered: { token: string; count: number }[];
  /** What the program printed, unless it was handed on as it came. */
  output: string[];
}

/** Runs a Pulumi program without CLI, cloud or provider plugins: what a first `pulumi preview` would register. */
export async function preview(directory: string, options: PreviewOptions = {}): Promise<Preview> {
  const { timeout = 120_000, onProgress = () => {} } = options;
  const project = readProject(directory, options);
  const language = languageOf(project.runtime.name);
  const output: string[] = [];
  const onOutput = options.onOutput ?? ((line: string) => output.push(line));
  const errors: string[] = [];
  const stderr: string[] = [];
  let refused: ProgramError | undefined;

  // The program starts at once; what it says waits until the code that answers is loaded.
  const waiting: Socket[] = [];
  let connect = (socket: Socket): void => {
    waiting.push(socket);
  };
  const door = createServer((socket) => connect(socket));
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  let monitor: Monitor | undefined;
  let leaves: string | undefined;
  try {
    const tell = options.onOutput ?? (() => {});
    const command = await language.command(project, addressOf(door), { timeout, tell });
    leaves = command.leaves;
    const run = start(project, command, {
      timeout,
      onLine(line, from) {
        if (from === "stderr") stderr.push(line);
        onOutput(line);
      },
    });
    const { Monitor } = require("./monitor") as typeof import("./monitor");
    const engine = new Monitor(project, options.answers, {
      onLog(severity, message) {
        // An error makes the preview fail, and is told there.
        if (severity === "error") errors.push(message);
        else onOutput(severity === "info" ? message : `${severity}: ${message}`);
      },
      onRegistration: onProgress,
      onFailure(error) {
        refused ??= error;
        run.stop();
      },
    });
    monitor = engine;
    connect = (socket) => engine.connect(socket);
    for (const socket of waiting) engine.connect(socket);

    const end = await run.end;
    if (refused) throw refused;
    const unanswered = [...engine.unanswered].map(([token, count]) => ({ token, count }));
    if (end === "timeout" || end.code !== 0 || !engine.ended || errors.length > 0)
      throw explain({
        project,
        language,
        end,
        timeout,
        errors,
        stderr,
        unanswered: unanswered.map((u) => u.token),
      });
    return {
      project: project.name,
      stack: project.stack,
      directory: project.directory,
      registrations: engine.registrations,
      secrets: secretsOf(project),
      unanswered,
      output,
    };
  } finally {
    door.close();
    monitor?.close();
    if (leaves) rmSync(leaves, { recursive: true, force: true });
  }
}

function addressOf(door: ReturnType<typeof createServer>): string {
  const address = door.address();
  if (address === null || typeof address === "string") throw new Error("no port to listen on");
  return `127.0.0.1:${address.port}`;
}

function secretsOf({ settings }: Project): Set<string> {
  // Nothing tells of a setting that no file has whether it will be kept as a secret, but its name.
  const isSecret = ([key, { secret, given }]: [string, Setting]) =>
    secret || (given && soundsSecret(key.slice(key.indexOf(":") + 1)));
  const values = [...settings].filter(isSecret).map(([, { value }]) => value);
  return new Set(values.filter((value) => value !== "" && !value.includes(encrypted)));
}
