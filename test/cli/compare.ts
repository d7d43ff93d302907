import { stripVTControlCharacters } from "node:util";
import { rules } from "../../policies";
import type { Finding, Report } from "../../report/report";
import { type Project, root, type Told } from "./pulumi";

/** Every rule on, and none that blocks: levels change what is blocked, not what is found. */
export const everything = { all: "advisory" };

/** What both `pulumi preview` with our pack and `preflight check` find in a stack: the same. */
export async function compare(
  project: Project,
  stack: string,
  policies: object,
  secrets: Record<string, string>,
): Promise<string[]> {
  const { status, output, told } = await project.deploy("preview", stack, root, policies);
  expect({ status, output }).toMatchObject({ status: 0 });
  const { code, stdout, stderr } = await project.check(stack, policies, secrets);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const report: Report = JSON.parse(stdout);
  expect(report.unanswered).toEqual([]);
  const found = report.results.filter((r) => r.outcome === "violation").map(asPrinted);
  expect(found.sort()).toEqual(told.map(printed).sort());
  return found;
}

/** What the engine prints of a finding. */
function asPrinted({ rule: id, resource, part, message }: Finding): string {
  const rule = rules.find((r) => r.id === id);
  const where = part === undefined ? "" : `, ${part},`;
  return `${id} ${resource.urn}\n${rule?.title}\n${resource.name}${where} ${message}. ${rule?.fix}`;
}

const printed = ({ policyName, resourceUrn, message }: Told) =>
  `${policyName} ${resourceUrn}\n${stripVTControlCharacters(message).trim()}`;
