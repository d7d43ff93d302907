import { peek, some, Unknown } from "../value";
import { quantity } from "./quantity";
import type { Container } from "./workload";

interface Bounded {
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> };
}
type Side = "limits" | "requests";

/** How much of a resource a container may use, or asks for. Where its pod has `resources`, they stand for it. */
export function amounts(
  { spec, pod }: Container,
  side: Side,
  name: string,
): (number | undefined | Unknown)[] {
  return [amount(spec as Bounded, side, name), inPod(pod, side, name)];
}

/** Whether a container, or its pod, is held to an amount of a resource. A limit of 0 is none. */
export const isLimited = (container: Container, name: string): boolean =>
  some(amounts(container, "limits", name), (limit) => Number(limit) > 0);

/** Whether a container itself says anything of a resource. */
export function says({ spec }: Container, side: Side, name: string): boolean {
  const own = peek(spec as Bounded, "resources");
  if (own instanceof Unknown) return true;
  const bounds = own && peek(own, side);
  return (
    bounds instanceof Unknown || (bounds !== undefined && bounds !== null && Object.hasOwn(bounds, name))
  );
}

function inPod(pod: Container["pod"], side: Side, name: string): number | undefined | Unknown {
  const spec = peek(pod, "spec");
  return spec instanceof Unknown ? spec : amount(spec, side, name);
}

function amount(of: Bounded, side: Side, name: string): number | undefined | Unknown {
  const resources = peek(of, "resources");
  if (resources instanceof Unknown) return resources;
  const bounds = resources && peek(resources, side);
  if (bounds instanceof Unknown) return bounds;
  const written = bounds && peek(bounds, name);
  return written instanceof Unknown ? written : quantity(written);
}
