import { type Command, Option } from "commander";
import { systems } from "../policies/rule";
import { severities } from "../report/verdict";

interface Flags {
  format: "text" | "json" | "markdown";
  severity?: string;
  service?: string;
  checklist?: string;
}

export const rulesCommand = (command: Command): Command =>
  command
    .description("list the rules")
    .addOption(
      new Option("--format <format>", "how to list them")
        .choices(["text", "json", "markdown"])
        .default("text"),
    )
    .addOption(new Option("--severity <severity>", "only those of a severity").choices(severities))
    .option("--service <service>", "only those of a provider or service, such as aws, rds or aws-rds")
    .addOption(new Option("--checklist <system>", "only those that a checklist asks for").choices(systems))
    .action(run);

async function run({ format, ...wanted }: Flags): Promise<void> {
  const { rules } = await import("../policies/index.js");
  const { choose, describe, markdownTable, textTable } = await import("./catalogue.js");
  const { colorsOf } = await import("./terminal.js");
  const chosen = choose(rules, wanted);
  if (format === "json") process.stdout.write(`${JSON.stringify(chosen.map(describe), null, 2)}\n`);
  else if (format === "markdown") process.stdout.write(markdownTable(chosen));
  else process.stdout.write(textTable(chosen, colorsOf(process.stdout)));
}
