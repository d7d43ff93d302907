import type { Resource } from "../stack";
import { peek, text, Unknown } from "../value";

/** The tags that a resource ends up with: its own, over the default ones of its provider where those can be seen. */
export function tagsOf(resource: Resource): Record<string, string | Unknown> {
  const { tags, tagsAll } = resource.props as { tags?: unknown; tagsAll?: unknown };
  return { ...entries(defaultTags(resource)), ...entries(tagsAll), ...entries(tags) };
}

/** A provider's settings come as objects from a program and as JSON text from a state file. */
function defaultTags(resource: Resource): unknown {
  const given = resource.provider?.defaultTags;
  const settings = typeof given === "string" ? parsed(given) : given;
  return typeof settings === "object" && settings !== null
    ? (settings as { tags?: unknown }).tags
    : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function entries(tags: unknown): Record<string, string | Unknown> {
  if (typeof tags !== "object" || tags === null) return {};
  const of = tags as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(of).flatMap((key): [string, string | Unknown][] => {
      const value = peek(of, key);
      if (value instanceof Unknown) return [[key, value]];
      return text(value) === undefined ? [] : [[key, value as string]];
    }),
  );
}
