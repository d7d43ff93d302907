import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { ProgramError } from "./errors";
import type { Command } from "./languages/language";
import type { Project } from "./project";

/** How a program came to its end. */
export type End = { code: number | null; signal: NodeJS.Signals | null } | "timeout";

interface Run {
  end: Promise<End>;
  stop(): void;
}

/** Starts the program of a project, with the command of its language. */
export function start(
  project: Project,
  { file, args, env, leaves }: Command,
  { timeout, onLine }: { timeout: number; onLine: (line: string, from: "stdout" | "stderr") => void },
): Run {
  const child = spawn(file, args, {
    cwd: project.program.directory,
    env: { ...inherited(), ...settingsOf(project), ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what the program started ends with it.
    detached: true,
  });
  running.set(child, leaves);
  watchSignals();

  const lines = (["stdout", "stderr"] as const).map((from) => {
    const reader = createInterface({ input: child[from], crlfDelay: Number.POSITIVE_INFINITY });
    reader.on("line", (line) => onLine(line, from));
    return new Promise<void>((done) => reader.once("close", done));
  });
  const end = new Promise<End>((done, fail) => {
    const timer = setTimeout(() => {
      done("timeout");
      stop(child);
    }, timeout);
    child.once("error", (error) => {
      clearTimeout(timer);
      stop(child);
      fail(new ProgramError(`${file} could not be started: ${error.message}`));
    });
    child.once("exit", async (code, signal) => {
      clearTimeout(timer);
      // What the program left running may hold its output open.
      stop(child);
      await Promise.all(lines);
      done({ code, signal });
    });
  });
  return { end, stop: () => stop(child) };
}

/** What the Pulumi of another run, such as the one that runs us, has told its program is not for this one. */
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(PULUMI_(NODEJS_|CONFIG|OTEL_)|TRACEPARENT$)/.test(name),
    ),
  );

/** Where the SDK of every language looks for the settings. */
function settingsOf({ settings }: Project): Record<string, string> {
  const all = [...settings];
  const secret = all.filter(([, setting]) => setting.secret).map(([key]) => key);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(all.map(([key, { value }]) => [key, value]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secret),
  };
}

/** The programs that run, each with the folder that was made for it. */
const running = new Map<ChildProcess, string | undefined>();

function stop(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) unwatchSignals();
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group is gone, or there are no groups on this system.
    child.kill("SIGKILL");
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
let watching = false;

/** Programs run in groups of their own: what ends this process does not reach them by itself. */
function watchSignals(): void {
  if (watching) return;
  watching = true;
  process.on("exit", stopAll);
  for (const signal of signals) process.on(signal, onSignal);
}

function unwatchSignals(): void {
  watching = false;
  process.off("exit", stopAll);
  for (const signal of signals) process.off(signal, onSignal);
}

function stopAll(): void {
  for (const [child, leaves] of [...running]) {
    stop(child);
    // What ends this process leaves nobody to do it.
    if (leaves) rmSync(leaves, { recursive: true, force: true });
  }
}

function onSignal(signal: NodeJS.Signals): void {
  stopAll();
  // With our own listener gone the signal does what it would have done.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
