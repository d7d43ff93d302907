import { execFile } from "node:child_process";
import { resolve } from "node:path";

const main = resolve(__dirname, "../../dist/cli/main.js");

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command, as a user would. */
export function preflight(
  args: readonly string[],
  { cwd, input, env = {} }: { cwd?: string; input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { cwd, env: { ...inherited, ...env }, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
