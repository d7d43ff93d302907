import { cell, controlsOf, optionsOf } from "../cli/catalogue";
import { exampleCode } from "../cli/example-code";
import type { Example } from "../policies/example";
import type { Rule } from "../policies/rule";
import { defaultLevel } from "../policies/settings";

/** A rule as a Markdown page. */
export function rulePage(rule: Rule): string {
  const { examples, controls, checklists, links = [] } = rule;
  const options = optionsOf(rule).map((o) => [`\`${o.name}\``, o.type, `\`${o.default}\``, o.description]);
  const known = controlsOf(controls).map(([framework, ids]) => [framework, ids.join(", ")]);
  const blocks = [
    `# ${rule.id}`,
    "<!-- Generated from the rule by `npm run docs`. Edit the rule, not this page. -->",
    `**${rule.title}**`,
    `Severity: ${rule.severity}, ${defaultLevel(rule.severity)} by default.${asked(checklists)}`,
    rule.why,
    `**Fix.** ${rule.fix}`,
    ...section(
      "Options",
      options.length > 0 && table(["Option", "Type", "Default", "What it does"], options),
    ),
    ...section("Accepted", examples.good.map(code).join("\n\n")),
    ...section("Rejected", examples.bad.map(code).join("\n\n")),
    ...section("Left open until deployment", examples.undetermined?.map(code).join("\n\n")),
    ...section("Judges", rule.on.map((type) => `- \`${type}\``).join("\n")),
    ...section("Known elsewhere as", known.length > 0 && table(["Catalogue", "Ids"], known)),
    ...section("More", links.map((link) => `- <${link}>`).join("\n")),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const section = (title: string, body: string | false | undefined): string[] =>
  body ? [`## ${title}`, body] : [];

const asked = (systems: readonly string[]): string =>
  systems.length > 0 ? ` Asked for by the checklists of ${systems.join(", ")}.` : "";

const code = (example: Example): string => {
  const options = example.config ? `, with \`${JSON.stringify(example.config)}\`` : "";
  return `${example.title}${options}:\n\n\`\`\`ts\n${exampleCode(example)}\n\`\`\``;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
