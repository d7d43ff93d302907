#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { manifest } from "../policies/manifest";
import { auditCommand } from "./audit";
import { checkCommand } from "./check";
import { exitCode, explainError } from "./errors";
import { explainCommand } from "./explain";
import { rulesCommand } from "./rules";

const examples = `
Examples:
  preflight check                          the Pulumi program in this folder
  preflight check stacks/* --stack prod    several programs side by side
  pulumi stack export | preflight audit -  what is deployed
  preflight rules --severity critical      what is asked
  preflight explain aws-s3-lifecycle       why, and how to mend it

Exit codes: 0 nothing mandatory is broken · 1 violations · 2 wrong usage or configuration ·
            3 the program under check failed or could not be run`;

const program = new Command("preflight")
  .description(
    "Judges Pulumi programs and stacks by production checklists, before and after they are deployed.",
  )
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError("Run it with --help to see how it is used.")
  .addHelpText("after", examples);

checkCommand(program.command("check"));
auditCommand(program.command("audit"));
rulesCommand(program.command("rules"));
explainCommand(program.command("explain"));

// `preflight rules | head` closes the pipe early: that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong, and ends with 1 where a command line cannot be understood.
    process.exitCode = error.exitCode === 0 ? exitCode.passed : exitCode.usage;
    return;
  }
  const { message, code } = explainError(error);
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = code;
});
