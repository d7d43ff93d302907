import { setImmediate } from "node:timers/promises";
import { Stack } from "../policies/stack";
import type { Inspect, InspectOptions } from "../report/inspect";
import type { Report } from "../report/report";
import { type PreviewOptions, preview } from "./preview";

export interface CheckOptions extends PreviewOptions, InspectOptions {}

/** Runs a Pulumi program offline and judges the stack that it would make. */
export async function check(directory: string, options: CheckOptions = {}): Promise<Report> {
  // A policy config may be wrong: then nothing is run. Without one, the rules are loaded while the program runs.
  const early = options.policyConfig && loadInspector(options);
  const running = preview(directory, options);
  await Promise.race([running, setImmediate()]);
  const inspect = early ?? loadInspector(options);
  const { project, stack, registrations, secrets, unanswered } = await running;
  return inspect(
    new Stack(registrations, { project, stack, secrets }),
    { kind: "program", path: directory, project, stack },
    unanswered,
  );
}

function loadInspector(options: InspectOptions): Inspect {
  const { inspector } = require("../report/inspect") as typeof import("../report/inspect");
  return inspector(options);
}
