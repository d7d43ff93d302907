import { crc32 } from "node:zlib";
import type { Raw } from "../policies/value";

/** An IAM policy document as its JSON has it. */
interface Document {
  Version?: string;
  Id?: string;
  Statement: Statement[];
}
type Statement = Raw & { Sid?: string };

/** What `aws.iam.getPolicyDocument` takes. */
interface Args {
  version?: string;
  policyId?: string;
  sourceJson?: string;
  sourcePolicyDocuments?: string[];
  overrideJson?: string;
  overridePolicyDocuments?: string[];
  statements?: StatementArgs[];
}
interface StatementArgs {
  sid?: string;
  effect?: string;
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: Principal[];
  notPrincipals?: Principal[];
  conditions?: { test: string; variable: string; values: string[] }[];
}
interface Principal {
  type: string;
  identifiers: string[];
}

/** What `aws.iam.getPolicyDocument` returns: the document as the AWS provider renders it. */
export function policyDocument(given: Raw): Raw {
  const args = given as Args;
  const document: Document = { Statement: [] };
  for (const source of [args.sourceJson, ...(args.sourcePolicyDocuments ?? [])])
    if (source) merge(document, JSON.parse(source));
  const version = args.version || "2012-10-17";
  merge(document, {
    Version: version,
    ...(args.policyId && { Id: args.policyId }),
    Statement: (args.statements ?? []).map((s) => statement(s, version)),
  });
  for (const override of [args.overrideJson, ...(args.overridePolicyDocuments ?? [])])
    if (override) merge(document, JSON.parse(override));

  const { Version, Id, Statement } = document;
  const ordered = {
    ...(Version && { Version }),
    ...(Id && { Id }),
    ...(Statement.length > 0 && { Statement }),
  };
  const json = asGo(JSON.stringify(ordered, null, 2));
  return { ...given, version, id: String(crc32(json)), json, minifiedJson: asGo(JSON.stringify(ordered)) };
}

/** A statement with the `Sid` of an earlier one takes its place; the newer version wins. */
function merge(into: Document, from: Partial<Omit<Document, "Statement">> & { Statement?: unknown }): void {
  if (from.Id) into.Id = from.Id;
  if (from.Version && from.Version > (into.Version ?? "")) into.Version = from.Version;
  const statements = (from.Statement === undefined ? [] : [from.Statement].flat()) as Statement[];
  for (const s of statements) {
    const same = s.Sid ? into.Statement.findIndex((known) => known.Sid === s.Sid) : -1;
    if (same >= 0) into.Statement[same] = s;
    else into.Statement.push(s);
  }
}

function statement(s: StatementArgs, version: string): Statement {
  // AWS's own variables are written &{…} where ${…} would be the language's; only this version knows them.
  const own = (text: string) => (version === "2012-10-17" ? text.replaceAll("&{", "${") : text);
  const field = (name: string, values: string[] | undefined) =>
    values?.length ? { [name]: oneOrSorted(values.map(own)) } : {};
  const principal = (name: string, all: Principal[] | undefined) =>
    all?.length ? { [name]: principals(all, own) } : {};
  return {
    ...(s.sid && { Sid: s.sid }),
    Effect: s.effect || "Allow",
    ...field("Action", s.actions),
    ...field("NotAction", s.notActions),
    ...field("Resource", s.resources),
    ...field("NotResource", s.notResources),
    ...principal("Principal", s.principals),
    ...principal("NotPrincipal", s.notPrincipals),
    ...(s.conditions?.length && { Condition: conditions(s.conditions, own) }),
  };
}

/** The provider sorts backwards. */
const oneOrSorted = (values: string[]) => (values.length === 1 ? values[0] : [...values].sort().reverse());

function principals(all: readonly Principal[], own: (text: string) => string): unknown {
  const [only] = all;
  if (all.length === 1 && only?.type === "*" && only.identifiers.length === 1 && only.identifiers[0] === "*")
    return "*";
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of all) {
    const sorted = identifiers.map(own).sort().reverse();
    byType.set(type, [...(byType.get(type) ?? []), ...sorted]);
  }
  return byKey(byType, (identifiers) => (identifiers.length === 1 ? identifiers[0] : identifiers));
}

function conditions(all: NonNullable<StatementArgs["conditions"]>, own: (text: string) => string): Raw {
  const byTest = new Map<string, Map<string, string[]>>();
  for (const { test, variable, values } of all) {
    const variables = byTest.get(test) ?? new Map<string, string[]>();
    variables.set(variable, [...(variables.get(variable) ?? []), ...values.map(own)]);
    byTest.set(test, variables);
  }
  return byKey(byTest, (variables) =>
    byKey(variables, (values) => (values.length === 1 ? values[0] : values)),
  );
}

const byKey = <T>(entries: Map<string, T>, as: (value: T) => unknown): Raw =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, as(v)]));

/** The provider is written in Go, whose JSON has these signs escaped. */
const asGo = (json: string) =>
  json.replace(/[<>&]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
