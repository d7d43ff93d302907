import { Stack } from "../policies/stack";
import { type InspectOptions, inspector } from "../report/inspect";
import type { Report } from "../report/report";
import { readJson } from "./file";
import { readState } from "./state";

/** Judges a deployed stack: the path of its state (`-` for stdin), or the state itself as `exportStack` gives it. */
export function audit(state: string | object, options: InspectOptions = {}): Report {
  const path = typeof state === "string" ? state : "state";
  const { project, stack, registrations } = readState(
    typeof state === "string" ? readJson(state) : state,
    path,
  );
  return inspector(options)(new Stack(registrations, { project, stack }), {
    kind: "state",
    path,
    project,
    stack,
  });
}
