import { join } from "node:path";
import { exampleAnswers } from "../preview/answers";
import { dataSources } from "../preview/data-sources";
import type { Renderer, RenderOptions } from "./index";
import { type Paint, painter, plural, printable, table, toneOf, wrap } from "./layout";
import type { Finding, Report } from "./report";
import { fails, violations } from "./verdict";

/** For a person in a terminal. */
export const text: Renderer = (reports, options) => {
  const paint = painter(options.colors);
  const sections = reports.map((report) => section(report, options, paint));
  if (reports.length + options.failures.length > 1) sections.push(overview(reports, options, paint));
  return `${sections.join("\n\n")}\n`;
};

function section(report: Report, options: RenderOptions, paint: Paint): string {
  const { project, stack, path } = report.source;
  const title = [project, stack].filter(Boolean).join(" / ") || "An empty stack";
  const blocks = [`${paint(["bold", "underline"], printable(title))}  ${paint("dim", printable(path))}`];
  for (const findings of byResource(violations(report)).values())
    blocks.push(aboutResource(findings, report, options, paint));
  blocks.push(...asides(report, options, paint), summary(report, options, paint));
  return blocks.join("\n\n");
}

/** Violations by the resource they are of, in the order of the program's lines. */
function byResource(findings: readonly Finding[]): Map<string, Finding[]> {
  const ordered = findings
    .map((finding, i) => ({ finding, i, at: finding.at }))
    .sort((a, b) => {
      if (!a.at || !b.at) return Number(!a.at) - Number(!b.at) || a.i - b.i;
      return compare(a.at.file, b.at.file) || a.at.line - b.at.line || a.at.column - b.at.column || a.i - b.i;
    });
  return group(
    ordered.map((o) => o.finding),
    (finding) => finding.resource.urn,
  );
}

function aboutResource(findings: Finding[], report: Report, { width }: RenderOptions, paint: Paint): string {
  const [first] = findings;
  if (!first) return "";
  const { at, via = [], resource } = first;
  const lines: string[] = [];
  const who = `${paint("bold", printable(resource.name))}  ${paint("dim", printable(resource.type))}`;
  lines.push(at ? `${paint("cyan", place(at, report))}  ${who}` : who);
  for (const outer of via) lines.push(paint("dim", `  called from ${place(outer, report)}`));
  const rules = group(findings, (finding) => finding.rule);
  for (const broken of [...rules.values()].sort(bySeverity)) lines.push(...aboutRule(broken, width, paint));
  return lines.join("\n");
}

/** What one rule finds wrong with a resource: a line a part, then what to do, once. */
function aboutRule(findings: Finding[], width: number, paint: Paint): string[] {
  const [first] = findings;
  if (!first) return [];
  const { severity, level, rule, fix } = first;
  const mark = paint(toneOf(severity), `${level === "mandatory" ? "✖" : "▲"} ${severity.padEnd(8)}`);
  const indent = " ".repeat(13);
  const messages = findings.map(({ part, message = "" }, i) => {
    const said = wrap(part ? `${part}: ${message}` : message, width, indent, "");
    return i === 0 ? `  ${mark} ${said}` : `${indent}${said}`;
  });
  return [
    ...messages,
    ...(fix ? [wrap(fix, width, `${indent}  `, `${indent}${paint("green", "→")} `)] : []),
    `${indent}${paint("dim", rule)}`,
  ];
}

/** What is neither right nor wrong: open, waived, not answered, broken. */
function asides(report: Report, options: RenderOptions, paint: Paint): string[] {
  const { all, width } = options;
  const of = (outcome: Finding["outcome"]) => report.results.filter((r) => r.outcome === outcome);
  const blocks: string[] = [];

  const faults = [...group(of("fault"), (f) => f.rule)];
  if (faults.length > 0) {
    const what = faults.map(([rule, [first, ...more]]) => {
      const others = more.length > 0 ? ` and ${plural(more.length, "other")}` : "";
      return wrap(`${rule} on ${first?.resource.name}${others}: ${first?.message}`, width, "    ", "  ");
    });
    blocks.push(
      [
        `${paint(["bold", "magenta"], "Rules that failed")}: what they judge is not known. Please report it.`,
        ...what,
      ].join("\n"),
    );
  }

  if (report.unanswered.length > 0) {
    const tokens = report.unanswered.map(({ token, count }) =>
      count > 1 ? `${token} (${count} times)` : token,
    );
    // Those that we answer ourselves lack nothing but the region.
    const first = report.unanswered.find(({ token }) => !(token in dataSources));
    const remedy = first
      ? "Nobody could answer these calls of the program, so what hangs on them is unknown. " +
        "Write their results into a file, and name it with --answers answers.json:"
      : "Without a region these calls have no answer, so what hangs on them is unknown. " +
        "Give it with --config aws:region=<region>.";
    blocks.push(
      [
        paint("bold", "Not answered"),
        ...tokens.map((t) => `  ${printable(t)}`),
        wrap(remedy, width, "  "),
        ...(first ? [`    ${printable(exampleAnswers(first.token))}`] : []),
      ].join("\n"),
    );
  }

  const { resources, pass, violation, undetermined, waived: exempt, fault } = report.summary;
  if (pass + violation + undetermined + exempt + fault === 0) {
    // The stack itself is a resource, too.
    const why =
      resources > 1
        ? "No rule is about what it holds. `preflight rules` lists what they are about."
        : report.source.kind === "program"
          ? "The program makes no resources with these settings."
          : "The stack has no resources.";
    blocks.push(`${paint("bold", "Nothing was judged")}\n${wrap(why, width, "  ")}`);
  }

  const waived = of("waived");
  if (waived.length > 0) {
    const lines = waived.map((f) =>
      wrap(`${f.rule} on ${named(f)}: ${f.waiver?.reason} (until ${f.waiver?.until})`, width, "    ", "  "),
    );
    blocks.push([paint("bold", "Waived"), ...lines].join("\n"));
  }

  if (all) {
    const open = of("undetermined");
    if (open.length > 0) blocks.push([paint("bold", "Undetermined"), ...tally(open, true)].join("\n"));
    const other = of("not applicable");
    if (other.length > 0) blocks.push([paint("bold", "Not applicable"), ...tally(other, true)].join("\n"));
    const passed = of("pass");
    if (passed.length > 0) blocks.push([paint("bold", "Passed"), ...tally(passed, false)].join("\n"));
  }
  return blocks;
}

/** A rule a line, with the resources it is about. */
function tally(findings: readonly Finding[], reasons: boolean): string[] {
  return [...group(findings, (f) => f.rule)].flatMap(([rule, all]) =>
    reasons
      ? [`  ${rule}`, ...all.map((f) => `    ${printable(`${named(f)}: ${f.message ?? ""}`)}`)]
      : [`  ${rule}  ${plural(new Set(all.map((f) => f.resource.urn)).size, "resource")}`],
  );
}

function summary(report: Report, { all, failOn }: RenderOptions, paint: Paint): string {
  const { summary: s } = report;
  const broken = violations(report);
  const mandatory = broken.filter((f) => f.level === "mandatory").length;
  const failed = fails(report, failOn);
  const found =
    broken.length === 0
      ? "No violations"
      : `${plural(broken.length, "violation")}: ${mandatory} mandatory, ${broken.length - mandatory} advisory`;
  const rest = [
    ...(s.undetermined > 0 ? [`${s.undetermined} undetermined${all ? "" : " (--all lists them)"}`] : []),
    ...(s.waived > 0 ? [`${s.waived} waived`] : []),
    ...(s.fault > 0 ? [plural(s.fault, "fault")] : []),
    `${s.pass} passed`,
    `${plural(s.resources, "resource")} by ${plural(s.rules, "rule")}`,
  ];
  const tone = failed ? (["bold", "red"] as const) : broken.length > 0 ? "yellow" : "green";
  const mark = failed ? "✖" : broken.length > 0 ? "▲" : "✔";
  const [[first] = []] = [...group(broken, (f) => f.rule).values()].sort(bySeverity);
  return [
    paint(tone as Parameters<Paint>[0], `${mark} ${found}`),
    paint("dim", `  ${rest.join(" · ")}`),
    ...(first
      ? [paint("dim", `  \`preflight explain ${first.rule}\` says why, and shows how to mend it`)]
      : []),
  ].join("\n");
}

function overview(reports: readonly Report[], { failOn, failures }: RenderOptions, paint: Paint): string {
  const rows = reports.map((report) => {
    const mandatory = violations(report).filter((f) => f.level === "mandatory").length;
    const { source, summary: s } = report;
    return [
      fails(report, failOn) ? "✖" : "✔",
      printable(source.project),
      printable(source.stack),
      ...[s.resources, mandatory, s.violation - mandatory, s.undetermined].map(String),
    ];
  });
  const lost = failures.map(({ path }) => ["✖", printable(path), "could not be judged", "", "", "", ""]);
  const [head = "", ...lines] = table(
    ["", "project", "stack", "resources", "mandatory", "advisory", "undetermined"],
    [...rows, ...lost],
  );
  return [paint("bold", head), ...lines.map((l) => (l.startsWith("✖") ? paint("red", l) : l))].join("\n");
}

/** The path that an editor or a terminal opens. */
function place({ file, line, column }: NonNullable<Finding["at"]>, { source }: Report): string {
  const path = source.kind === "program" ? join(source.path, file) : file;
  return printable(`${path}:${line}:${column}`);
}

const named = ({ resource, part }: Finding): string => (part ? `${resource.name}, ${part}` : resource.name);

const ranks = ["critical", "high", "medium", "low"];
const rank = ([first]: Finding[]): number =>
  (first?.level === "mandatory" ? 0 : ranks.length) + ranks.indexOf(first?.severity ?? "low");
const bySeverity = (a: Finding[], b: Finding[]): number => rank(a) - rank(b);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const same = groups.get(key(item));
    if (same) same.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
