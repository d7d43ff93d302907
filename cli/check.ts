import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { type ReportFlags, withReportFlags } from "./flags";
import { progress } from "./progress";

interface Flags extends ReportFlags {
  stack?: string;
  config?: Record<string, string>;
  answers?: string;
  timeout?: number;
  exec?: string;
}

export const checkCommand = (command: Command): Command =>
  withReportFlags(
    command
      .description("run Pulumi programs offline and judge the stacks they would make")
      .argument("[dir...]", "folders with a Pulumi.yaml; without any, this one")
      .option("--stack <name>", "the stack whose settings to use")
      .option("--config <key=value>", "a setting, over those of the stack (repeatable)", setting)
      .option("--answers <file>", "what the data sources that nobody can ask offline would return")
      .option("--exec <file>", "a compiled program to run, instead of what Pulumi.yaml says")
      .option("--timeout <seconds>", "how long a program may run", seconds),
  ).action(run);

async function run(directories: string[], flags: Flags): Promise<void> {
  const { attempt, finish, readFlags } = await import("./reporting.js");
  const { readAnswers } = await import("../preview/answers.js");
  const { readJson } = await import("../state/file.js");
  const { UsageError } = await import("../preview/errors.js");
  const { stack, config, timeout, exec, all = false } = flags;
  if (exec !== undefined && directories.length > 1)
    throw new UsageError("--exec names the program of one folder: name that folder only.");
  const options = {
    all,
    ...(await readFlags(flags)),
    ...(stack !== undefined && { stack }),
    ...(config !== undefined && { config }),
    ...(exec !== undefined && { exec }),
    ...(timeout !== undefined && { timeout: timeout * 1000 }),
    ...(flags.answers !== undefined && { answers: readAnswers(readJson(flags.answers)) }),
  };
  const { check } = await import("../preview/check.js");
  const paths = directories.length > 0 ? directories : ["."];
  const watch = progress(paths);
  const outcomes = await sideBySide(paths, async (path) => {
    const outcome = await attempt(path, () =>
      check(path, {
        ...options,
        onOutput: (line) => watch.output(path, line),
        onProgress: (count) => watch.resources(path, count),
      }),
    );
    watch.done(path);
    return outcome;
  });
  process.exitCode = finish(outcomes, flags);
}

/** Runs one task an item, as many at once as there are cores; the results in the order of the items. */
async function sideBySide<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [i, item] of queue) results[i] = await task(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

function setting(text: string, others: Record<string, string> = {}): Record<string, string> {
  const [key = "", ...value] = text.split("=");
  if (key === "" || value.length === 0) throw new InvalidArgumentError("It is written key=value.");
  return { ...others, [key]: value.join("=") };
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("It is a number of seconds, such as 60.");
  return number;
}
