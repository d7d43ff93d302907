import * as pulumi from "@pulumi/pulumi";

interface Setting<T> {
  /** What to put there, as the end of "lexia:domain is missing: …". */
  what: string;
  default?: T;
}

interface SecretSetting {
  what: string;
  /** A shorter value stops the deployment. */
  length: number;
  /** How to make one (default: 32 random bytes in hexadecimal). */
  how?: string;
  /** What a value looks like, where not every character will do. */
  pattern?: RegExp;
}

/** Reads a program's config. What is missing or unfit stops the deployment, all of it named at once. */
export class Settings {
  private readonly problems: string[] = [];

  constructor(private readonly config = new pulumi.Config()) {}

  text(key: string, { what, default: otherwise }: Setting<string>): string {
    return this.given(key, what, this.config.get(key) ?? otherwise, "");
  }

  number(key: string, { what, default: otherwise }: Setting<number>): number {
    return this.given(key, what, this.config.getNumber(key) ?? otherwise, 0);
  }

  flag(key: string, { what, default: otherwise }: Setting<boolean>): boolean {
    return this.given(key, what, this.config.getBoolean(key) ?? otherwise, false);
  }

  map(key: string, { what, default: otherwise }: Setting<Record<string, string>>): Record<string, string> {
    return this.given(key, what, this.config.getObject<Record<string, string>>(key) ?? otherwise, {});
  }

  list(key: string, { what, default: otherwise }: Setting<string[]>): string[] {
    return this.given(key, what, this.config.getObject<string[]>(key) ?? otherwise, []);
  }

  secret(
    key: string,
    { what, length, how = "openssl rand -hex 32", pattern }: SecretSetting,
  ): pulumi.Output<string> {
    const set = `pulumi config set --secret ${this.config.name}:${key} "$(${how})"`;
    const value = this.config.getSecret(key);
    if (!value) {
      this.problems.push(`${this.config.name}:${key} is missing: ${what}.\n    ${set}`);
      return pulumi.secret("");
    }
    return value.apply((text) => {
      if (text.length < length)
        throw new pulumi.RunError(
          `${this.config.name}:${key} needs at least ${length} characters.\n    ${set}`,
        );
      if (pattern && !pattern.test(text))
        throw new pulumi.RunError(`${this.config.name}:${key} must be ${what}.\n    ${set}`);
      return text;
    });
  }

  /** A condition that types cannot hold. */
  must(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }

  /** Call it once everything has been read. */
  check(): void {
    if (this.problems.length > 0)
      throw new pulumi.RunError(`This stack is not configured yet:\n  ${this.problems.join("\n  ")}`);
  }

  private given<T>(key: string, what: string, value: T | undefined, stand: T): T {
    if (value !== undefined && value !== "") return value;
    this.problems.push(
      `${this.config.name}:${key} is missing: ${what}.\n    pulumi config set ${this.config.name}:${key} <value>`,
    );
    return stand;
  }
}
