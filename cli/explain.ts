import type { Command } from "commander";

export const explainCommand = (command: Command): Command =>
  command
    .description("say what a rule asks, why, and how to mend what breaks it")
    .argument("<rule>", "the rule's id, such as aws-s3-lifecycle")
    .action(run);

async function run(id: string): Promise<void> {
  const { rules } = await import("../policies/index.js");
  const { suggestion } = await import("../policies/settings.js");
  const { UsageError } = await import("../preview/errors.js");
  const { isAbout } = await import("./catalogue.js");
  const { explanation } = await import("./explanation.js");
  const { colorsOf, widthOf } = await import("./terminal.js");
  const rule = rules.find((r) => r.id === id);
  if (!rule) {
    const near = suggestion(
      id,
      rules.map((r) => r.id),
    );
    const about = rules.some((r) => isAbout(r, id));
    throw new UsageError(
      about
        ? `"${id}" is no rule, but what several are about: \`preflight rules --service ${id}\` lists them.`
        : `There is no rule "${id}".${near || " `preflight rules` lists them."}`,
    );
  }
  process.stdout.write(explanation(rule, colorsOf(process.stdout), widthOf(process.stdout)));
}
