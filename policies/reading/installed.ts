import type { Resource, Stack } from "../stack";
import { peek, text, Unknown } from "../value";
import { image } from "./image";
import { containers, type Workload } from "./workload";

/** What brings something into a cluster: charts, add-ons, and the workloads themselves. */
export const installers = [
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:helm.sh/v4:Chart",
  "aws:eks/addon:Addon",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:Deployment",
] as const;

type Installer = (typeof installers)[number];

const answers = new WeakMap<Stack<Installer>, Map<string, boolean>>();

/** Whether the stack brings something into a cluster whose chart, add-on, image or own name says so. */
export function installs(stack: Stack<Installer>, named: RegExp): boolean {
  const known = answers.get(stack) ?? new Map<string, boolean>();
  answers.set(stack, known);
  const answer =
    known.get(named.source) ?? stack.all(...installers).some((resource) => isNamed(resource, named));
  known.set(named.source, answer);
  return answer;
}

function isNamed(resource: Resource<Installer>, named: RegExp): boolean {
  const is = (name: unknown) => named.test(text(name) ?? "");
  switch (resource.type) {
    case "kubernetes:helm.sh/v3:Release":
    case "kubernetes:helm.sh/v4:Chart":
      return is(peek(resource.props, "chart")) || is(resource.name) || is(peek(resource.props, "name"));
    case "aws:eks/addon:Addon":
      return is(peek(resource.props, "addonName"));
    default:
      return is(resource.name) || imagesOf(resource).some(is);
  }
}

/** The images of a workload, as far as they are known. */
function imagesOf(workload: Resource<Workload>): unknown[] {
  return Array.from(containers(workload), ([, container]) =>
    container instanceof Unknown ? undefined : image(peek(container.spec, "image"))?.repository,
  );
}
