import type { Example } from "../../policies/example";
import type { Registration } from "../../policies/stack";
import type { Raw } from "../../policies/value";

/** The SDK's mark for a string that is unknown until deployment. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const kind = "4dabf18193072939515e22adb298388d";
const secretKind = "1b47061264138c4ac30d75fd1eb44270";
const marks = /\$\{([^.}]+)\.([\w.]+)\}/g;

export const urnOf = (type: string, name: string) => `urn:pulumi:production::example::${type}::${name}`;

/** An example as a first preview shows it: references are unknown but linked, secrets are marked. */
export function asPreview({ resources }: Example): Registration[] {
  const types = new Map<string, string>(resources.map((r) => [r.name, r.type]));
  return resources.map(({ type, name, props, provider }) => ({
    urn: urnOf(type, name),
    type,
    name,
    inputs: replace(props, (text) => {
      const secret = /^\$\{secret\.(\w+)\}$/.exec(text)?.[1];
      if (secret) return { [kind]: secretKind, value: plainSecret(secret) };
      return referencesIn(text).length > 0 ? unknown : text;
    }) as Raw,
    ...(provider && { provider }),
    propertyDependencies: Object.fromEntries(
      Object.entries(props).map(([key, value]) => {
        const sources = referencesIn(JSON.stringify(value) ?? "").filter(([n]) => types.has(n));
        return [key, [...new Set(sources.map(([n]) => urnOf(types.get(n) as string, n)))]];
      }),
    ),
  }));
}

/**
 * An example as a state file shows it once it is deployed: every output is there, secrets are ciphertext. Nothing where
 * a value comes from outside the example.
 */
export function asState(example: Example): Registration[] | undefined {
  const { resources } = example;
  const outputs = new Map(
    resources.map((r) => [r.name, deployed(r.type, r.name, r.props as Raw, r.provider)]),
  );
  let foreign = false;
  const output = (of: string, key: string): unknown => {
    const input = at(resources.find((r) => r.name === of)?.props, key);
    return typeof input === "string" ? resolved(input) : at(outputs.get(of), key);
  };
  const resolved = (text: string): string =>
    text.replace(marks, (mark, of, key) => {
      const value = output(of, key);
      if (value === undefined) foreign = true;
      return value === undefined ? mark : String(value);
    });
  const state = asPreview(example).map((registration, i): Registration => {
    const { props, name } = resources[i] as Example["resources"][number];
    const own = outputs.get(name) as Raw;
    const inputs = replace(props, (text) => {
      if (/^\$\{secret\.\w+\}$/.test(text)) return { [kind]: secretKind, ciphertext: "v1:AAAA" };
      return resolved(text);
    }) as Raw;
    const metadata = { ...(own.metadata as Raw), ...(inputs.metadata as Raw) };
    return {
      ...registration,
      id: String(own.id),
      inputs: { ...own, ...inputs, ...(own.metadata ? { metadata } : {}) },
    };
  });
  return foreign ? undefined : state;
}

/** The plain value of a secret setting in an example: nothing that any output may show. */
export const plainSecret = (name: string) => `Pl4in-${name}-0f-the-example`;

/** What stands before the name in an ARN, where the service does not call it the same. */
const arnForms: Record<string, string> = {
  "aws:rds/instance:Instance": "rds:*:db:",
  "aws:rds/cluster:Cluster": "rds:*:cluster:",
  "aws:docdb/cluster:Cluster": "rds:*:cluster:",
  "aws:neptune/cluster:Cluster": "rds:*:cluster:",
  "aws:dynamodb/table:Table": "dynamodb:*:table/",
  "aws:ebs/volume:Volume": "ec2:*:volume/",
  "aws:efs/fileSystem:FileSystem": "elasticfilesystem:*:file-system/",
  "aws:backup/vault:Vault": "backup:*:backup-vault:",
};

function arnOf(type: string, service: string | undefined, physical: string, props: Raw): string {
  const given = [props.identifier, props.clusterIdentifier, props.name].find((n) => typeof n === "string");
  const name = typeof given === "string" && !given.includes("${") ? given : physical;
  const region = typeof props.region === "string" ? props.region : "eu-west-3";
  const form = arnForms[type];
  if (!form) return `arn:aws:${service}:${region}:123456789012:${physical}`;
  return `arn:aws:${form.replace("*", `${region}:123456789012`)}${name}`;
}

/** The secret settings that an example speaks of, by key. */
export function secretSettings({ resources }: Example): Record<string, string> {
  const names = [...JSON.stringify(resources).matchAll(/\$\{secret\.(\w+)\}/g)].map((m) => m[1] as string);
  return Object.fromEntries(names.map((name) => [`example:${name}`, plainSecret(name)]));
}

function deployed(type: string, name: string, props: Raw, provider: Raw = {}): Raw {
  const physical = `${name}-1a2b3c4`;
  const service = type.split(":")[1]?.split("/")[0];
  const known: Raw = { id: physical, arn: arnOf(type, service, physical, props) };
  if (type.startsWith("aws:s3/bucket")) {
    const bucket = typeof props.bucket === "string" && !props.bucket.includes("${") ? props.bucket : physical;
    return { ...known, id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` };
  }
  const database = /^aws:(?:rds|docdb|neptune)\/(instance|clusterInstance|cluster):/.exec(type)?.[1];
  if (database) {
    const key = database === "cluster" ? "clusterIdentifier" : "identifier";
    const given = typeof props[key] === "string" && !props[key].includes("${") ? props[key] : physical;
    return {
      // The id of an instance is not its identifier.
      id: database === "instance" ? `db-ABCDEFGHIJ${name.toUpperCase()}` : given,
      arn: `arn:aws:rds:eu-west-3:123456789012:${database === "cluster" ? "cluster" : "db"}:${given}`,
      [key]: given,
    };
  }
  if (type.startsWith("aws:redshift/cluster:")) return { ...known, clusterIdentifier: physical };
  if (type.startsWith("aws:elasticache/cluster:")) return { ...known, clusterId: physical };
  if (type.startsWith("kubernetes:")) {
    const { name = physical, ...metadata } = (props.metadata ?? {}) as Record<string, string>;
    const namespace = metadata.namespace ?? provider.namespace ?? "default";
    if (type === "kubernetes:core/v1:Namespace") return { id: name, metadata: { name } };
    return { id: `${namespace}/${name}`, metadata: { name, namespace } };
  }
  return { ...known, name: physical };
}

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((v, key) => (v as Raw | undefined)?.[key], value);

function referencesIn(text: string): [name: string, output: string][] {
  return [...text.matchAll(marks)]
    .filter((m) => m[1] !== "secret")
    .map((m) => [m[1] as string, m[2] as string]);
}

function replace(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((v) => replace(v, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, replace(v, change)]));
}
