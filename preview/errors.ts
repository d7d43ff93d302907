/** Wrong usage or configuration: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** The program under check failed, or could not be run: exit code 3. */
export class ProgramError extends Error {
  constructor(
    message: string,
    /** The way to the error through the program's own code, and what else the program said. */
    readonly details?: string,
  ) {
    super(message);
    this.name = "ProgramError";
  }
}
