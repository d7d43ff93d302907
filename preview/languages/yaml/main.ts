import { run } from "./run";

run(JSON.parse(process.argv[2] ?? "{}")).then((ended) => {
  process.exitCode = ended ? 0 : 1;
});
