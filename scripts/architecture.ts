/** Draws each reference stack that has a README from what its program makes: part of `npm run docs`. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Registration } from "../policies/stack";
import { readAnswers } from "../preview/answers";
import { preview } from "../preview/preview";

const begin = "<!-- Drawn by `npm run docs`. -->\n";
const end = "<!-- End of the drawing. -->";

/** Components that everything uses, or that are a detail of another: arrows to them would hide the others. */
const unseen = /:(EncryptionKey|Secrets?|Namespace|Alerts|Inference|App|ReverseProxy)$/;
const isComponent = ({ type }: Registration) => !/^(aws|kubernetes|docker|pulumi):/.test(type);

interface NetworkPolicy {
  spec?: { podSelector?: Selector; ingress?: { from?: { podSelector?: Selector }[] }[] };
}
interface Selector {
  matchLabels?: { app?: string };
}

/** Components as boxes; arrows to what they are made with, dotted ones to whom pods may call. */
export function architecture(registrations: readonly Registration[]): string {
  const byUrn = new Map(registrations.map((r) => [r.urn, r]));
  const above = (r: Registration) => (r.parent === undefined ? undefined : byUrn.get(r.parent));
  const boxOf = (r: Registration | undefined): Registration | undefined =>
    !r || (isComponent(r) && !unseen.test(r.type)) ? r : boxOf(above(r));
  const outer = (r: Registration) => boxOf(above(r));
  const kind = (r: Registration) => r.type.split(":").at(-1);
  const id = (r: Registration) => `${kind(r)}_${r.name}`.replace(/\W+/g, "_");

  const boxes = registrations.filter((r) => boxOf(r) === r);
  const inside = (parent?: Registration) => boxes.filter((r) => outer(r) === parent);
  const drawn = (box: Registration, indent: string): string[] => {
    const label = `"${box.name}<br><i>${kind(box)}</i>"`;
    const parts = inside(box);
    if (parts.length === 0) return [`${indent}${id(box)}[${label}]`];
    return [
      `${indent}subgraph ${id(box)}[${label}]`,
      ...parts.flatMap((part) => drawn(part, `${indent}  `)),
      `${indent}end`,
    ];
  };
  const contains = (a: Registration, b: Registration | undefined): boolean =>
    b !== undefined && (a === b || contains(a, outer(b)));

  const arrows = new Set<string>();
  for (const resource of registrations) {
    const from = boxOf(resource);
    for (const urn of Object.values(resource.propertyDependencies ?? {}).flat()) {
      const to = boxOf(byUrn.get(urn));
      if (from && to && !contains(from, to) && !contains(to, from)) arrows.add(`${id(from)} --> ${id(to)}`);
    }
    if (resource.type !== "kubernetes:networking.k8s.io/v1:NetworkPolicy") continue;
    const { spec } = resource.inputs as NetworkPolicy;
    const boxNamed = (app: string | undefined) =>
      boxes.find((box) => box.name === app && inside(box).length === 0);
    for (const peer of spec?.ingress?.flatMap((rule) => rule.from ?? []) ?? []) {
      const [caller, called] = [peer.podSelector, spec?.podSelector].map((s) =>
        boxNamed(s?.matchLabels?.app),
      );
      if (caller && called) arrows.add(`${id(caller)} -.-> ${id(called)}`);
    }
  }
  const lines = [...inside().flatMap((box) => drawn(box, "  ")), ...[...arrows].sort().map((a) => `  ${a}`)];
  return `\`\`\`mermaid\nflowchart LR\n${lines.join("\n")}\n\`\`\`\n`;
}

/** A text with the drawing in its place. */
export function drawnInto(text: string, drawing: string): string {
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  return start < 0 || stop < start ? text : `${text.slice(0, start)}${begin}${drawing}${text.slice(stop)}`;
}

async function main(): Promise<void> {
  const stacks = resolve(__dirname, "../stacks");
  for (const name of readdirSync(stacks)) {
    const [readme, answers] = ["README.md", "answers.json"].map((file) => join(stacks, name, file)) as [
      string,
      string,
    ];
    if (!existsSync(readme)) continue;
    const { registrations } = await preview(join(stacks, name), {
      stack: "production",
      ...(existsSync(answers) && { answers: readAnswers(JSON.parse(readFileSync(answers, "utf8"))) }),
    });
    writeFileSync(readme, drawnInto(readFileSync(readme, "utf8"), architecture(registrations)));
  }
}

if (require.main === module) void main();
