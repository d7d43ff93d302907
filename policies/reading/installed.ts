import type { Resource, Stack } from "../stack";
import { attempt, items, peek, some, text, Unknown } from "../value";
import { image } from "./image";
import { containers, type Workload } from "./workload";

/** What brings something into a cluster: charts, manifests, add-ons, and the workloads themselves. */
export const installers = [
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:yaml/v2:ConfigFile",
  "kubernetes:yaml/v2:ConfigGroup",
  "aws:eks/addon:Addon",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:Deployment",
] as const;

type Installer = (typeof installers)[number];

const answers = new WeakMap<Stack<Installer>, Map<string, boolean | Unknown>>();

/**
 * Whether the stack brings something into a cluster whose chart, file, add-on, image or own name says so. Throws
 * `Unknown` where only a chart that is not known may. An image that is not known is taken for another.
 */
export function installs(stack: Stack<Installer>, named: RegExp): boolean {
  const known = answers.get(stack) ?? new Map<string, boolean | Unknown>();
  answers.set(stack, known);
  const answer =
    known.get(named.source) ??
    attempt(() => some(stack.all(...installers), (resource) => isNamed(resource, named)));
  known.set(named.source, answer);
  if (answer instanceof Unknown) throw answer;
  return answer;
}

function isNamed(resource: Resource<Installer>, named: RegExp): boolean {
  const is = (name: unknown) => named.test(text(name) ?? "");
  switch (resource.type) {
    // It tells its name and nothing else of itself.
    case "kubernetes:helm.sh/v3:Chart":
      return is(resource.name);
    case "kubernetes:yaml/v2:ConfigFile":
      return is(resource.name) || is(peek(resource.props, "file"));
    case "kubernetes:yaml/v2:ConfigGroup":
      return is(resource.name) || listed(peek(resource.props, "files")).some(is);
    case "kubernetes:helm.sh/v3:Release":
    case "kubernetes:helm.sh/v4:Chart":
      return is(resource.name) || is(peek(resource.props, "name")) || is(resource.props.chart);
    case "aws:eks/addon:Addon":
      return is(peek(resource.props, "addonName"));
    default:
      return is(resource.name) || imagesOf(resource).some(is);
  }
}

/** One or several, as a list. */
const listed = (files: string | string[] | Unknown | undefined): unknown[] =>
  Array.isArray(files) ? items(files) : [files];

/** The images of a workload, as far as they are known. */
function imagesOf(workload: Resource<Workload>): unknown[] {
  return Array.from(containers(workload), ([, container]) =>
    container instanceof Unknown ? undefined : image(peek(container.spec, "image"))?.repository,
  );
}
