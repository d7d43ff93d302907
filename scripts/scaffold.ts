import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suggestion } from "../policies/settings";

/** The rule cannot be written as asked: why, and what to do. */
export class CannotScaffold extends Error {}

const providers = ["aws", "docker", "kubernetes"] as const;

/** Writes a rule that compiles and fails its tests until it is written, and lists it. */
export function scaffold(id: string, root: string): { file: string } {
  const resources = readFileSync(join(root, "policies/resources.ts"), "utf8");
  const { provider, service, name } = parse(id, root, resources);
  const file = `policies/${provider}/${service}/${name}.ts`;
  if (existsSync(join(root, file))) throw new CannotScaffold(`${file} is there already.`);
  const indexPath = join(root, "policies/index.ts");
  const index = listed(readFileSync(indexPath, "utf8"), { provider, service, name });
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), skeleton(id, tokenOf(provider, service, resources)));
  writeFileSync(indexPath, index);
  return { file };
}

interface Path {
  provider: string;
  service: string;
  name: string;
}

/** `aws-ecs-log-driver` is `policies/aws/ecs/log-driver.ts`. */
function parse(id: string, root: string, resources: string): Path {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+){2,}$/.test(id)) {
    throw new CannotScaffold(
      `"${id}" is no id of a rule. It is <provider>-<service>-<what-must-hold> in small letters, such as aws-ecs-log-driver.`,
    );
  }
  const [provider = "", ...words] = id.split("-");
  if (!providers.some((p) => p === provider)) {
    throw new CannotScaffold(
      `There is no provider "${provider}".${suggestion(provider, providers)} Rules are about ${providers.join(", ")}.`,
    );
  }
  const known = servicesOf(provider, root, resources);
  for (let length = words.length - 1; length > 0; length--) {
    const service = words.slice(0, length).join("-");
    if (known.includes(service)) return { provider, service, name: words.slice(length).join("-") };
  }
  const [service = ""] = words;
  throw new CannotScaffold(
    `There is no service "${service}" of ${provider}.${suggestion(service, known)} For a new one, make the folder policies/${provider}/${service} first.`,
  );
}

/** The folders of a provider, and the modules of its SDK that rules know. */
function servicesOf(provider: string, root: string, resources: string): string[] {
  const folder = join(root, "policies", provider);
  const folders = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )
    : [];
  const modules = [...resources.matchAll(new RegExp(`"${provider}:([\\w.-]+)/`, "g"))].map(
    ([, module = ""]) => module.split(".")[0] ?? "",
  );
  return [...new Set([...folders, ...modules])].filter((service) => service !== "" && service !== "index");
}

/** A resource type that the rule may be about. */
function tokenOf(provider: string, service: string, resources: string): string {
  const tokens = [...resources.matchAll(/"([a-z]+:[\w./-]+:\w+)":/g)].map(([, token = ""]) => token);
  return (
    tokens.find((token) => token.startsWith(`${provider}:${service}/`)) ??
    tokens.find((token) => token.startsWith(`${provider}:`)) ??
    "pulumi:pulumi:Stack"
  );
}

/** The table of contents with one more rule: its import among the others by path, its name at the end. */
function listed(index: string, { provider, service, name }: Path): string {
  const path = `./${provider}/${service}/${name}`;
  const taken = (word: string) => new RegExp(`\\b${word}\\b`).test(index);
  const short = camel(`${service}-${name}`);
  const variable = taken(short) ? camel(`${provider}-${service}-${name}`) : short;
  const line = `import ${variable} from "${path}";`;
  const lines = index.split("\n");
  const after = lines.findLastIndex((l) => {
    const other = /^import \w+ from "(.+)";$/.exec(l)?.[1];
    return other !== undefined && other < path;
  });
  lines.splice(after + 1, 0, line);
  return lines
    .join("\n")
    .replace(/(export const rules[^=]*= \[)([^\]]*)\];/, (_, start: string, list: string) => {
      const entries = list.includes("\n") ? list.trimEnd() : list.replace(/^|, /g, "\n  ");
      return `${start}${entries.replace(/([^,\s])$/, "$1,")}\n  ${variable},\n];`;
    });
}

const camel = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const skeleton = (id: string, token: string): string => `import { z } from "zod";
import { rule } from "../../rule";

export default rule({
  id: "${id}",
  title: "What must hold, as one sentence.",
  severity: "medium",
  why: "What goes wrong in production without it.",
  fix: "What to change, with \`property: value\`.",
  links: [],
  checklists: [],

  on: ["${token}"],
  config: z.strictObject({}),

  check() {
    throw new Error("Write the check: it says what is wrong, or nothing.");
  },

  examples: {
    good: [
      {
        title: "What to do",
        resources: [{ type: "${token}", name: "good", props: {} }],
      },
    ],
    bad: [
      {
        title: "What not to do",
        resources: [{ type: "${token}", name: "bad", props: {} }],
      },
    ],
  },
});
`;
