/** The examples of every rule, as a program would write them. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

interface Example {
  resources: { type: string; name: string; props: object }[];
}

class Resource extends pulumi.CustomResource {
  readonly outputs: Record<string, pulumi.Output<unknown>>;
  constructor(type: string, name: string, props: Record<string, unknown>, outputs: string[]) {
    const open = Object.fromEntries(outputs.map((key) => [key.split(".")[0] ?? key, undefined]));
    super(type, name, { ...open, ...props });
    this.outputs = this as unknown as typeof this.outputs;
  }
}

const examples: Example[] = JSON.parse(readFileSync("examples.json", "utf8"));
const mark = /\$\{([^.}]+)\.([\w.]+)\}/g;

/** What an example names and does not have. */
const outside = new Resource("aws:sqs/queue:Queue", "outside", {}, []);

for (const [i, { resources }] of examples.entries()) {
  const asked = [...JSON.stringify(resources).matchAll(mark)];
  const made = new Map<string, Resource>();

  const outputOf = (name: string, path: string): pulumi.Input<unknown> => {
    if (name === "secret") return pulumi.secret(`Pl4in-${path}-0f-the-example`);
    const [top = "", ...rest] = path.split(".");
    const from = made.get(name) ?? make(name) ?? outside;
    return (from.outputs[top] ?? outside.id).apply((v) =>
      rest.reduce((w, key) => (w as Record<string, unknown>)?.[key], v),
    );
  };
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, filled(v)]));
    if (typeof value !== "string") return value;
    const whole = [...value.matchAll(mark)];
    const [only] = whole;
    if (only?.[0] === value) return outputOf(only[1] ?? "", only[2] ?? "");
    if (whole.length === 0) return value;
    const parts = value.split(mark);
    return pulumi.concat(
      ...parts.flatMap((part, n) =>
        n % 3 === 0
          ? [part]
          : n % 3 === 1
            ? [outputOf(part, parts[n + 1] ?? "") as pulumi.Input<string>]
            : [],
      ),
    );
  };
  function make(name: string): Resource | undefined {
    const resource = resources.find((r) => r.name === name);
    if (!resource) return undefined;
    const outputs = asked.filter((m) => m[1] === name).map((m) => m[2] ?? "");
    const props = filled(resource.props) as Record<string, unknown>;
    const one = new Resource(resource.type, `${name}-${i}`, props, outputs);
    made.set(name, one);
    return one;
  }
  for (const { name, type } of resources) if (!made.has(name) && type !== "pulumi:pulumi:Stack") make(name);
}
