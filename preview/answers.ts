import { isDeepStrictEqual } from "node:util";
import { isObject, type Raw } from "../policies/value";
import { UsageError } from "./errors";

/** What data sources, remote components and stack references are to return, by token. */
export type Answers = ReadonlyMap<string, readonly Answer[]>;

interface Answer {
  /** The arguments it is meant for: those given must be equal, others may be anything. Without it, any. */
  args?: Raw;
  result: Raw;
}

/** Reads `{ "<token>": { …result } }` or `{ "<token>": [{ "args": {…}, "result": {…} }] }`. */
export function readAnswers(json: unknown): Answers {
  if (!isObject(json)) throw new UsageError("Answers must be an object: a result, or a list, by token.");
  return new Map(
    Object.entries(json).map(([token, given]) => {
      if (!/^[^:]+:[^:]*:[^:]+$/.test(token))
        throw new UsageError(`Answers: "${token}" is not a token such as "aws:ec2/getAmi:getAmi".`);
      if (isObject(given)) return [token, [{ result: given }]];
      if (Array.isArray(given)) return [token, given.map((one, i) => readAnswer(one, `${token}[${i}]`))];
      throw new UsageError(`Answers: ${token} must be an object (the result), or a list of args and result.`);
    }),
  );
}

function readAnswer(given: unknown, at: string): Answer {
  if (!isObject(given) || !isObject(given.result))
    throw new UsageError(`Answers: ${at} must be { "args": {…}, "result": {…} }.`);
  const stray = Object.keys(given).find((key) => key !== "args" && key !== "result");
  if (stray !== undefined) throw new UsageError(`Answers: ${at} has "${stray}", but only args and result.`);
  if (given.args === undefined) return { result: given.result };
  if (!isObject(given.args)) throw new UsageError(`Answers: ${at}.args must be an object.`);
  return { args: given.args, result: given.result };
}

/** A file of answers for one token, to begin with. */
export function exampleAnswers(token: string): string {
  // Nearly every data source of a provider returns an id; what else there is, only its documentation says.
  const output = /:get\w*$/.test(token) ? "id" : "<output>";
  return `{ ${JSON.stringify(token)}: { "${output}": "…" } }`;
}

/** The first answer that is meant for these arguments. */
export const answer = (answers: Answers | undefined, token: string, args: Raw): Raw | undefined =>
  answers?.get(token)?.find((a) => a.args === undefined || holds(args, a.args))?.result;

/** Whether a value has everything that a pattern asks for; lists must be equal. */
function holds(value: unknown, pattern: unknown): boolean {
  if (!isObject(pattern) || !isObject(value)) return isDeepStrictEqual(value, pattern);
  return Object.entries(pattern).every(([key, p]) => Object.hasOwn(value, key) && holds(value[key], p));
}
