import { type Command, Option } from "commander";
import { type Format, formats } from "../report";
import { type FailOn, failOns } from "../report/verdict";

/** What `check` and `audit` are told about their report. */
export interface ReportFlags {
  policyConfig?: string;
  failOn: FailOn;
  all?: boolean;
  format: Format;
  output?: string;
}

export const withReportFlags = (command: Command): Command =>
  command
    .option(
      "--policy-config <file>",
      "levels and options of rules, as --policy-pack-config of pulumi takes them",
    )
    .addOption(
      new Option("--fail-on <what>", "the level or severity from which on violations end with 1")
        .choices(failOns)
        .default("mandatory"),
    )
    .option("--all", "show what passed and what is not known yet, too")
    .addOption(
      new Option("--format <format>", "how to write the report")
        .choices(Object.keys(formats))
        .default("text"),
    )
    .option("--output <file>", "write the report to a file");
