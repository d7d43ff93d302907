import { Stack } from "../policies/stack";
import { type InspectOptions, inspect } from "../report/inspect";
import type { Report } from "../report/report";
import { type PreviewOptions, preview } from "./preview";

export interface CheckOptions extends PreviewOptions, InspectOptions {}

/** Runs a Pulumi program offline and judges the stack that it would make. */
export async function check(directory: string, options: CheckOptions = {}): Promise<Report> {
  const { project, stack, registrations, secrets, unanswered } = await preview(directory, options);
  return inspect(
    new Stack(registrations, { project, stack, secrets }),
    { kind: "program", path: directory, project, stack },
    options,
    unanswered,
  );
}
