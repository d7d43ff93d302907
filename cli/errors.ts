import { SettingsError } from "../policies/settings";
import { ProgramError, UsageError } from "../preview/errors";

export const exitCode = { passed: 0, violations: 1, usage: 2, program: 3 } as const;

/** What a person is told of an error, and what the command ends with. */
export function explainError(error: unknown): { message: string; code: number } {
  if (error instanceof UsageError || error instanceof SettingsError)
    return { message: error.message, code: exitCode.usage };
  if (error instanceof ProgramError) {
    const details = error.details?.replace(/^\n+|\s+$/g, "");
    return { message: details ? `${error.message}\n${details}` : error.message, code: exitCode.program };
  }
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return {
    message: process.env.PREFLIGHT_DEBUG
      ? `This is a bug in Preflight.\n${stack}`
      : `This is a bug in Preflight: ${message.split("\n")[0]} (set PREFLIGHT_DEBUG=1 to see where, and please report it)`,
    code: exitCode.program,
  };
}
