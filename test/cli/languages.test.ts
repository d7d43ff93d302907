import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { rules } from "../../policies";
import type { Finding, Report } from "../../report/report";
import { pulumiForPython } from "../languages/venv";
import { describeWithCli, Project, root, type Told } from "./pulumi";

// Programs in other languages, under the real CLI with our pack and under `preflight check`.

jest.setTimeout(600_000);

const hasHost = (language: string): boolean => {
  const { error } = spawnSync(`pulumi-language-${language}`, ["--help"]);
  if (error)
    process.stderr.write(`SKIPPED: programs in ${language}. Put pulumi-language-${language} on PATH.\n`);
  return !error;
};
const python = hasHost("python") ? pulumiForPython() : undefined;
const hasGo = hasHost("go") && spawnSync("go", ["version"]).status === 0;

const everything = { all: "advisory" };
const secrets = { password: "Pl4in-password-0f-the-test" };
const vpc = { id: "vpc-01234567", default: true };

/** What is found, as the engine prints it. */
const found = ({ results }: Report): string[] =>
  results
    .filter((r) => r.outcome === "violation")
    .map(asPrinted)
    .sort();

function asPrinted({ rule: id, resource, part, message }: Finding): string {
  const rule = rules.find((r) => r.id === id);
  const where = part === undefined ? "" : `, ${part},`;
  return `${id} ${resource.urn}\n${rule?.title}\n${resource.name}${where} ${message}. ${rule?.fix}`;
}
const printed = ({ policyName, resourceUrn, message }: Told) =>
  `${policyName} ${resourceUrn}\n${stripVTControlCharacters(message).trim()}`;

async function compare(folder: string, config: Record<string, string>, answers: object): Promise<void> {
  const project = new Project(folder, answers);
  try {
    await project.stack("same", config, secrets);
    const { status, output, told } = await project.deploy("preview", "same", root, everything);
    expect({ status, output }).toMatchObject({ status: 0 });
    const { code, stdout, stderr } = await project.check("same", everything, secrets);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const report: Report = JSON.parse(stdout);
    expect(report.unanswered).toEqual([]);
    expect(told.length).toBeGreaterThan(20);
    expect(found(report)).toEqual(told.map(printed).sort());
  } finally {
    project.remove();
  }
}

describeWithCli("`preflight check` says what `pulumi preview` says of a program in", () => {
  (python ? test : test.skip)("Python", async () => {
    process.env.PULUMI_PYTHON_CMD = python?.interpreter;
    await compare(
      join(root, "test/programs/python-same"),
      {},
      {
        "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0", name: "al2023" },
        "aws:ec2/getVpc:getVpc": vpc,
      },
    );
    delete process.env.PULUMI_PYTHON_CMD;
  });

  (hasGo ? test : test.skip)("Go", async () => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-"));
    try {
      cpSync(join(root, "test/programs/go-shop"), folder, { recursive: true });
      for (const args of [
        ["mod", "tidy"],
        ["build", "-o", "shop"],
      ])
        expect(spawnSync("go", args, { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0 });
      const runtime = { name: "go", options: { binary: join(folder, "shop") } };
      writeFileSync(join(folder, "Pulumi.yaml"), `name: shop\nruntime: ${JSON.stringify(runtime)}\n`);
      await compare(
        folder,
        { replicas: "2", "aws:region": "eu-west-3" },
        {
          "aws:ec2/getAmi:getAmi": { id: "ami-0123456789abcdef0", name: "al2023", size: 8 },
          "aws:ec2/getVpc:getVpc": vpc,
        },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
