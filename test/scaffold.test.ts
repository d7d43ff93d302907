import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { scaffold } from "../scripts/scaffold";
import { temporaryFolder } from "./support/folder";

const root = resolve(__dirname, "..");
const folder = temporaryFolder();

/** A repository with one rule. */
function repository(name: string, index: string): { path: string; read(file: string): string } {
  const path = join(folder.path, name);
  mkdirSync(join(path, "policies/aws/s3"), { recursive: true });
  cpSync(join(root, "policies/resources.ts"), join(path, "policies/resources.ts"));
  writeFileSync(join(path, "policies/aws/s3/lifecycle.ts"), "");
  writeFileSync(join(path, "policies/index.ts"), index);
  return { path, read: (file) => readFileSync(join(path, file), "utf8") };
}

const onOneLine = `import s3Lifecycle from "./aws/s3/lifecycle";
import type { Rule } from "./rule";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [s3Lifecycle];
`;
const onLines = `import s3Lifecycle from "./aws/s3/lifecycle";
import memoryLimit from "./kubernetes/workload/memory-limit";
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [
  // Storage
  s3Lifecycle,
  memoryLimit,
];
`;

test("writes a rule whose check is still to be written, about a resource of its service", () => {
  const { path, read } = repository("written", onOneLine);
  expect(scaffold("aws-ecs-log-driver", path)).toEqual({ file: "policies/aws/ecs/log-driver.ts" });
  const rule = read("policies/aws/ecs/log-driver.ts");
  expect(rule).toContain('id: "aws-ecs-log-driver"');
  expect(rule).toMatch(/on: \["aws:ecs\/\w+:\w+"\]/);
  expect(rule).toContain("throw new Error");
});

test("lists it: the import by path, the rule at the end", () => {
  const short = repository("short", onOneLine);
  scaffold("aws-ecs-log-driver", short.path);
  expect(short.read("policies/index.ts")).toBe(`import ecsLogDriver from "./aws/ecs/log-driver";
import s3Lifecycle from "./aws/s3/lifecycle";
import type { Rule } from "./rule";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [
  s3Lifecycle,
  ecsLogDriver,
];
`);
  const long = repository("long", onLines);
  scaffold("aws-s3-versioning", long.path);
  expect(long.read("policies/index.ts")).toBe(`import s3Lifecycle from "./aws/s3/lifecycle";
import s3Versioning from "./aws/s3/versioning";
import memoryLimit from "./kubernetes/workload/memory-limit";
import type { Rule } from "./rule";

export const rules: readonly Rule[] = [
  // Storage
  s3Lifecycle,
  memoryLimit,
  s3Versioning,
];
`);
});

test("a folder that is there is a service, the longest name first", () => {
  const { path } = repository("folders", onOneLine);
  mkdirSync(join(path, "policies/aws/s3-access"), { recursive: true });
  mkdirSync(join(path, "policies/kubernetes/workload"), { recursive: true });
  expect(scaffold("kubernetes-workload-memory-limit", path).file).toBe(
    "policies/kubernetes/workload/memory-limit.ts",
  );
  expect(scaffold("aws-s3-access-points", path).file).toBe("policies/aws/s3-access/points.ts");
});

test.each([
  ["aws-s3-lifecycle", "policies/aws/s3/lifecycle.ts is there already."],
  ["aws-lifecycle", "is no id of a rule. It is <provider>-<service>-<what-must-hold>"],
  ["AWS-s3-x", "is no id of a rule."],
  ["../../x-y-z", "is no id of a rule."],
  ["azure-blob-x", 'There is no provider "azure". Rules are about aws, docker, kubernetes.'],
  ["kubernets-pod-x", 'There is no provider "kubernets". Did you mean "kubernetes"?'],
  [
    "aws-ecss-log-driver",
    'There is no service "ecss" of aws. Did you mean "ecs"? For a new one, make the folder policies/aws/ecss first.',
  ],
])("refuses %s", (id, message) => {
  const { path, read } = repository(`refused-${id.replace(/\W/g, "")}`, onOneLine);
  expect(() => scaffold(id, path)).toThrow(message);
  expect(read("policies/index.ts")).toBe(onOneLine);
});
