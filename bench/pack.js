// How long the pack takes until it has told Pulumi what rules it has, against an empty pack made with @pulumi/policy.
// Run it on a quiet machine, after a build: node bench/pack.js
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { credentials } = require("@grpc/grpc-js");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

const root = join(__dirname, "..");
const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
const target = 1.15;

async function benchPack(runs = 9) {
  const empty = emptyPack();
  try {
    const times = { pack: [], empty: [] };
    await start(root); // once, so that the disk is warm
    await start(empty);
    for (let i = 0; i < runs; i++) {
      times.pack.push(await start(root));
      times.empty.push(await start(empty));
    }
    const pack = median(times.pack);
    const baseline = median(times.empty);
    return { name: "pack start", ms: pack, baseline, ratio: pack / baseline, target };
  } finally {
    rmSync(empty, { recursive: true });
  }
}

/** It lies inside the repository, so that it finds the same packages. */
function emptyPack() {
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
async function start(folder) {
  const began = performance.now();
  const pack = spawn(process.execPath, [runner, "127.0.0.1:0", "."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(pack, "exit");
  const [port] = await Promise.race([once(pack.stdout, "data"), ended]);
  if (pack.exitCode !== null) throw new Error(`The pack in ${folder} ended before it named its port.`);
  const client = new AnalyzerClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
  await new Promise((resolve, reject) => {
    client.getAnalyzerInfo(new Empty(), (error) => (error ? reject(error) : resolve()));
  });
  const took = performance.now() - began;
  client.close();
  pack.kill();
  await ended;
  return took;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

module.exports = { benchPack };

if (require.main === module) {
  benchPack().then(({ ms, baseline, ratio }) => {
    const shown = `${ms.toFixed(0)} ms, an empty official pack ${baseline.toFixed(0)} ms: ${ratio.toFixed(2)}x`;
    process.stdout.write(`pack start: ${shown} (target <= ${target}x)\n`);
    process.exitCode = ratio <= target ? 0 : 1;
  });
}
