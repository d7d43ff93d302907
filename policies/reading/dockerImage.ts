import type { Resource, Stack } from "../stack";
import { attempt, peek, text, Unknown } from "../value";
import { dockerContainers, type dockerServices, taskOf } from "./docker";

export const pulledImages = "docker:index/remoteImage:RemoteImage";

/**
 * The images that a container may have been made from, as the program names them: its own, or that of the resource
 * that pulls it. Throws `Unknown` where none is known and the container's name says that it may be one of those asked
 * for; else an image that is not known is taken for another.
 */
export function dockerImages(
  resource: Resource<typeof dockerContainers | typeof dockerServices>,
  stack: Stack<typeof pulledImages>,
  soundsRight: (...names: unknown[]) => boolean,
): string[] {
  const isContainer = resource.type === dockerContainers;
  const pulled = attempt(() => stack.targets(resource, isContainer ? "image" : inService, pulledImages));
  const written = isContainer
    ? peek(resource.props, "image")
    : attempt(() => taskOf(resource.props).containerSpec?.image);
  const names: (string | Unknown | undefined)[] =
    pulled instanceof Unknown || pulled.length === 0 ? [written] : pulled.map((p) => peek(p.props, "name"));
  const known = names.flatMap((name) => text(name) ?? []);
  const open = names.find((name) => name instanceof Unknown);
  if (
    known.length === 0 &&
    open &&
    soundsRight(resource.name, peek(resource.props as { name?: string }, "name"))
  )
    throw open;
  return known;
}

const inService = "taskSpec.containerSpec.image";
