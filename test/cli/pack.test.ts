import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithCli, headline, Project, type Ran, root } from "./pulumi";

// The built pack under the real engine, with stand-ins for the providers. Needs `npm run build`.
const madeUp = join(root, "test", "fixtures", "pack");
const lifecycle = "aws-s3-lifecycle";
const plain = "Pl4in-policy";

describeWithCli("under the real Pulumi CLI", () => {
  const ran: Ran[] = [];
  let project: Project;
  const deploy = async (...args: Parameters<Project["deploy"]>) => {
    const result = await project.deploy(...args);
    ran.push(result);
    return result;
  };

  beforeAll(async () => {
    project = new Project("buckets");
    await project.stack("sound", { tags: JSON.stringify({ owner: "platform" }) }, { policy: plain });
    await project.stack("broken", { lifecycle: "false", forceDestroy: "true" }, { policy: plain });
  });
  afterAll(() => project?.remove());

  test("a stack that breaks nothing deploys, and deploys again", async () => {
    const only = { all: "disabled", [lifecycle]: "mandatory" };
    for (const [command, changes] of [
      ["preview", "4 to create"],
      ["up", "4 created"],
      ["up", "4 unchanged"],
    ] as const) {
      const { status, output } = await deploy(command, "sound", root, only);
      expect(output).toContain(changes);
      expect(output).not.toMatch(/\[(advisory|mandatory)\]/);
      expect(status).toBe(0);
    }
  });

  test("an advisory violation is shown, and passes", async () => {
    const { status, output } = await deploy("preview", "broken", root, {
      all: "disabled",
      [lifecycle]: "advisory",
    });
    expect(output).toMatch(headline("advisory", "medium", lifecycle, "audio"));
    expect(status).toBe(0);
  });

  test("a mandatory violation blocks, and says what to do", async () => {
    const strict = JSON.parse(readFileSync(join(root, "profiles", "strict.json"), "utf8"));
    const { status, output } = await deploy("preview", "broken", root, strict);
    expect(output).toMatch(headline("mandatory", "medium", lifecycle, "audio"));
    expect(output).toMatch(
      /S3 buckets expire or archive what they hold\.\s+audio has no enabled lifecycle rule\. Add /,
    );
    expect(output).not.toMatch(headline("mandatory", "medium", lifecycle, "copy"));
    expect(status).not.toBe(0);
  });

  test("a config that cannot be meant stops before anything is judged", async () => {
    const { status, output } = await deploy("preview", "broken", root, { "aws-s3-lifecycles": "mandatory" });
    expect(output).toContain('There is no rule "aws-s3-lifecycles".');
    expect(status).not.toBe(0);
  });

  test("what is unknown in a preview is quiet there, and judged in the update", async () => {
    const only = { all: "disabled", tagged: "mandatory" };
    await project.stack("fresh", { tags: JSON.stringify({ owner: "platform" }) }, { policy: plain });
    const preview = await deploy("preview", "fresh", madeUp, only);
    expect(preview.output).not.toContain("tagged");
    expect(preview.status).toBe(0);
    const update = await deploy("up", "fresh", madeUp, only);
    expect(update.output).toContain('copy has no owner "platform". Change it');
    expect(update.output).not.toContain("audio has no owner");
    expect(update.status).not.toBe(0);
  });

  test("mends where it is told to, reports it, and a failing rule stops nothing", async () => {
    const policies = { all: "disabled", kept: "remediate", faulty: "mandatory", marked: "mandatory" };
    const { status, output } = await deploy("up", "broken", madeUp, policies);
    expect(output).toMatch(/\[remediate\] +kept +\(1 resource\)/);
    expect(output.match(/could not judge/g)).toHaveLength(1);
    expect(output).not.toContain("[mandatory]");
    expect(status).toBe(0);
    const state = await project.run("stack", "export", "--stack", "broken");
    const { resources } = JSON.parse(state.output).deployment;
    const { inputs } = resources.find((r: { urn: string }) => r.urn.endsWith("::audio"));
    expect(inputs).toMatchObject({ forceDestroy: false, policy: { ciphertext: expect.any(String) } });
  });

  test("no output of any of these runs shows a secret", () => {
    expect(ran.length).toBeGreaterThan(0);
    for (const { output } of ran) expect(output).not.toContain(plain);
  });
});
