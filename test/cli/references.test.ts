import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithCli, Project, root } from "./pulumi";
import { answers, folderOf, lexia, production, textaiStudio } from "./references";

// The reference stacks from nothing to the end, with every rule mandatory, and with the outputs that a cloud gives.
jest.setTimeout(240_000);

const strict = JSON.parse(readFileSync(join(root, "profiles", "strict.json"), "utf8"));

describeWithCli.each([lexia, textaiStudio])("$name under the real Pulumi CLI", (reference) => {
  let project: Project;
  const said: string[] = [];

  beforeAll(async () => {
    project = new Project(folderOf(reference), answers);
    await production(project, reference);
  });
  afterAll(() => project?.remove());

  test("deploys, stays as it is, and is destroyed", async () => {
    for (const changes of ["created", "unchanged"]) {
      const { status, output, told, events } = await project.deploy("up", "production", root, strict);
      said.push(output, events);
      expect({ told, output, status }).toMatchObject({ told: [], status: 0 });
      expect(output).toMatch(new RegExp(`Resources:\\n +(\\+ )?\\d+ ${changes}\\n\\n`));
    }

    // What holds data is protected, and has to be let go first.
    await project.run("state", "unprotect", "--all", "--yes", "--stack", "production");
    const destroyed = await project.run("destroy", "--stack", "production", "--yes", "--skip-preview");
    expect(destroyed).toMatchObject({ status: 0 });
    said.push(destroyed.output);
  });

  test("no output of any of these runs shows a secret", () => {
    expect(said).toHaveLength(5);
    for (const output of said)
      for (const secret of Object.values(reference.secrets)) expect(output).not.toContain(secret);
  });
});
