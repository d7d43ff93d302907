import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describeWithCli, knows, Project, root } from "./pulumi";

// What people do with a pack beside a preview: other packs, other folders, profiles, states, the end of a stack.
const only = { all: "disabled", "aws-s3-lifecycle": "mandatory" };
const madeUp = join(root, "test", "fixtures", "pack");

describeWithCli("under the real Pulumi CLI", () => {
  let project: Project;
  beforeAll(async () => {
    project = new Project("buckets");
    await project.stack("sound");
    await project.stack("broken", { lifecycle: "false" });
  });
  afterAll(() => project?.remove());

  test("what blocks is in the event log, with its level, severity and resource", async () => {
    const { status, told } = await project.deploy("preview", "broken", root, only);
    expect(status).not.toBe(0);
    expect(told).toEqual([
      expect.objectContaining({
        policyName: "aws-s3-lifecycle",
        resourceUrn: "urn:pulumi:broken::buckets::aws:s3/bucket:Bucket::audio",
        enforcementLevel: "mandatory",
        ...(knows("the severity of a violation") && { severity: "medium" }),
        message: expect.stringContaining("audio has no enabled lifecycle rule"),
      }),
    ]);
  });

  test.each(readdirSync(join(root, "profiles")))("takes the profile %s", async (name) => {
    const profile = JSON.parse(readFileSync(join(root, "profiles", name), "utf8"));
    const { told } = await project.deploy("preview", "broken", root, profile);
    const lifecycle = told.find((t) => t.policyName === "aws-s3-lifecycle");
    expect(lifecycle?.enforcementLevel).toBe(name === "strict.json" ? "mandatory" : "advisory");
  });

  test("starts from a folder with spaces and letters beyond ASCII", async () => {
    const pack = join(project.folder, "mes règles été", "préflight");
    mkdirSync(join(pack, ".."));
    symlinkSync(root, pack);
    const { status, told } = await project.deploy("preview", "broken", pack, only);
    expect(told.map((t) => t.policyName)).toEqual(["aws-s3-lifecycle"]);
    expect(status).not.toBe(0);
  });

  test("stands beside another pack", async () => {
    const config = project.file("only.json", only);
    const other = project.file("other.json", { all: "disabled", stands: "mandatory", tagged: "advisory" });
    const packs = ["--policy-pack", root, "--policy-pack", madeUp];
    const configs = ["--policy-pack-config", config, "--policy-pack-config", other];
    const { status, output } = await project.run("preview", "--stack", "broken", ...packs, ...configs);
    expect(output).toContain("audio has no enabled lifecycle rule");
    expect(output).toContain("audio has no owner");
    expect(status).not.toBe(0);
  });

  const testAnalysis = knows("policy analyze") ? test : test.skip;
  testAnalysis("judges what is deployed already", async () => {
    await project.run("up", "--stack", "broken", "--yes", "--skip-preview");
    const config = ["--policy-pack-config", project.file("only.json", only)];
    const { status, output } = await project.run(
      ...["policy", "analyze", "--stack", "broken", "--policy-pack", root, ...config],
    );
    expect(output).toContain("audio has no enabled lifecycle rule");
    expect(status).not.toBe(0);
  });
});
