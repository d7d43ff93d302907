import { json } from "./json";
import type { Report } from "./report";
import { text } from "./text";
import type { FailOn } from "./verdict";

/** A stack that could not be judged, and why. */
export interface Failure {
  path: string;
  message: string;
}

export interface RenderOptions {
  failOn: FailOn;
  /** Show what is undetermined one by one, and what passed. */
  all: boolean;
  /** The stacks that there is no report on. */
  failures: readonly Failure[];
  colors: boolean;
  width: number;
}

export type Renderer = (reports: readonly Report[], options: RenderOptions) => string;

/** Every format a report comes in. */
export const formats = { text, json } satisfies Record<string, Renderer>;
export type Format = keyof typeof formats;
