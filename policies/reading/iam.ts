import type { Resource, Stack } from "../stack";
import { attempt, every, items, peek, some, text, Unknown } from "../value";

/** The resources that hold policies of identities: what somebody may do. */
export const identityPolicies = [
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/role:Role",
] as const;

const attachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
] as const;
const attachmentLists = [
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
] as const;
const bounded = ["aws:iam/role:Role", "aws:iam/user:User"] as const;
/** What a rule must see to tell a policy that grants from one that only bounds. */
export const policyUsers = [
  "aws:iam/rolePolicy:RolePolicy",
  ...attachments,
  ...attachmentLists,
  ...bounded,
] as const;

/**
 * Whether a policy is used in the stack as a permissions boundary and as nothing else: a boundary grants nothing.
 * Throws `Unknown` where that cannot be told.
 */
export function isOnlyBoundary(policy: Resource, stack: Stack<(typeof policyUsers)[number]>): boolean {
  if (policy.type !== "aws:iam/policy:Policy") return false;
  const bounds = stack.pointersAt(policy, bounded, "permissionsBoundary");
  if (bounds.certain.length + bounds.possible.length === 0) return false;
  const granting = [
    stack.pointersAt(policy, attachments, "policyArn"),
    stack.pointersAt(policy, attachmentLists, "policyArns"),
    stack.pointersAt(policy, "aws:iam/role:Role", "managedPolicyArns"),
  ];
  if (granting.some(({ certain }) => certain.length > 0)) return false;
  const [open] = granting.flatMap(({ possible }) => possible.map(({ reason }) => reason));
  if (open) throw open;
  const [undecided] = bounds.possible;
  if (bounds.certain.length === 0 && undecided) throw undecided.reason;
  return true;
}

/** A statement as it stands in a document; each list may hold `Unknown`. */
export interface Statement {
  /** Reading an unknown effect throws. */
  isAllow(): boolean;
  isDeny(): boolean;
  actions: Texts;
  notActions: Texts;
  resources: Texts;
  notResources: Texts;
  /** Every principal, with the kind under which it stands: `AWS`, `Service`, `Federated`, or "*" for anybody. */
  principals: readonly { kind: string; name: string | Unknown }[];
  /** It is for all principals but some. */
  exceptsPrincipals: boolean;
  conditions: readonly (Condition | Unknown)[];
}
type Texts = readonly (string | Unknown)[];

interface Condition {
  operator: string;
  key: string;
  values: Texts;
}

/**
 * The statements of a document, JSON text or object, by their Sid or position. What is no document has none: AWS refuses
 * it, so nothing can be granted by it.
 */
export function* statementsOf(document: unknown): Iterable<readonly [string, Statement | Unknown]> {
  const parsed = typeof document === "string" ? parse(document) : document;
  if (typeof parsed !== "object" || parsed === null) return;
  const statements = peek(parsed as Written, "Statement");
  if (statements instanceof Unknown) yield ["statement", statements];
  else {
    const all = Array.isArray(statements) ? items<Written>(statements) : [statements as Written];
    for (const [i, statement] of all.entries()) {
      if (statement instanceof Unknown) yield [`statement[${i}]`, statement];
      else if (typeof statement === "object" && statement !== null)
        yield [nameOf(statement, i), read(statement)];
    }
  }
}

/** The statements of all that a resource grants to identities. */
export function* grantsOf(
  resource: Resource<(typeof identityPolicies)[number]>,
  stack: Stack<(typeof identityPolicies)[number]>,
): Iterable<readonly [string, Statement | Unknown]> {
  if (resource.type !== "aws:iam/role:Role") {
    yield* documentAt(resource.props, "policy", "");
    return;
  }
  const inline = peek(resource.props, "inlinePolicies");
  if (inline instanceof Unknown) yield ["inlinePolicies", inline];
  else {
    const others = ofTheirOwn(resource, stack);
    for (const [i, policy] of items(inline).entries()) {
      const at = `inlinePolicies[${i}]`;
      if (policy instanceof Unknown) yield [at, policy];
      else if (policy && !others.has(peek(policy, "name"))) yield* documentAt(policy, "policy", `${at} `);
    }
  }
}

/** A deployed role repeats the policies that are resources of their own; they are judged there. */
function ofTheirOwn(role: Resource, stack: Stack<(typeof identityPolicies)[number]>): ReadonlySet<unknown> {
  const policies = attempt(() => stack.pointingAt(role, "aws:iam/rolePolicy:RolePolicy", "role"));
  if (policies instanceof Unknown) return new Set();
  return new Set(policies.map((policy) => peek(policy.props, "name")).filter((name) => text(name)));
}

/** The statements of the document under a property. */
export function* documentAt<T extends object>(
  of: T,
  key: keyof T & string,
  before = "",
): Iterable<readonly [string, Statement | Unknown]> {
  const document = peek(of, key);
  if (document instanceof Unknown) yield [`${before}${key}`, document];
  else for (const [name, statement] of statementsOf(document)) yield [`${before}${name}`, statement];
}

type Written = Record<string, unknown>;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function nameOf(statement: Written, position: number): string {
  const sid = peek(statement, "Sid");
  return typeof sid === "string" && sid ? `statement ${sid}` : `statement[${position}]`;
}

const read = (statement: Written): Statement => ({
  isAllow: () => statement.Effect === "Allow",
  isDeny: () => statement.Effect === "Deny",
  actions: textsAt(statement, "Action"),
  notActions: textsAt(statement, "NotAction"),
  resources: textsAt(statement, "Resource"),
  notResources: textsAt(statement, "NotResource"),
  principals: principalsOf(statement),
  exceptsPrincipals: "NotPrincipal" in statement,
  conditions: conditionsOf(statement),
});

function textsAt(of: Written, key: string): Texts {
  const value = peek(of, key);
  if (value instanceof Unknown || typeof value === "string") return [value];
  return items(value as readonly unknown[]).flatMap((v) =>
    typeof v === "string" || v instanceof Unknown ? [v] : [],
  );
}

function principalsOf(statement: Written): Statement["principals"] {
  const principal = peek(statement, "Principal");
  if (typeof principal === "string" || principal instanceof Unknown) return [{ kind: "*", name: principal }];
  if (typeof principal !== "object" || principal === null) return [];
  return Object.keys(principal).flatMap((kind) =>
    textsAt(principal as Written, kind).map((name) => ({ kind, name })),
  );
}

function conditionsOf(statement: Written): Statement["conditions"] {
  const condition = peek(statement, "Condition");
  if (condition instanceof Unknown) return [condition];
  if (typeof condition !== "object" || condition === null) return [];
  return Object.keys(condition).flatMap((operator): (Condition | Unknown)[] => {
    const keys = peek(condition as Written, operator);
    if (keys instanceof Unknown) return [keys];
    if (typeof keys !== "object" || keys === null) return [];
    return Object.keys(keys).map((key) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: valuesAt(keys as Written, key),
    }));
  });
}

/** Booleans and numbers may stand in a condition as such, or as texts. */
function valuesAt(of: Written, key: string): Texts {
  const value = peek(of, key);
  const all = Array.isArray(value) ? items<unknown>(value) : [value];
  return all.flatMap((v) => {
    if (v instanceof Unknown || typeof v === "string") return [v];
    return typeof v === "boolean" || typeof v === "number" ? [String(v)] : [];
  });
}

/** Whether an action stands for every action of a service, or of all of them. */
export const isWholeService = (action: string): boolean =>
  /^[^:]+:[*?]+$/.test(action) && action.endsWith("*") && !isEveryAction(action);
export const isEveryAction = (action: string): boolean => /^\*+(:\*+)?$/.test(action);
const isEveryResource = (resource: string): boolean => /^\*+$|^arn:(aws[\w-]*|\*)(:\*+)+$/.test(resource);

/** Whether a statement is about everything there is. */
export const isOnEverything = (statement: Statement): boolean =>
  statement.notResources.length > 0 || some(statement.resources, isEveryResource);

/** Whether anybody at all is meant by the principals of a statement, its conditions apart. */
const isForAnybody = (statement: Statement): boolean =>
  statement.exceptsPrincipals ||
  some(statement.principals, ({ kind, name }) => {
    if (name instanceof Unknown) throw name;
    return kind !== "Federated" && name === "*";
  });

/**
 * The condition keys that tie a request to callers one knows, as S3 and Access Analyzer see it. An external id is no
 * secret, and a tag or referer is what the caller says it is.
 */
const narrowing = new Set(
  [
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceOwner",
    "aws:SourceVpc",
    "aws:SourceVpce",
    "aws:userid",
    "aws:username",
    "aws:VpcSourceIp",
    "kms:CallerAccount",
    "s3:DataAccessPointAccount",
    "s3:DataAccessPointArn",
  ].map((key) => key.toLowerCase()),
);

/** Operators that let a request pass which lacks the key, or has another value, narrow nothing. */
const isPositive = (operator: string) =>
  !operator.includes("not") &&
  !operator.endsWith("ifexists") &&
  !operator.startsWith("forallvalues:") &&
  operator !== "null";

/** Any value, any address, or the ARN of any account. */
const isAnything = (value: string) => /^[*:]+$|\/0+$|^arn(:[^:]*){3}:\*(:|$)/.test(value);

const narrows = ({ operator, key, values }: Condition): boolean =>
  narrowing.has(key) && isPositive(operator) && values.length > 0 && !some(values, isAnything);

/** Whether a statement lets in anybody at all: nothing says who, neither a principal nor a condition. */
export const isPublic = (statement: Statement): boolean =>
  every(
    [() => statement.isAllow(), () => isForAnybody(statement), () => !some(statement.conditions, narrows)],
    (holds) => holds(),
  );

/** The name of a policy that AWS manages, from its ARN. */
export const managedName = (arn: unknown): string | undefined =>
  /^arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*([\w-]+)$/.exec(text(arn) ?? "")?.[1];
