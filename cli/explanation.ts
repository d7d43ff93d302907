import type { Example } from "../policies/example";
import type { Rule } from "../policies/rule";
import { defaultLevel } from "../policies/settings";
import { painter, toneOf, wrap } from "../report/layout";
import { controlsOf, optionsOf } from "./catalogue";
import { exampleCode } from "./example-code";

/** Everything there is to say of a rule, for a person in a terminal. */
export function explanation(rule: Rule, colors: boolean, width: number): string {
  const paint = painter(colors);
  const heading = (text: string) => paint("bold", text);
  const example = ({ title, ...rest }: Example) =>
    `  ${paint("dim", `// ${title}`)}\n${exampleCode({ title, ...rest }).replace(/^(?=.)/gm, "  ")}`;
  const options = optionsOf(rule).map(
    (o) => `  ${o.name} (${o.type}, ${o.default} by default)\n${wrap(o.description, width, "    ")}`,
  );
  const [good] = rule.examples.good;
  const [bad] = rule.examples.bad;
  const controls = controlsOf(rule.controls).map(([framework, ids]) => `  ${framework}: ${ids.join(", ")}`);
  const blocks = [
    `${heading(rule.id)}  ${paint(toneOf(rule.severity), rule.severity)}, ${defaultLevel(rule.severity)}`,
    wrap(rule.title, width, ""),
    `${heading("Why")}\n${wrap(rule.why, width, "  ")}`,
    `${heading("Fix")}\n${wrap(rule.fix, width, "  ")}`,
    ...(options.length > 0 ? [`${heading("Options")}\n${options.join("\n")}`] : []),
    ...(bad ? [`${heading("Breaks it")}\n${example(bad)}`] : []),
    ...(good ? [`${heading("Keeps it")}\n${example(good)}`] : []),
    `${heading("Judges")}\n${rule.on.map((type) => `  ${type}`).join("\n")}`,
    ...(controls.length > 0 ? [`${heading("Known elsewhere as")}\n${controls.join("\n")}`] : []),
    ...(rule.checklists.length > 0 ? [`${heading("Asked for by")}\n  ${rule.checklists.join(", ")}`] : []),
    ...(rule.links?.length
      ? [`${heading("More")}\n${rule.links.map((link) => `  ${link}`).join("\n")}`]
      : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}
