import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { ProgramError } from "./errors";
import type { Project } from "./project";
import { startScript } from "./standin";

/** How a program came to its end. */
export type End = { code: number | null; signal: NodeJS.Signals | null } | "timeout";

interface Run {
  end: Promise<End>;
  stop(): void;
}

/** Starts the program of a project, as the language host of the Pulumi CLI does. */
export function start(
  project: Project,
  address: string,
  { timeout, onLine }: { timeout: number; onLine: (line: string, from: "stdout" | "stderr") => void },
): Run {
  const sdk = findSdk(project.program.directory);
  const { runtime, program } = project;
  const child = spawn(
    process.execPath,
    [
      ...runtime.nodeArgs,
      "--eval",
      startScript(sdk),
      "--",
      "--monitor",
      address,
      "--engine",
      address,
      "--organization",
      project.organization,
      "--project",
      project.name,
      "--root-directory",
      project.directory,
      "--stack",
      project.stack,
      "--pwd",
      program.directory,
      "--dry-run",
      "--parallel",
      "16",
      program.entry,
    ],
    {
      cwd: program.directory,
      env: environment(project),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that what the program started ends with it.
      detached: true,
    },
  );
  running.add(child);
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
      fail(new ProgramError(`${process.execPath} could not be started: ${error.message}`));
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

/** The `@pulumi/pulumi` that the program itself loads. */
function findSdk(directory: string): string {
  for (let at = directory; ; at = dirname(at)) {
    const sdk = join(at, "node_modules", "@pulumi", "pulumi");
    if (existsSync(join(sdk, "cmd", "run", "index.js"))) return realpathSync(sdk);
    if (dirname(at) === at)
      throw new ProgramError(`@pulumi/pulumi is not installed in ${directory}: run npm install there.`);
  }
}

function environment({ settings, runtime }: Project): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI_(NODEJS_|CONFIG|OTEL_)|TRACEPARENT$)/.test(name),
  );
  const all = [...settings];
  return {
    ...Object.fromEntries(inherited),
    PULUMI_CONFIG: JSON.stringify(
      Object.fromEntries(all.map(([key, { value }]) => [key.replace(":", ":config:"), value])),
    ),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(all.filter(([, { secret }]) => secret).map(([key]) => key)),
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    ...(runtime.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(runtime.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: runtime.tsconfig }),
  };
}

const running = new Set<ChildProcess>();

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
  for (const child of [...running]) stop(child);
}

function onSignal(signal: NodeJS.Signals): void {
  stopAll();
  // With our own listener gone the signal does what it would have done.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
