import type { Registration } from "../policies/stack";
import type { Answers } from "./answers";
import { ProgramError } from "./errors";

export interface PreviewOptions {
  stack?: string;
  config?: Record<string, string>;
  answers?: Answers;
  timeout?: number;
  onOutput?: (line: string) => void;
  onProgress?: (resources: number) => void;
}

export interface Preview {
  project: string;
  stack: string;
  directory: string;
  registrations: Registration[];
  secrets: Set<string>;
  unanswered: { token: string; count: number }[];
  output: string[];
}

export async function preview(directory: string, _options: PreviewOptions = {}): Promise<Preview> {
  throw new ProgramError(`${directory}: the offline preview is not there yet.`);
}
