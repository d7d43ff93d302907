import { describeWithCli, Project } from "../cli/pulumi";
import { blocksRunBy } from "../support/pages";
import {
  describeWith,
  expectToJudge,
  Folder,
  finding,
  npmInstall,
  packageJson,
  program,
  tarball,
  version,
} from "./installed";

// Installed beside a program that has an SDK of its own, by each package manager: where each puts a package differs.

/** On Node 20 Yarn 1 refuses the newest SDK, which others take with a warning. */
const [forYarn1] = blocksRunBy("test/package/managers.test.ts").map(({ code }) => JSON.parse(code));
const sdk: string = forYarn1.resolutions["@pulumi/pulumi"];

const yarn4 = `nodeLinker: node-modules
enableScripts: false
enableTelemetry: false
enableGlobalCache: false
cacheFolder: ../store of yarn 4
`;

interface Manager {
  name: string;
  command: string[];
  add: string[];
  files?: Record<string, string>;
  manifest?: object;
}
const managers: Manager[] = [
  { name: "npm", command: ["npm"], add: npmInstall },
  {
    name: "pnpm 10",
    command: ["npx", "--yes", "pnpm@10.34.8"],
    add: ["add", "--ignore-scripts", "--store-dir", "../store of pnpm"],
  },
  {
    name: "Yarn 1",
    command: ["npx", "--yes", "yarn@1.22.22"],
    add: ["add", "--ignore-scripts", "--non-interactive", "--cache-folder", "../store of yarn 1"],
    manifest: forYarn1,
  },
  {
    name: "Yarn 4",
    command: ["npx", "--yes", "--package", "@yarnpkg/cli-dist@4.18.1", "yarn"],
    add: ["add"],
    files: { "yarn.lock": "", ".yarnrc.yml": yarn4 },
  },
];

for (const { name, command, add, files = {}, manifest = {} } of managers) {
  describeWith(name, [...command, "--version"], () => {
    let folder: Folder;
    beforeAll(() => {
      const own = { "package.json": packageJson({ dependencies: { "@pulumi/pulumi": sdk }, ...manifest }) };
      folder = new Folder(`beside ${name}`, { ...program, ...files, ...own });
      folder.must([...command, ...add, `pulumi-preflight@file:${tarball}`]);
    });

    test("the command runs", () => {
      expect(folder.must(["preflight", "--version"]).trim()).toBe(version);
    });

    test("a program is checked with its own SDK", () => {
      const { status, results } = folder.report("check");
      expect(status).toBe(1);
      expect(results).toContainEqual(finding(sdk));
    });

    test("the pack starts from node_modules, and judges", () => expectToJudge(folder.pack));

    describeWithCli("and the real CLI", () => {
      test("the pack starts from node_modules, and judges", async () => {
        const project = new Project("buckets");
        try {
          await project.stack("dev", { lifecycle: "false" }, { policy: "Pl4in-policy" });
          const only = { all: "disabled", "aws-s3-lifecycle": "mandatory" };
          const { status, output, told } = await project.deploy("preview", "dev", folder.pack, only);
          expect({ output, found: told.map((t) => t.policyName) }).toMatchObject({
            found: ["aws-s3-lifecycle"],
          });
          expect(status).not.toBe(0);
        } finally {
          project.remove();
        }
      });
    });
  });
}
