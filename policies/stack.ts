import { names } from "./names";
import type { Props, Token } from "./resources";
import { attempt, kind, type Raw, some, Unknown, view } from "./value";

/** A line of the user's program. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** What a source (the engine, an offline preview, a state file) says of one resource, in Pulumi's wire form. */
export interface Registration {
  urn: string;
  type: string;
  name: string;
  inputs: Raw;
  /** The inputs that the program gave, where `inputs` has what the cloud chose, too. */
  given?: Raw;
  /** The provider's id, where it is known. */
  id?: string;
  parent?: string;
  /** For each input, the URNs of the resources that its value comes from. */
  propertyDependencies?: Record<string, readonly string[]>;
  /** The settings of the provider that manages it. */
  provider?: Raw;
  /** Where the program made it, innermost place first. */
  trail?: readonly Place[];
  /** It belongs to somebody else and is only read, as by `Bucket.get`: others may name it, but no rule judges it. */
  read?: boolean;
}

/** A resource under check; of several types, the one that its `type` tells. */
export type Resource<T extends Token = Token> = Token extends T ? Typed<T> : { [K in T]: Typed<K> }[T];

interface Typed<T extends Token> {
  readonly urn: string;
  readonly type: T;
  readonly name: string;
  readonly id: string | undefined;
  readonly props: Props<T>;
  /** The settings of its provider, such as `region`; nothing where the source does not tell. */
  readonly provider: Record<string, unknown> | undefined;
  readonly parent: Resource | undefined;
  /** Where the program made it, innermost place first. */
  readonly trail: readonly Place[];
  /** It is only read: others may name it, but no rule judges it. */
  readonly read: boolean;
  /** The resources that the value of an input comes from. */
  from(input: string): readonly Resource[];
  /** Whether the cloud chose a property (`spec.storageClassName`) for itself, as far as the source can tell. */
  isComputed(path: string): boolean;
}

/** What the source knows of the stack beside its resources. */
export interface Surroundings {
  project?: string;
  stack?: string;
  /** The values of secret settings, so that a literal can be told from a configured secret. */
  secrets?: ReadonlySet<string>;
  /** Names that Pulumi gave to resources, where a deployment shows them without saying where they come from. */
  names?: ReadonlySet<string>;
  /** The source hands over secrets as plain values: which value is one cannot be told. */
  hidesSecrets?: boolean;
}

/** The resources of one stack, found by type and by who points at whom. */
export class Stack<K extends Token = Token> {
  readonly resources: readonly Resource[];
  private readonly byUrn = new Map<string, Resource>();
  private readonly byType = new Map<string, Resource[]>();
  private readonly byName = new Map<Token, Map<string, Resource[]>>();
  private readonly pointers = new Map<string, Pointers>();

  constructor(
    registrations: Iterable<Registration>,
    readonly surroundings: Surroundings = {},
  ) {
    const find = (urn: string) => this.byUrn.get(urn);
    this.resources = Array.from(
      registrations,
      (r) => new Registered(r, find, surroundings) as unknown as Resource,
    );
    for (const resource of this.resources) {
      this.byUrn.set(resource.urn, resource);
      const same = this.byType.get(resource.type);
      if (same) same.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  all<T extends K>(...types: readonly T[]): Resource<T>[] {
    return types.flatMap((t) => (this.byType.get(t) ?? []) as unknown as Resource<T>[]);
  }

  /**
   * The resources that name this one in an input (`bucket`, `dimensions.DBInstanceIdentifier`), be it by
   * its output, its id, its ARN or its literal name. Throws `Unknown` when none does for certain but one may.
   */
  pointingAt<T extends K>(
    target: Resource,
    types: T | readonly T[],
    inputs: string | readonly string[],
  ): Resource<T>[] {
    const { certain, possible } = this.pointersAt(target, types, inputs);
    if (certain.length === 0 && possible[0]) throw possible[0].reason;
    return certain;
  }

  /** As `pointingAt`, where those that may name it must be told from those that do. */
  pointersAt<T extends K>(
    target: Resource,
    types: T | readonly T[],
    inputs: string | readonly string[],
  ): { certain: Resource<T>[]; possible: Possible<Resource<T>>[] } {
    const found = new Set<Resource>();
    const open: Undecided[] = [];
    const name = unknownNameOf(target);
    for (const type of [types].flat() as T[]) {
      for (const input of [inputs].flat()) {
        const { certain, undecided, unmatched } = this.pointersOf(type, input, target.type);
        for (const pointer of certain.get(target) ?? []) found.add(pointer);
        open.push(...undecided.filter((u) => u.may(target)));
        if (name) for (const pointer of unmatched) open.push(new Undecided(pointer, name, []));
      }
    }
    return {
      certain: [...found] as unknown as Resource<T>[],
      possible: open.filter((u) => !found.has(u.resource)) as unknown as Possible<Resource<T>>[],
    };
  }

  /** Whether something holds for one that names a resource. Throws `Unknown` when it does only for one that may. */
  somePointingAt<T extends K>(
    target: Resource,
    types: T | readonly T[],
    inputs: string | readonly string[],
    holds: (pointer: Resource<T>) => boolean,
  ): boolean {
    const { certain, possible } = this.pointersAt(target, types, inputs);
    const ways = [
      ...certain.map((pointer) => () => holds(pointer)),
      ...possible.map(({ resource, reason }) => () => {
        if (holds(resource)) throw reason;
        return false;
      }),
    ];
    return some(ways, (way) => way());
  }

  /** The resources of the given types that an input names. Throws `Unknown` when one cannot be told. */
  targets<T extends K>(of: Resource, input: string, types: T | readonly T[]): Resource<T>[] {
    const { certain, undecided } = this.resolve(of, input, [types].flat() as T[]);
    if (undecided) throw undecided.reason;
    return certain as unknown as Resource<T>[];
  }

  private pointersOf(type: Token, input: string, target: Token): Pointers {
    const key = `${type} ${input} ${target}`;
    const known = this.pointers.get(key);
    if (known) return known;
    const made: Pointers = { certain: new Map(), undecided: [], unmatched: [] };
    for (const pointer of this.byType.get(type) ?? []) {
      const { certain, undecided, isUnmatched } = this.resolve(pointer, input, [target]);
      for (const at of certain) {
        const others = made.certain.get(at);
        if (others) others.push(pointer);
        else made.certain.set(at, [pointer]);
      }
      if (undecided) made.undecided.push(undecided);
      if (isUnmatched) made.unmatched.push(pointer);
    }
    this.pointers.set(key, made);
    return made;
  }

  private resolve(of: Resource, input: string, types: readonly Token[]): Resolution {
    const [top = "", ...rest] = input.split(".");
    const certain = new Set<Resource>();
    let undecided: Undecided | undefined;
    let sources: Resource[] | undefined;
    let isUnmatched = false;
    for (const value of valuesAt(of.props as Raw, [top, ...rest])) {
      if (!(value instanceof Unknown)) {
        const named = types.flatMap((t) => this.named(t, value));
        const meant = named.length > 0 ? named : this.nameless(of, top, types);
        for (const resource of meant) certain.add(resource);
        isUnmatched ||= meant.length === 0;
        continue;
      }
      sources ??= reach(of, top, rest.at(-1) ?? top, types);
      for (const resource of sources) certain.add(resource);
      if (sources.length === 0) undecided ??= new Undecided(of, value, of.from(top));
    }
    return { certain: [...certain], undecided, isUnmatched };
  }

  /**
   * After an update the engine sends no ids: a known value that comes from a resource without a known name is its
   * output. Where part of an input is not known, that part is the output, and the rest is literal.
   */
  private nameless(of: Resource, input: string, types: readonly Token[]): Resource[] {
    const sources = of.from(input).filter((r) => types.includes(r.type) && namesOf(r).length === 0);
    return sources.length > 0 && isKnown(read(of.props, input)) ? sources : [];
  }

  private named(type: Token, name: string): readonly Resource[] {
    let index = this.byName.get(type);
    if (!index) {
      index = new Map();
      for (const resource of this.byType.get(type) ?? []) {
        for (const n of namesOf(resource)) {
          const same = index.get(n);
          if (same) same.push(resource);
          else index.set(n, [resource]);
        }
      }
      this.byName.set(type, index);
    }
    return index.get(name) ?? [];
  }
}

interface Pointers {
  certain: Map<Resource, Resource[]>;
  undecided: Undecided[];
  /** Those with a literal name that no resource is known by. */
  unmatched: Resource[];
}

interface Resolution {
  certain: Resource[];
  undecided: Undecided | undefined;
  isUnmatched: boolean;
}

/** A resource that may name another one: its input is not known yet. */
interface Possible<R> {
  readonly resource: R;
  readonly reason: Unknown;
}

/** An input whose value is not known and comes from no resource that it could name. */
class Undecided implements Possible<Resource> {
  constructor(
    readonly resource: Resource,
    readonly reason: Unknown,
    private readonly sources: readonly Resource[],
  ) {}

  /** It may name any resource when it comes from outside the stack, else one whose own name has the same source. */
  may(target: Resource): boolean {
    if (this.sources.length === 0) return true;
    return ownNames(target).some((input) => target.from(input).some((r) => this.sources.includes(r)));
  }
}

const ownNames = (resource: Resource): readonly string[] => names[resource.type] ?? ["name"];

/** The name that a program gave to a resource and that is not known yet: whoever names one literally may mean it. */
function unknownNameOf(resource: Resource): Unknown | undefined {
  return ownNames(resource)
    .map((name) => read(resource.props, name))
    .find((name): name is Unknown => name instanceof Unknown);
}

/** Every known value by which others may call a resource. */
export function namesOf(resource: Resource): string[] {
  const found = new Set<string>();
  if (resource.id) found.add(resource.id);
  for (const key of ["id", "arn", ...ownNames(resource)]) {
    for (const value of valuesAt(resource.props as Raw, [key]))
      if (typeof value === "string") found.add(value);
  }
  return [...found];
}

/** The texts at a path, through lists; one that is not known yet as `Unknown`. */
function* valuesAt(value: unknown, path: readonly string[]): Iterable<string | Unknown> {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield* valuesAt(read(value, i), path);
  } else if (value instanceof Unknown) {
    yield value;
  } else if (path.length === 0) {
    if (typeof value === "string" && value !== "") yield value;
  } else if (typeof value === "object" && value !== null && Object.hasOwn(value, path[0] as string)) {
    yield* valuesAt(read(value, path[0] as string), path.slice(1));
  }
}

const isKnown = (value: unknown): boolean =>
  !(value instanceof Unknown) &&
  (typeof value !== "object" ||
    value === null ||
    Object.keys(value).every((key) => isKnown(read(value, key))));

const read = (of: object, key: string | number): unknown => attempt(() => (of as Raw)[key]);

/**
 * The resources of the given types that an input comes from, through resources that only pass the name on:
 * `lifecycle.bucket` may come from `versioning.bucket`, and that from the bucket.
 */
function reach(of: Resource, input: string, name: string, types: readonly Token[]): Resource[] {
  let ring = of.from(input);
  const seen = new Set<Resource>([of]);
  while (ring.length > 0) {
    const found = ring.filter((r) => types.includes(r.type));
    if (found.length > 0) return found;
    for (const r of ring) seen.add(r);
    ring = ring.flatMap((r) => r.from(name)).filter((r) => !seen.has(r));
  }
  return [];
}

class Registered {
  private seen: object | undefined;
  constructor(
    private readonly registration: Registration,
    private readonly find: (urn: string) => Resource | undefined,
    private readonly surroundings: Surroundings,
  ) {}
  get urn() {
    return this.registration.urn;
  }
  get type() {
    return this.registration.type;
  }
  get name() {
    return this.registration.name;
  }
  get id() {
    return this.registration.id;
  }
  get trail() {
    return this.registration.trail ?? [];
  }
  get read() {
    return this.registration.read === true;
  }
  get props(): object {
    this.seen ??= view(this.registration.inputs, "", this.surroundings.hidesSecrets ? "hidden" : false);
    return this.seen;
  }
  get provider() {
    return this.registration.provider && view<Record<string, unknown>>(this.registration.provider);
  }
  get parent() {
    return this.registration.parent === undefined ? undefined : this.find(this.registration.parent);
  }
  isComputed(path: string): boolean {
    let given: unknown = this.registration.given;
    for (const key of path.split(".")) {
      // What is marked as a secret or an output is given whole.
      if (typeof given !== "object" || given === null || Object.hasOwn(given, kind)) return false;
      if (!Object.hasOwn(given, key)) return true;
      given = (given as Raw)[key];
    }
    return false;
  }
  from(input: string): readonly Resource[] {
    const all = this.registration.propertyDependencies;
    if (!all || !Object.hasOwn(all, input)) return [];
    return (all[input] ?? []).flatMap((urn) => this.find(urn) ?? []);
  }
}
