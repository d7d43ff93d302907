import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies";
import { describeWithCli, headline, Project, root } from "./pulumi";
import { answers, folderOf, lexia, production, textaiStudio } from "./references";

// The reference stacks with one thing wrong: blocked by the rule that looks for it, and by no other.
jest.setTimeout(240_000);

const strict = JSON.parse(readFileSync(join(root, "profiles", "strict.json"), "utf8"));

interface Weakening {
  rule: string;
  type: string;
  name: string;
  at: string;
  /** Nothing: it is left out. */
  to?: unknown;
}

const deployment = "kubernetes:apps/v1:Deployment";
const container = "docker:index/container:Container";
const weakenings: [typeof lexia, Weakening[]][] = [
  [
    lexia,
    [
      {
        rule: "aws-rds-not-public",
        type: "aws:rds/instance:Instance",
        name: "lexia-db",
        at: "publiclyAccessible",
        to: true,
      },
      {
        rule: "aws-eks-node-minimum",
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "lexia-system",
        at: "scalingConfig.minSize",
        to: 1,
      },
      {
        rule: "kubernetes-probes-liveness",
        type: deployment,
        name: "api",
        at: "spec.template.spec.containers.0.livenessProbe",
      },
    ],
  ],
  [
    textaiStudio,
    [
      { rule: "docker-security-privileged", type: container, name: "studio", at: "privileged", to: true },
      { rule: "docker-restart-policy", type: container, name: "studio", at: "restart" },
      {
        rule: "aws-budgets-limit",
        type: "aws:budgets/budget:Budget",
        name: "studio",
        at: "limitAmount",
        to: "0",
      },
    ],
  ],
];

describeWithCli.each(weakenings)("$name under the real Pulumi CLI", (reference, all) => {
  let project: Project;
  beforeAll(async () => {
    project = new Project(folderOf(reference), answers);
    copyFileSync(join(__dirname, "programs/weakened/index.ts"), join(project.folder, "weakened.ts"));
    project.file("package.json", { private: true, main: "weakened.ts" });
    await production(project, reference);
  });
  afterAll(() => project?.remove());

  test.each(all)("is blocked by $rule", async ({ rule: id, type, name, at, to }) => {
    project.file("weakening.json", { type, name, at: at.split("."), to });
    const { status, output, told } = await project.deploy("preview", "production", root, strict);
    expect(told).toEqual([
      expect.objectContaining({
        policyName: id,
        resourceUrn: expect.stringMatching(new RegExp(`[:$]${type}::${name}$`)),
        enforcementLevel: "mandatory",
      }),
    ]);
    expect(status).not.toBe(0);
    const rule = rules.find((r) => r.id === id);
    expect(output).toMatch(headline("mandatory", rule?.severity ?? "", id, name));
    expect(output).toContain(rule?.title);
    expect(output).toContain(rule?.fix);
  });
});
