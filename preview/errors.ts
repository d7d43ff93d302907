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
    /** What the program itself said, with the frames of its own code only. */
    readonly details?: string,
  ) {
    super(message);
    this.name = "ProgramError";
  }
}
