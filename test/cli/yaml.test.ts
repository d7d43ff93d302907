import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { canonical, packageOf } from "../../preview/languages/yaml/tokens";
import { compare, everything } from "./compare";
import { describeWithCli, hasHost, Project } from "./pulumi";

// A program in YAML under the real CLI and its host for YAML, and under `preflight check`.

jest.setTimeout(120_000);

const isThere = hasHost("yaml");
if (!isThere)
  process.stderr.write(
    "SKIPPED: the comparison for programs in YAML. Put pulumi-language-yaml beside pulumi, or on PATH.\n",
  );

interface Written {
  resources: Record<string, { type: string; properties?: object }>;
}
const program: Written = parse(readFileSync(join(__dirname, "programs/yaml/Pulumi.yaml"), "utf8"));

const any = { $ref: "pulumi.json#/Any" };
const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, any]));
const mapped = { metadata: { type: "object", additionalProperties: any } };

/** What the host has to know of a provider: the types that the program uses, and what they are called in full. */
function schemaOf(name: string, functions: Record<string, Record<string, object>>): object {
  const types = new Map<string, object>();
  for (const { type, properties = {} } of Object.values(program.resources)) {
    if (type.startsWith("pulumi:") || packageOf(type) !== name) continue;
    const inputs = { ...(types.get(canonical(type)) ?? {}), ...all(Object.keys(properties)) };
    types.set(canonical(type), { ...inputs, ...("metadata" in inputs && mapped) });
  }
  const resources = [...types].map(([type, inputs]) => [
    type,
    { inputProperties: inputs, properties: { ...all(["arn", "bucket"]), ...inputs } },
  ]);
  return {
    name,
    version: "99.0.0",
    provider: { inputProperties: all(["region"]) },
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(
      Object.entries(functions).map(([token, properties]) => [
        token,
        { inputs: { properties: all(["owners", "mostRecent"]) }, outputs: { properties } },
      ]),
    ),
  };
}

const functions = {
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: { type: "array", items: { type: "string" } },
  },
  "aws:ec2/getAmi:getAmi": { id: { type: "string" } },
};
const schemas = {
  aws: schemaOf("aws", functions),
  kubernetes: schemaOf("kubernetes", {}),
  docker: schemaOf("docker", {}),
};

(isThere ? describeWithCli : describe.skip)("a program in YAML", () => {
  test("is judged as under the real CLI", async () => {
    const answers = { "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0" } };
    const project = new Project("yaml", answers, { STANDIN_SCHEMAS: JSON.stringify(schemas) });
    const secrets = { password: "Pl4in-password-0f-the-test" };
    try {
      await project.stack("dev", {}, secrets);
      expect((await compare(project, "dev", everything, secrets)).length).toBeGreaterThan(50);
    } finally {
      project.remove();
    }
  });
});
