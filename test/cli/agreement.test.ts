import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies";
import { compare, everything } from "./compare";
import { describeWithCli, Project, root } from "./pulumi";
import { folderOf, answers as given, lexia, production, textaiStudio } from "./references";

// The same programs under the real CLI with our pack and under `preflight check`: what both say, compared one by one.

// Slow: the examples of all rules, some thousand resources in one stack.
jest.setTimeout(240_000);

const strict = JSON.parse(readFileSync(join(root, "profiles", "strict.json"), "utf8"));

interface Case {
  program: string;
  /** Where it is, if not in `programs/`. */
  folder?: string;
  secrets?: Record<string, string>;
  answers?: Record<string, object>;
  before?: (project: Project) => unknown;
}

const secrets = { token: "Pl4in-token-0f-the-test", keys: '{"api":"Pl4in-key-0f-the-test"}' };
const outputs = { vpcId: "vpc-01234567", cidr: "0.0.0.0/0", secret: "hidden" };

/** Every example has names of its own: of one that several had, which is seen would hang on their order. */
const examples = rules
  .flatMap(({ examples: { good, bad, undetermined = [] } }) => [...good, ...bad, ...undetermined])
  .map((example, i) => {
    const own = JSON.stringify(example)
      .replaceAll("example-audio", `example-audio-${i}`)
      .replace(/"(family|taskDefinition)":"(?!\$|arn:)/g, `"$1":"of-${i}-`);
    return JSON.parse(own);
  });

/** A stack for the program to refer to. */
async function otherStack(project: Project): Promise<void> {
  const urn = "urn:pulumi:dev::network::pulumi:pulumi:Stack::network-dev";
  const resources = [{ urn, type: "pulumi:pulumi:Stack", custom: false, outputs }];
  const file = project.file("network.json", { version: 3, deployment: { manifest: {}, resources } });
  const folder = join(project.folder, "network");
  mkdirSync(folder);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: network\nruntime: nodejs\n");
  await project.run("stack", "init", "dev", "--cwd", folder);
  await project.run("stack", "import", "--stack", "dev", "--file", file, "--cwd", folder);
}

const cases: Case[] = [
  { program: "components" },
  { program: "values", secrets },
  { program: "providers" },
  {
    program: "reads",
    answers: {
      "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0", name: "al2023" },
      "aws:ec2/getVpc:getVpc": { id: "vpc-01234567", cidrBlock: "10.0.0.0/16", default: true },
      "pulumi:pulumi:StackReference": outputs,
    },
    before: otherStack,
  },
  { program: "containers" },
  { program: "typescript", folder: join(root, "test/programs/typescript") },
  { program: "transforms", folder: join(root, "test/programs/transforms") },
  { program: "javascript", folder: join(root, "test/programs/javascript") },
  {
    program: "examples",
    before: (project) => project.file("examples.json", examples),
  },
];

describeWithCli("`preflight check` says what `pulumi preview` says of", () => {
  test.each(cases)("$program", async ({ program, folder, secrets = {}, answers, before }) => {
    const project = new Project(folder ?? program, answers);
    try {
      await before?.(project);
      await project.stack("dev", {}, secrets);
      expect(await compare(project, "dev", everything, secrets)).not.toEqual([]);
    } finally {
      project.remove();
    }
  });

  test.each([lexia, textaiStudio])("$name: nothing, with every rule mandatory", async (reference) => {
    const project = new Project(folderOf(reference), given);
    try {
      await production(project, reference);
      expect(await compare(project, "production", strict, reference.secrets)).toEqual([]);
    } finally {
      project.remove();
    }
  });
});
