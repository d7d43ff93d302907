import type { Example, ExampleResource } from "../policies/example";

/** An example as the Pulumi program that makes it. */
export function exampleCode(example: Example): string {
  const resources = example.resources.filter((r) => r.type !== "pulumi:pulumi:Stack");
  const names = new Set(resources.map((r) => r.name));
  const text = JSON.stringify(resources);
  const outside = [...text.matchAll(mark)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "secret" && !names.has(name));
  const lines = [
    ...(/\$\{secret\.\w+\}/.test(text) ? ["const config = new pulumi.Config();"] : []),
    ...[...new Set(outside)].map(
      (name) => `const ${variable(name)} = new pulumi.StackReference(${JSON.stringify(name)});`,
    ),
    ...resources.map((resource) => construction(resource, names)),
  ];
  return lines.length > 0 ? lines.join("\n") : "// A stack that has no such resource.";
}

const mark = /\$\{([^.}]+)\.(\w+)\}/g;
const width = 90;

function construction(resource: ExampleResource, names: ReadonlySet<string>): string {
  const { type, name, provider } = resource;
  const made = constructorOf(type);
  const settings = variable(`${name}-provider`);
  const create = (of: string, called: string, props: object, options?: string) => {
    const start = `const ${variable(called)} = new ${of}(${JSON.stringify(called)}`;
    if (Object.keys(props).length === 0 && !options) return `${start});`;
    const args = literal(props, { names, indent: "", before: start.length + 2 + (options ?? "").length });
    return `${start}, ${args}${options ? `, ${options}` : ""});`;
  };
  const props = { ...made.custom, ...resource.props };
  if (!provider) return create(made.name, name, props);
  return [
    create(`${type.split(":")[0]}.Provider`, `${name}-provider`, provider),
    create(made.name, name, props, `{ provider: ${settings} }`),
  ].join("\n");
}

/** API groups of Kubernetes that its SDK has classes for; the others are custom resources. */
const builtIn = /^(\w+|helm\.sh|(?!gateway\.|snapshot\.|metrics\.)[\w.]+\.k8s\.io)$/;

/** `aws:s3/bucket:Bucket` is `aws.s3.Bucket`; `kubernetes:apps/v1:Deployment` is `kubernetes.apps.v1.Deployment`. */
function constructorOf(token: string): { name: string; custom?: Record<string, string> } {
  const [pkg = "", module = "", kind = ""] = token.split(":");
  const [group = "", version = ""] = module.split("/");
  if (pkg !== "kubernetes") return { name: [pkg, ...(group === "index" ? [] : [group]), kind].join(".") };
  if (builtIn.test(group)) return { name: [pkg, group.split(".")[0], version, kind].join(".") };
  return { name: "kubernetes.apiextensions.CustomResource", custom: { apiVersion: module, kind } };
}

interface Position {
  /** The resources of the example. */
  names: ReadonlySet<string>;
  indent: string;
  /** How much of the line is taken. */
  before: number;
}

/** A value as TypeScript, on one line where it fits. */
function literal(value: unknown, { names, indent, before }: Position): string {
  if (typeof value === "string") return text(value, { names, indent, before });
  if (typeof value !== "object" || value === null) return String(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([name, v]) => {
    const label = isList ? "" : `${key(name)}: `;
    return `${label}${literal(v, { names, indent: inner, before: inner.length + label.length })}`;
  });
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return `${open}${close}`;
  const line = isList ? `[${parts.join(", ")}]` : `{ ${parts.join(", ")} }`;
  if (!line.includes("\n") && before + line.length < width) return line;
  return `${open}\n${parts.map((p) => `${inner}${p},\n`).join("")}${indent}${close}`;
}

function text(value: string, position: Position): string {
  const { names } = position;
  const references = [...value.matchAll(mark)];
  if (references[0]?.[0] === value) return reference(references[0], names);
  const document = parsed(value);
  if (document !== undefined) {
    const call = references.length > 0 ? "pulumi.jsonStringify" : "JSON.stringify";
    return `${call}(${literal(document, { ...position, before: position.before + call.length + 1 })})`;
  }
  if (references.length === 0 && !value.includes("\n")) return JSON.stringify(value);
  let code = "";
  let from = 0;
  for (const match of references) {
    code += `${escaped(value.slice(from, match.index))}\${${reference(match, names)}}`;
    from = match.index + match[0].length;
  }
  return `${references.length > 0 ? "pulumi.interpolate" : ""}\`${code}${escaped(value.slice(from))}\``;
}

function reference([, name = "", output = ""]: RegExpMatchArray, names: ReadonlySet<string>): string {
  if (name === "secret") return `config.requireSecret(${JSON.stringify(output)})`;
  if (!names.has(name)) return `${variable(name)}.getOutput(${JSON.stringify(output)})`;
  return `${variable(name)}.${output}`;
}

/** A text that holds a JSON document, which a program would not write as a text. */
function parsed(value: string): object | undefined {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const escaped = (part: string): string => part.replace(/[\\`]|\$\{/g, "\\$&");

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

const reserved =
  /^(default|function|new|class|import|export|public|private|static|config|delete|switch|case)$/;

/** `audio-lifecycle` is `audioLifecycle`. */
function variable(name: string): string {
  const camel = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next = "") => String(next).toUpperCase());
  return reserved.test(camel) || /^\d/.test(camel) ? `the${camel[0]?.toUpperCase()}${camel.slice(1)}` : camel;
}
