import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { ProgramError } from "./errors";

/** How a process came to its end. */
export type End = { code: number | null; signal: NodeJS.Signals | null } | "timeout";

interface Run {
  end: Promise<End>;
  stop(): void;
}

interface Started {
  file: string;
  args: readonly string[];
  directory: string;
  env: NodeJS.ProcessEnv;
  /** A folder that was made for it, and is of no use when it is cut off. */
  leaves?: string | undefined;
}

interface Watched {
  /** In milliseconds. */
  timeout: number;
  onLine(line: string, from: "stdout" | "stderr"): void;
}

/** Starts a command; it and all that it starts end with it, with its time, and with this process. */
export function run({ file, args, directory, env, leaves }: Started, { timeout, onLine }: Watched): Run {
  const child = spawn(file, args, {
    cwd: directory,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that what it started ends with it.
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
      // What it left running may hold its output open.
      stop(child);
      await Promise.all(lines);
      done({ code, signal });
    });
  });
  return { end, stop: () => stop(child) };
}

/** What runs, each with the folder that was made for it. */
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

/** Commands run in groups of their own: what ends this process does not reach them by itself. */
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
