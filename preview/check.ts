import { setImmediate } from "node:timers/promises";
import { Stack } from "../policies/stack";
import type { InspectOptions } from "../report/inspect";
import type { Report } from "../report/report";
import { type PreviewOptions, preview } from "./preview";

export interface CheckOptions extends PreviewOptions, InspectOptions {}

/** Runs a Pulumi program offline and judges the stack that it would make. */
export async function check(directory: string, options: CheckOptions = {}): Promise<Report> {
  const [made, { inspect }] = await Promise.all([preview(directory, options), whileItRuns()]);
  const { project, stack, registrations, secrets, unanswered } = made;
  return inspect(
    new Stack(registrations, { project, stack, secrets }),
    { kind: "program", path: directory, project, stack },
    options,
    unanswered,
  );
}

/** The rules take a moment to load: the program has started by then. */
async function whileItRuns(): Promise<typeof import("../report/inspect")> {
  await setImmediate();
  return require("../report/inspect");
}
