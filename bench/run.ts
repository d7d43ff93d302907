import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { table } from "../report/layout";
import { benchAudit } from "./audit";
import { benchCheck } from "./check";
import type { Figure } from "./figure";
import { benchPack } from "./pack";

const readme = resolve(__dirname, "../README.md");

/** Measures everything that has a target; on a quiet machine, after a build. */
async function run(): Promise<void> {
  const figures: Figure[] = [];
  for (const bench of [benchPack, benchCheck, benchAudit]) figures.push(...(await bench()));
  const rows = figures.map((f) => [f.met ? "✔" : "✖", f.what, f.measured, f.target]);
  process.stdout.write(`${table(["", "what", "measured", "target"], rows).join("\n")}\n${machine()}\n`);
  if (process.argv.includes("--write")) write(figures);
  if (figures.some((f) => !f.met)) process.exitCode = 1;
}

const machine = () =>
  `Medians with Node.js ${process.versions.node} on ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}).`;

function write(figures: readonly Figure[]): void {
  const lines = [
    "| What | Measured | Target | |",
    "| --- | --- | --- | --- |",
    ...figures.map((f) => `| ${f.what} | ${f.measured} | ${f.target} | ${f.met ? "met" : "missed"} |`),
    "",
    machine(),
  ];
  const text = readFileSync(readme, "utf8");
  const written = text.replace(
    /(<!-- figures[^>]*-->\n)[\s\S]*?(<!-- \/figures -->)/,
    (_, start: string, end: string) => `${start}\n${lines.join("\n")}\n\n${end}`,
  );
  if (!written.includes(machine())) throw new Error("README.md has no place for the figures.");
  writeFileSync(readme, written);
}

void run();
