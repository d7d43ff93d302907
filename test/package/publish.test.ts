import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parse } from "yaml";
import { describeWithCli, Project } from "../cli/pulumi";
import { blocksRunBy } from "../support/pages";
import { expectToJudge, Folder, home, npmInstall, packageJson, tarball, version } from "./installed";

// What `pulumi policy publish` uploads from `node_modules`, and what those run whom a policy group hands it to: the
// archive, unpacked, and what the language host installs into it.

let folder: Folder;
beforeAll(() => {
  folder = new Folder("publisher", { "package.json": packageJson() });
  folder.must(["npm", ...npmInstall, tarball]);
});

/** As the engine and its language host install a required pack. */
function consumer(name: string, archive: string): string {
  const path = join(home, name);
  mkdirSync(path);
  execFileSync("tar", ["xzf", archive, "-C", path]);
  return join(path, "package");
}

/** What is there to judge by, and nothing that only the development of Preflight needs. */
async function expectToServe(pack: string): Promise<void> {
  const installed = readdirSync(join(pack, "node_modules"));
  expect(installed.filter((name) => /jest|biome|swc|^pulumi-preflight$/.test(name))).toEqual([]);
  await expectToJudge(pack);
}

test("the archive that npm makes of the installed package serves as a pack", async () => {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json"], { cwd: folder.pack, encoding: "utf8" }),
  );
  const pack = consumer("from npm", join(folder.pack, filename));
  const { runtime } = parse(readFileSync(join(pack, "PulumiPolicy.yaml"), "utf8"));
  expect(runtime).toEqual({ name: "nodejs", options: { production: true } });
  execFileSync("npm", ["install", "--loglevel=error", "--production"], { cwd: pack });
  await expectToServe(pack);
});

describeWithCli("by the real CLI", () => {
  const [block] = blocksRunBy("test/package/publish.test.ts");
  const asked: string[] = [];
  const archive = join(home, "published.tgz");
  let cloud: Server;
  let project: Project;

  /** As much of Pulumi Cloud as publishing needs. */
  beforeAll(async () => {
    cloud = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      asked.push(`${request.method} ${request.url}`);
      if (request.url === "/upload") writeFileSync(archive, body);
      const { port } = cloud.address() as AddressInfo;
      const uploadURI = `http://127.0.0.1:${port}/upload`;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ githubLogin: "ada", organizations: [], version: 1, uploadURI }));
    }).listen(0, "127.0.0.1");
    await once(cloud, "listening");
    project = new Project("buckets");
  });
  afterAll(() => {
    cloud?.close();
    project?.remove();
  });

  test("publishes and enables it as the page says", async () => {
    folder.write({ "preflight.json": '{ "all": "advisory" }' });
    const { port } = cloud.address() as AddressInfo;
    const env = { PULUMI_BACKEND_URL: `http://127.0.0.1:${port}`, PULUMI_ACCESS_TOKEN: "of-a-test" };
    const { status, output } = await project.sh(block?.code ?? "", folder.path, env);
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain(`Publishing "preflight" - version ${version} to "my-organization"`);
    expect(asked).toEqual(
      expect.arrayContaining([
        "POST /api/orgs/my-organization/policypacks",
        "PUT /upload",
        `POST /api/orgs/my-organization/policypacks/preflight/versions/${version}/complete`,
        "PATCH /api/orgs/my-organization/policygroups/production",
      ]),
    );
  });

  test("installs what was uploaded, and is stopped by it", async () => {
    const pack = consumer("from the cloud", archive);
    const { status, output } = await project.sh("pulumi install", pack);
    expect({ status, output }).toMatchObject({ status: 0 });
    await expectToServe(pack);
    await project.stack("dev", { lifecycle: "false" }, { policy: "Pl4in-policy" });
    const only = { all: "disabled", "aws-s3-lifecycle": "mandatory" };
    const preview = await project.deploy("preview", "dev", pack, only);
    expect(preview.told.map((t) => t.policyName)).toEqual(["aws-s3-lifecycle"]);
    expect(preview.status).not.toBe(0);
  });
});
