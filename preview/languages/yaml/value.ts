import { kind, outputKind, type Raw, resourceKind, secretKind, unknownText } from "../../../policies/value";
import { unansweredMark } from "../language";

/** What an expression stands for. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Asset
  | Resource
  | Output
  | Value[]
  | { [key: string]: Value };

export const unknown = Symbol("unknown");

/** A value that a deployment tells, that is secret, or that comes from resources. */
export class Output {
  constructor(
    readonly value: Value | typeof unknown,
    readonly marks: Marks,
  ) {}
}

interface Marks {
  secret?: boolean;
  /** The resources it comes from. */
  sources?: ReadonlySet<string>;
  /** Made elsewhere: what it does not show now may be there after deployment. */
  open?: boolean;
}

/** A text, a file or an archive that is sent as such. */
export class Asset {
  constructor(
    readonly archive: boolean,
    readonly content: Raw,
  ) {}
}

/** A registered resource. */
export class Resource {
  constructor(
    readonly urn: string,
    readonly type: string,
    readonly name: string,
    /** What is known of it; nothing of a component that nobody can make here. */
    readonly outputs: Record<string, Value> | typeof unknown,
    /** Given where it is read or imported. */
    readonly id: string | undefined,
    readonly secretOutputs: readonly string[],
  ) {}

  /** As other resources name it as their provider. */
  get reference(): string {
    return `${this.urn}::${this.id || unknownText}`;
  }

  get(key: string): Output {
    const marks = { sources: new Set([this.urn]), open: true, secret: this.secretOutputs.includes(key) };
    if (key === "urn") return new Output(this.urn, marks);
    if (key === "id") return new Output(this.id || unknown, marks);
    if (this.outputs === unknown || !Object.hasOwn(this.outputs, key)) return new Output(unknown, marks);
    return new Output(this.outputs[key] ?? null, marks);
  }
}

export const isMap = (value: unknown): value is { [key: string]: Value } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Output || value instanceof Asset || value instanceof Resource);

const both = (a: Marks, b: Marks): Marks => ({
  secret: a.secret || b.secret,
  open: a.open || b.open,
  sources: new Set([...(a.sources ?? []), ...(b.sources ?? [])]),
});

export const marked = (value: Value, marks: Marks): Output =>
  value instanceof Output ? new Output(value.value, both(value.marks, marks)) : new Output(value, marks);

/** A value no longer secret, whatever it is made of. */
export function unsecret(value: Value): Value {
  if (Array.isArray(value)) return value.map(unsecret);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unsecret(v)]));
  if (!(value instanceof Output)) return value;
  const { value: inner, marks } = value;
  return new Output(inner === unknown ? unknown : unsecret(inner), { ...marks, secret: false });
}

/** A value free of outputs, or that there is something unknown in it; and what the outputs in it were marked with. */
export function settle(value: Value): { value: Value | typeof unknown; marks?: Marks } {
  if (value instanceof Output) {
    if (value.value === unknown) return { value: unknown, marks: value.marks };
    const inner = settle(value.value);
    return { value: inner.value, marks: inner.marks ? both(value.marks, inner.marks) : value.marks };
  }
  if (!Array.isArray(value) && !isMap(value)) return { value };
  let marks: Marks | undefined;
  let open = false;
  const settled = Object.entries(value).map(([key, v]): [string, Value] => {
    const one = settle(v);
    if (one.marks) marks = marks ? both(marks, one.marks) : one.marks;
    if (one.value === unknown) open = true;
    return [key, one.value === unknown ? null : one.value];
  });
  if (open) return { value: unknown, marks };
  return { value: Array.isArray(value) ? settled.map(([, v]) => v) : Object.fromEntries(settled), marks };
}

/** What a function makes of values; of one that is not known it makes nothing yet. */
export function lift(values: readonly Value[], run: (values: readonly Value[]) => Value): Value {
  const { value, marks } = settle([...values]);
  if (value === unknown) return new Output(unknown, marks ?? {});
  const made = run(value as Value[]);
  return marks ? marked(made, marks) : made;
}

const assetKind = "c44067f5952c0a294b673a41bacd8c17";
const archiveKind = "0def7320c3a5731c473e5ecbe6d01bc7";

/** A value in Pulumi's wire form; the resources that it comes from are added to a set. */
export function wire(value: Value, sources = new Set<string>()): unknown {
  if (value instanceof Output) {
    for (const urn of value.marks.sources ?? []) sources.add(urn);
    const inner = value.value === unknown ? unknownText : wire(value.value, sources);
    return value.marks.secret ? { [kind]: secretKind, value: inner } : inner;
  }
  if (value instanceof Resource) {
    sources.add(value.urn);
    return { [kind]: resourceKind, urn: value.urn, id: value.id ?? "" };
  }
  if (value instanceof Asset)
    return { [kind]: value.archive ? archiveKind : assetKind, ...(wire(value.content as Value) as Raw) };
  if (Array.isArray(value)) return value.map((v) => wire(v, sources));
  if (!isMap(value)) return value;
  const given = Object.entries(value).filter(([, v]) => v !== null);
  return Object.fromEntries(given.map(([k, v]) => [k, wire(v, sources)]));
}

/** The outputs of a resource, or what a function returns: nothing is known of an answer that nobody has. */
export function fromReply(reply: Raw): Record<string, Value> | typeof unknown {
  return unansweredMark in reply ? unknown : (fromWire(reply) as Record<string, Value>);
}

function fromWire(raw: unknown): Value {
  if (raw === unknownText) return new Output(unknown, { open: true });
  if (Array.isArray(raw)) return raw.map(fromWire);
  if (typeof raw !== "object" || raw === null) return raw as Value;
  if (unansweredMark in raw) return new Output(unknown, { open: true });
  const { [kind]: is, ...fields } = raw as Raw;
  if (is === secretKind) return marked(fromWire(fields.value), { secret: true });
  if (is === outputKind)
    return "value" in fields ? fromWire(fields.value) : new Output(unknown, { open: true });
  if (is === assetKind || is === archiveKind) return new Asset(is === archiveKind, fields);
  if (is === resourceKind) return new Output(unknown, { open: true, sources: new Set([String(fields.urn)]) });
  return Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, fromWire(v)]));
}

/** A number, a boolean or a text as it stands within a text. */
export function asText(value: Value): string | undefined {
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (typeof value === "number") return number(value);
  return value === null ? "<nil>" : undefined;
}

/** Pulumi's YAML prints numbers as Go does: a million is 1e+06. */
function number(value: number): string {
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
