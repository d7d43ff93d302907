import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Block, blocks, blocksRunBy } from "../support/pages";
import { describeWithCli, Project, type Ran, root } from "./pulumi";

// What the pages tell people to type at the real CLI is typed here, as it stands there.

const here = blocksRunBy("test/cli/docs.test.ts");
const of = (page: string) => here.filter((block) => block.page === page);
const [fromNothing, screen, ...more] = of("docs/pulumi.md");
const given = blocks.filter(({ page, mark }) => page === "docs/pulumi.md" && mark === "file: preflight.json");

const readme = join(root, "stacks/lexia/README.md");

/** It breaks nothing that is mandatory. */
const sound = `import * as aws from "@pulumi/aws";
new aws.sns.Topic("alarms");
`;

/** What registries would bring lies beside the program; the packed package is installed in `test/package`. */
const withoutRegistry = (project: Project) => `
npm() { [ -e node_modules ] || ln -s '${project.folder}/node_modules' node_modules; }
npx() { preflight "\${@:2}"; }
preflight() { node '${join(root, "dist/cli/main.js")}' "$@"; }
pulumi() {
  [ "$*" = "new aws-typescript --yes" ] || { command pulumi "$@"; return; }
  sed 's/^name: .*/name: shop/' '${project.folder}/Pulumi.yaml' > Pulumi.yaml
  cp '${project.folder}/package.json' .
  command pulumi stack init dev
}
`;

function succeeded(ran: Ran): Ran {
  if (ran.status !== 0) throw new Error(`It ended with ${ran.status}:\n${ran.output}`);
  return ran;
}

describeWithCli("at the real CLI, as the pages say", () => {
  let project: Project;
  const type = ({ code }: Pick<Block, "code">) => project.sh(`${withoutRegistry(project)}${code}`);

  beforeAll(async () => {
    project = new Project("buckets");
    project.file("index.ts", sound);
    for (const { code } of given) project.file("preflight.json", code);
    await project.stack("production");
  });
  afterAll(() => project?.remove());

  test("from nothing to a blocked deployment", async () => {
    const { status, output } = await type(fromNothing ?? { code: "" });
    expect(status).not.toBe(0);
    const shown = screen?.code.split("…") ?? [];
    expect(shown).toHaveLength(2);
    for (const part of shown) expect(output).toContain(part.trim());
  });

  test.each([...of("README.md"), ...more])("$page: $code", async (block) => {
    succeeded(await type(block));
  });

  test("stacks/lexia/README.md: from the template to a program without findings", async () => {
    symlinkSync(root, join(project.folder, "preflight"));
    project.file("hf-token.txt", "hf_0f-the-test-0f-the-pages");
    const typed = of("stacks/lexia/README.md").map(({ code }) => code);
    const [, check = ""] = /`(preflight check .*?)`/.exec(readFileSync(readme, "utf8")) ?? [];
    const ran = succeeded(await type({ code: [...typed, check].join("\n") }));
    expect(ran.output).toContain("✔ No violations");
  });

  test.each(["lexia", "textai-studio"])("the template %s takes another name", async (stack) => {
    const template = join(root, "stacks", stack);
    const named = ["--name", "other", "--dir", `other-${stack}`];
    succeeded(await project.run("new", template, "--yes", "--generate-only", ...named));
    const made = parse(readFileSync(join(project.folder, `other-${stack}`, "Pulumi.yaml"), "utf8"));
    expect(made).toMatchObject({ name: "other", config: { domain: { type: "string" } } });
    expect(made).not.toHaveProperty("template");
  });
});
