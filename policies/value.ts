/**
 * How a rule reads what may not be known yet, or may not be shown.
 *
 * Every source hands over properties in Pulumi's wire form, where unknown and secret values are marked. `view` makes
 * them readable: a secret reads as its plain value, and reading a value that is unknown until deployment throws
 * `Unknown`, which settles the part under check as undetermined.
 */

/** Properties as they came over the wire or out of a state file, marks included. */
export type Raw = Record<string, unknown>;

/** What reading an unknown value throws; in a list of parts, an element that is not known yet. */
export class Unknown extends Error {
  constructor(readonly path: string) {
    super(path);
    this.name = "Unknown";
  }
}

/** The value of an encrypted setting where nobody can decrypt it: rules see what contains it as unknown. */
export const encrypted = "c0de5ec2-0f0f-4b1d-9d6a-7f5ea1ed0000";

const unknownMarks =
  /1c4a061d-8072-4f0a-a4cb-0ff528b18fe7|3eeb2bf0-c639-47a8-9e75-3b44932eb421|04da6b54-80e4-46f7-96ec-b56ff0331ba9|6a19a0b0-7e62-4c92-b797-7f8e31da9cc2|030794c1-ac77-496b-92df-f27374a8bd58|e48ece36-62e2-4504-bad9-02848725956a|dd056dcd-154b-4c76-9bd3-c8f88648b5ff|c0de5ec2-0f0f-4b1d-9d6a-7f5ea1ed0000/;

/** What stands for any unknown value in a program's own texts. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key under which Pulumi's wire form says what kind of special value an object stands for. */
export const kind = "4dabf18193072939515e22adb298388d";
export const secretKind = "1b47061264138c4ac30d75fd1eb44270";
export const outputKind = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
export const resourceKind = "5cf8f73096256a8f31e491e813e4eb8e";

/** An object of keys and values, as JSON and YAML have them. */
export const isObject = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unknown = Symbol("unknown");
const secrecy = Symbol("secrecy");

/** A text that holds an unknown value anywhere, such as a document rendered around one. */
export const holdsUnknown = (text: string): boolean => text.length >= 36 && unknownMarks.test(text);

/** What a marked value stands for, and whether it is a secret. */
function unwrap(raw: unknown): { value: unknown; secret: boolean } {
  let value = raw;
  let secret = false;
  while (typeof value === "object" && value !== null && Object.hasOwn(value, kind)) {
    const marked = value as Raw;
    if (marked[kind] === secretKind) {
      secret = true;
      value = "value" in marked ? marked.value : plaintext(marked.plaintext);
    } else if (marked[kind] === outputKind) {
      secret ||= marked.secret === true;
      value = "value" in marked ? marked.value : unknown;
    } else if (marked[kind] === resourceKind) {
      value = marked.id || unknown;
    } else {
      break;
    }
  }
  return { value: typeof value === "string" && holdsUnknown(value) ? unknown : value, secret };
}

/** What is marked anywhere inside a value in wire form. */
export function marksIn(raw: unknown): { unknown: boolean; secret: boolean } {
  const { value, secret } = unwrap(raw);
  if (typeof value !== "object" || value === null) return { unknown: value === unknown, secret };
  const within = Object.values(value).map(marksIn);
  return { unknown: within.some((m) => m.unknown), secret: secret || within.some((m) => m.secret) };
}

/** A value marked as a secret, in wire form. */
export const asSecret = (value: unknown): Raw => ({ [kind]: secretKind, value });

/** `pulumi stack export --show-secrets` keeps a secret's value as JSON text; without it there is a ciphertext only. */
function plaintext(json: unknown): unknown {
  if (typeof json !== "string") return unknown;
  try {
    return JSON.parse(json);
  } catch {
    return unknown;
  }
}

/** What a source can tell of a value: that it is secret, that it is not, or nothing at all. */
type Secrecy = boolean | "hidden";

/** Wire-form properties as a rule reads them. Nothing is converted before it is read. */
export function view<T extends object>(raw: object, path = "", secret: Secrecy = false): T {
  const at = (key: string) => (Array.isArray(raw) ? `${path}[${key}]` : path ? `${path}.${key}` : key);
  return new Proxy(raw, {
    get(target, key) {
      if (key === secrecy) {
        return (k: string) =>
          secret === "hidden" ? undefined : secret || unwrap(Reflect.get(target, k)).secret;
      }
      // Whatever a mistyped property holds, putting it into a text must not throw.
      if (key === Symbol.toPrimitive && !Array.isArray(target)) return () => "[object]";
      const field = Reflect.get(target, key);
      if (typeof key === "symbol" || typeof field === "function") return field;
      const { value, secret: marked } = unwrap(field);
      if (value === unknown) throw new Unknown(at(key));
      return typeof value === "object" && value !== null ? view(value, at(key), secret || marked) : value;
    },
  }) as T;
}

/** The path of the unknown value behind an error of ours or of `@pulumi/policy`; nothing for any other error. */
export function unknownPath(error: unknown): string | undefined {
  if (error instanceof Unknown) return error.path;
  if (typeof error !== "object" || error === null || !("unknownTypeSentinel" in error)) return undefined;
  return "props" in error && Array.isArray(error.props) ? error.props.join(".") : "a value";
}

/** The value of a property, or `Unknown` in its place. */
export const peek = <T extends object, K extends keyof T & string>(of: T, key: K): T[K] | Unknown =>
  attempt(() => of[key]);

/** What is read, or `Unknown` in its place. */
export function attempt<T>(read: () => T): T | Unknown {
  try {
    return read();
  } catch (error) {
    const path = unknownPath(error);
    if (path === undefined) throw error;
    return new Unknown(path);
  }
}

/** Whether a property was given anything at all; an unknown value was given. Providers write "" for what was not. */
export function isSet<T extends object>(of: T | undefined, key: keyof T & string): boolean {
  if (typeof of !== "object" || of === null || !(key in of)) return false;
  const value = peek(of, key);
  return value !== undefined && value !== null && (value as unknown) !== "";
}

/** Whether a property is a Pulumi secret; nothing where the source cannot tell. */
export function isSecret<T extends object>(of: T, key: keyof T & string): boolean | undefined {
  const tell = (of as { [secrecy]?: (key: string) => boolean })[secrecy];
  return tell?.(key);
}

/** The elements of a list, with `Unknown` in place of one that is not known yet; nothing for what is no list. */
export function items<T>(list: readonly T[] | undefined): (T | Unknown)[] {
  if (!Array.isArray(list)) return [];
  return Array.from({ length: list.length }, (_, i) => peek(list as unknown as Record<string, T>, String(i)));
}

/** A list as a list, whatever a program put in its place. Reading an unknown element throws. */
export const list = <T>(value: readonly T[] | undefined | null): readonly T[] =>
  Array.isArray(value) ? value : [];

/** A text as a text; nothing for anything else. */
export const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Whether something holds for one of a list. An unknown value decides only where nothing known does. */
export function some<T>(of: Iterable<T | Unknown>, holds: (value: T) => boolean): boolean {
  let open: unknown;
  for (const value of of) {
    try {
      if (value instanceof Unknown) throw value;
      if (holds(value)) return true;
    } catch (error) {
      if (unknownPath(error) === undefined) throw error;
      open ??= error;
    }
  }
  if (open) throw open;
  return false;
}

/** The keys for which something holds. An unknown value decides only where it holds for no known one. */
export function keysWhere<K extends string>(of: Record<K, unknown>, holds: (key: K) => boolean): K[] {
  const keys = Object.keys(of) as K[];
  const found = keys.filter((key) => attempt(() => holds(key)) === true);
  if (found.length === 0) some(keys, holds);
  return found;
}

/** Whether something holds for all of a list. An unknown value decides only where nothing known does. */
export const every = <T>(of: Iterable<T | Unknown>, holds: (value: T) => boolean): boolean =>
  !some(of, (value) => !holds(value));
