import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stateOf } from "./state";

const sizes = [100, 1_000, 10_000];
const runs = 5;
const command = resolve(__dirname, "../cli/main.js");

/** How long `preflight audit` takes, and how much memory, for states of growing size. */
export function benchAudit(): string {
  const folder = mkdtempSync(join(tmpdir(), "preflight-bench-"));
  try {
    const rows = sizes.map((size) => {
      const state = join(folder, `${size}.json`);
      writeFileSync(state, JSON.stringify(stateOf(size)));
      const measured = Array.from({ length: runs }, () => measure(state));
      return { size, ms: median(measured.map((m) => m.ms)), mb: median(measured.map((m) => m.mb)) };
    });
    const lines = rows.map(({ size, ms, mb }, i) => {
      const before = rows[i - 1];
      const ratio = before ? `, ${(ms / before.ms).toFixed(1)}x the time of ${before.size}` : "";
      return `  ${String(size).padStart(6)} resources  ${ms.toFixed(0).padStart(5)} ms  ${mb.toFixed(0).padStart(4)} MB${ratio}`;
    });
    return [`audit, median of ${runs} (target: linear; 1000 in < 1000 ms and < 150 MB)`, ...lines].join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(state: string): { ms: number; mb: number } {
  const start = performance.now();
  const { status, output, stderr } = spawnSync(
    process.execPath,
    [
      "--require",
      join(__dirname, "peak.js"),
      command,
      "audit",
      state,
      "--format",
      "json",
      "--output",
      `${state}.report`,
    ],
    { stdio: ["ignore", "pipe", "pipe", "pipe"], encoding: "utf8" },
  );
  const ms = performance.now() - start;
  if (status !== 0 && status !== 1) throw new Error(`audit ended with ${status}: ${stderr}`);
  return { ms, mb: Number(output[3]) / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (require.main === module) process.stdout.write(`${benchAudit()}\n`);
