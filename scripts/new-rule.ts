/** Writes the skeleton of a rule: `npm run new-rule -- aws-ecs-log-driver`. */
import { resolve } from "node:path";
import { CannotScaffold, scaffold } from "./scaffold";

const [id, ...more] = process.argv.slice(2);
try {
  if (id === undefined || more.length > 0) throw new CannotScaffold("Usage: npm run new-rule -- <rule id>");
  const { file } = scaffold(id, resolve(__dirname, ".."));
  process.stdout.write(`Wrote ${file} and listed it in policies/index.ts. Now:
  1. Say in it what must hold, why, and how to mend it.
  2. Write the examples, good and bad: they are the rule's documentation and its tests.
  3. Write the check, until \`npx jest -t ${id}\` passes.
  4. npm run docs
  5. npm run check
`);
} catch (error) {
  if (!(error instanceof CannotScaffold)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 2;
}
