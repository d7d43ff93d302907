import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pulumiForPython } from "../languages/venv";
import { compare, everything } from "./compare";
import { describeWithCli, hasHost, Project, root } from "./pulumi";

// Programs in other languages, under the real CLI with our pack and under `preflight check`.

jest.setTimeout(600_000);

const canRun = (language: string): boolean => {
  const isThere = hasHost(language);
  if (!isThere)
    process.stderr.write(
      `SKIPPED: programs in ${language}. Put pulumi-language-${language} beside pulumi, or on PATH.\n`,
    );
  return isThere;
};
const python = canRun("python") ? pulumiForPython() : undefined;
const hasGo = canRun("go") && spawnSync("go", ["version"]).status === 0;

const secrets = { password: "Pl4in-password-0f-the-test" };
const vpc = { id: "vpc-01234567", default: true };

async function compareProgram(folder: string, config: Record<string, string>, answers: object) {
  const project = new Project(folder, answers);
  try {
    await project.stack("same", config, secrets);
    expect((await compare(project, "same", everything, secrets)).length).toBeGreaterThan(20);
  } finally {
    project.remove();
  }
}

describeWithCli("`preflight check` says what `pulumi preview` says of a program in", () => {
  (python ? test : test.skip)("Python", async () => {
    process.env.PULUMI_PYTHON_CMD = python?.interpreter;
    await compareProgram(
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
      await compareProgram(
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
