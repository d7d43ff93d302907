import type { Command } from "commander";
import { type ReportFlags, withReportFlags } from "./flags";

export const auditCommand = (command: Command): Command =>
  withReportFlags(
    command
      .description("judge deployed stacks by their state")
      .argument("<state...>", "what `pulumi stack export` writes, or checkpoint files; - is stdin"),
  ).action(run);

async function run(paths: string[], flags: ReportFlags): Promise<void> {
  const { attempt, finish, readFlags } = await import("./reporting.js");
  const options = { ...(await readFlags(flags)), all: flags.all ?? false };
  const { audit } = await import("../state/audit.js");
  const outcomes = [];
  for (const path of paths) outcomes.push(await attempt(path, () => audit(path, options)));
  process.exitCode = finish(outcomes, flags);
}
