import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Figure, median, ms } from "./figure";
import { stateOf } from "./state";

const runs = 5;
const command = resolve(__dirname, "../dist/cli/main.js");
const peak = resolve(__dirname, "peak.js");

/** How long `preflight audit` takes, and how much memory, for states of growing size. */
export function benchAudit(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "preflight-bench-"));
  try {
    const [none, thousand, many] = [0, 1_000, 10_000].map((size) => measure(folder, size));
    if (!none || !thousand || !many) throw new Error("nothing was measured");
    // What every run pays is not what the resources cost.
    const growth = (many.ms - none.ms) / (thousand.ms - none.ms);
    return [
      {
        what: "audit of 1,000 resources",
        measured: `${ms(thousand.ms)}, ${thousand.mb.toFixed(0)} MB`,
        target: "< 1000 ms, < 150 MB",
        met: thousand.ms < 1000 && thousand.mb < 150,
      },
      {
        what: "audit of 10,000 resources",
        measured: `${ms(many.ms)}, ${many.mb.toFixed(0)} MB, ${growth.toFixed(1)}x the work of 1,000`,
        target: "linear: <= 12x",
        met: growth <= 12,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(folder: string, size: number): { ms: number; mb: number } {
  const state = join(folder, `${size}.json`);
  writeFileSync(state, JSON.stringify(stateOf(size)));
  const measured = Array.from({ length: runs }, () => audit(state));
  return { ms: median(measured.map((m) => m.ms)), mb: median(measured.map((m) => m.mb)) };
}

function audit(state: string): { ms: number; mb: number } {
  const start = performance.now();
  const { status, output, stderr } = spawnSync(
    process.execPath,
    ["--require", peak, command, "audit", state, "--format", "json", "--output", `${state}.report`],
    { stdio: ["ignore", "pipe", "pipe", "pipe"], encoding: "utf8" },
  );
  const took = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`audit ended with ${status}: ${stderr}`);
  return { ms: took, mb: Number(output[3]) / 1024 };
}
