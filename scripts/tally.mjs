// Adds up Jest's JSON results of every suite into one line, and fails when a test failed or a suite left none.
import { readdirSync, readFileSync } from "node:fs";

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(".jest").filter((f) => f.endsWith(".json"))) {
  const result = JSON.parse(readFileSync(`.jest/${file}`, "utf8"));
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  total.skipped += result.numPendingTests + result.numTodoTests;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
