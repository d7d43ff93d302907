import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { compared, type Figure, ms } from "./figure";

const root = resolve(__dirname, "..");
const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const target = 1.15;
const runs = 9;

/** How long the pack takes until it has told Pulumi what rules it has, against an empty pack made with @pulumi/policy. */
export async function benchPack(): Promise<Figure[]> {
  const empty = emptyPack();
  try {
    const { ours, theirs, ratio } = await compared(
      () => start(root),
      () => start(empty),
      runs,
    );
    return [
      {
        what: "start of the pack",
        measured: `${ms(ours)}, ${ratio.toFixed(2)}x an empty official pack (${ms(theirs)})`,
        target: `<= ${target}x`,
        met: ratio <= target,
      },
    ];
  } finally {
    rmSync(empty, { recursive: true });
  }
}

/** It lies inside the repository, so that it finds the same packages. */
function emptyPack(): string {
  const folder = mkdtempSync(join(__dirname, ".empty-"));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "empty", version: "0.0.0", main: "index.js" }),
  );
  writeFileSync(
    join(folder, "index.js"),
    'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [] });\n',
  );
  return folder;
}

/** Milliseconds from the start of a pack to its answer to the engine's first question. */
async function start(folder: string): Promise<number> {
  const began = performance.now();
  const pack = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(pack, "exit");
  const [port] = await Promise.race([once(pack.stdout, "data"), ended]);
  if (pack.exitCode !== null) throw new Error(`The pack in ${folder} ended before it named its port.`);
  const client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
  await new Promise<void>((done, fail) => {
    client.getAnalyzerInfo(new Empty(), (error) => (error ? fail(error) : done()));
  });
  const took = performance.now() - began;
  client.close();
  pack.kill();
  await ended;
  return took;
}
