import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { rules } from "../../policies";
import { canonical, packageOf } from "../../preview/languages/yaml/tokens";
import type { Finding, Report } from "../../report/report";
import { describeWithCli, hasHost, Project, root, type Told } from "./pulumi";

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

const plain = (message: string) => stripVTControlCharacters(message).trim();
const printed = ({ policyName, resourceUrn, message }: Told) =>
  `${policyName} ${resourceUrn}\n${plain(message)}`;

/** What the engine prints of a finding. */
function asPrinted({ rule: id, resource, part, message }: Finding): string {
  const rule = rules.find((r) => r.id === id);
  const where = part === undefined ? "" : `, ${part},`;
  return `${id} ${resource.urn}\n${rule?.title}\n${resource.name}${where} ${message}. ${rule?.fix}`;
}

(isThere ? describeWithCli : describe.skip)("a program in YAML", () => {
  test("is judged as under the real CLI", async () => {
    const answers = { "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0" } };
    const project = new Project("yaml", answers, { STANDIN_SCHEMAS: JSON.stringify(schemas) });
    const everything = { all: "advisory" };
    try {
      const secrets = { password: "Pl4in-password-0f-the-test" };
      await project.stack("dev", {}, secrets);
      const { status, output, told } = await project.deploy("preview", "dev", root, everything);
      expect({ status, output }).toMatchObject({ status: 0 });
      const { code, stdout, stderr } = await project.check("dev", everything, secrets);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const report: Report = JSON.parse(stdout);
      expect(report.unanswered).toEqual([]);
      const checked = report.results.filter((r) => r.outcome === "violation").map(asPrinted);
      expect(checked.length).toBeGreaterThan(50);
      expect(checked.sort()).toEqual(told.map(printed).sort());
    } finally {
      project.remove();
    }
  });
});
