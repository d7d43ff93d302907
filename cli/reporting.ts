import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type PolicyConfig, SettingsError, settings } from "../policies/settings";
import { UsageError } from "../preview/errors";
import { type Failure, formats } from "../report";
import type { Report } from "../report/report";
import { fails } from "../report/verdict";
import { readJson, why } from "../state/file";
import { exitCode, explainError } from "./errors";
import type { ReportFlags } from "./flags";
import { colorsOf, widthOf } from "./terminal";

/** A report on one stack, or why there is none. */
export type Outcome = { report: Report } | { failure: Failure; code: number };

export async function attempt(path: string, run: () => Report | Promise<Report>): Promise<Outcome> {
  try {
    return { report: await run() };
  } catch (error) {
    const { message, code } = explainError(error);
    return { failure: { path, message }, code };
  }
}

/** What can be wrong with the flags is said before the long work begins. */
export async function readFlags(flags: ReportFlags): Promise<{ policyConfig?: PolicyConfig }> {
  const { policyConfig, output } = flags;
  if (output !== undefined) mustBeWritable(output);
  if (policyConfig === undefined) return {};
  const config = readJson(policyConfig) as PolicyConfig;
  const { rules } = await import("../policies/index.js");
  try {
    settings(config, rules);
  } catch (error) {
    if (error instanceof SettingsError) throw new SettingsError(`${policyConfig}: ${error.message}`);
    throw error;
  }
  return { policyConfig: config };
}

function mustBeWritable(path: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw new UsageError(`--output ${path} is a directory. Name a file in it.`);
    // With the slash a file in the place of the folder is refused, too.
    accessSync(existing ? path : `${dirname(path)}/`, constants.W_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--output ${path} cannot be written: ${why(error)}.`);
  }
}

/** Writes the report where it belongs, and what failed to stderr; says with what to exit. */
export function finish(outcomes: readonly Outcome[], flags: ReportFlags): number {
  const { failOn, all = false, format, output } = flags;
  const reports = outcomes.flatMap((o) => ("report" in o ? [o.report] : []));
  const failures = outcomes.flatMap((o) => ("failure" in o ? [o.failure] : []));
  for (const { path, message } of failures)
    process.stderr.write(`error: ${message.includes(path) ? "" : `${path}: `}${message}\n`);
  if (reports.length > 0 || failures.length > 1) {
    const colors = output === undefined && colorsOf(process.stdout);
    const text = formats[format](reports, { failOn, all, failures, colors, width: widthOf(process.stdout) });
    if (output === undefined) process.stdout.write(text);
    else write(output, text);
  }
  return Math.max(
    ...outcomes.map((o) => {
      if ("failure" in o) return o.code;
      return fails(o.report, failOn) ? exitCode.violations : exitCode.passed;
    }),
  );
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output ${path} cannot be written: ${why(error)}.`);
  }
}
