import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const packages = ["pulumi==3.272.0", "pulumi-aws==7.51.1", "pulumi-kubernetes==4.34.2"];

/** A virtual environment with Pulumi and two providers, made once a machine; nothing where it cannot be made. */
export function pulumiForPython(): { environment: string; interpreter: string } | undefined {
  const environment = join(tmpdir(), `preflight-${packages.join("-").replaceAll(/[^a-z0-9.-]+/g, "-")}`);
  const interpreter = join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const ready = join(environment, "ready");
  if (existsSync(ready)) return { environment, interpreter };
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment);
  const pip = ["-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "15"];
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", environment]],
    [interpreter, [...pip, "--disable-pip-version-check", ...packages]],
  ];
  for (const [command, args] of steps) {
    const { status, error, stdout, stderr } = spawnSync(command, args, {
      encoding: "utf8",
      timeout: 300_000,
    });
    if (status === 0) continue;
    const why = error?.message ?? (stderr || stdout).trim().split("\n").at(-1);
    process.stderr.write(
      `SKIPPED: the suite with Python programs. It needs python3 with venv, and ${packages.join(", ")}: ${why}\n`,
    );
    rmSync(environment, { recursive: true, force: true });
    return undefined;
  }
  writeFileSync(ready, "");
  return { environment, interpreter };
}
