import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { UsageError } from "./errors";

/** How deep below a folder its projects are looked for, and how many are named. */
const depth = 4;
const shown = 5;

export const projectFileIn = (directory: string): string | undefined =>
  ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(directory, name)).find((path) => existsSync(path));

/** What to say of a path that is no Pulumi project, with those that may have been meant. */
export function noProject(path: string): UsageError {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) return new UsageError(`There is no folder ${path}.`);
  if (!kind.isDirectory())
    return new UsageError(
      `${path} is a file: name the folder of a Pulumi project, where its Pulumi.yaml is.`,
    );
  const below = [...projectsBelow(path, depth)].sort();
  if (below.length > 0) {
    const [one, ...more] = below;
    const rest = below.length > shown ? ` and ${below.length - shown} more` : "";
    return new UsageError(
      more.length === 0
        ? `${path} has no Pulumi.yaml; the project below it is ${one}: preflight check ${one}`
        : `${path} has no Pulumi.yaml; the projects below it are ${below.slice(0, shown).join(", ")}${rest}. ` +
            `Name them, all at once if you like: preflight check ${below.slice(0, 2).join(" ")}${more.length > 1 ? " …" : ""}`,
    );
  }
  const above = projectAbove(resolve(path));
  return new UsageError(
    above === undefined
      ? `${path} has no Pulumi.yaml: name the folder of a Pulumi project.`
      : `${path} has no Pulumi.yaml; the project that it is part of is ${relative(process.cwd(), above) || "."}: ` +
          `preflight check ${relative(process.cwd(), above) || "."}`,
  );
}

function* projectsBelow(directory: string, levels: number): Iterable<string> {
  if (levels === 0) return;
  for (const entry of readFolder(directory)) {
    if (!entry.isDirectory() || entry.name === "node_modules" || entry.name.startsWith(".")) continue;
    const path = join(directory, entry.name);
    if (projectFileIn(path)) yield path;
    else yield* projectsBelow(path, levels - 1);
  }
}

function readFolder(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    // What may not be read is none of ours.
    return [];
  }
}

function projectAbove(directory: string): string | undefined {
  for (let at = dirname(directory); ; at = dirname(at)) {
    if (projectFileIn(at)) return at;
    if (dirname(at) === at) return undefined;
  }
}
