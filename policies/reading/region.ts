import type { Resource } from "../stack";
import { peek, text } from "../value";
import { parseArn } from "./arn";

/** Where a resource lives, as far as it is known: its own `region`, its ARN, or the settings of its provider. */
export interface Home {
  region: string | undefined;
  account: string | undefined;
}

export function homeOf(resource: Resource): Home {
  const props = resource.props as { region?: unknown; arn?: unknown };
  const arn = parseArn(peek(props, "arn"));
  const provider = (resource.provider ?? {}) as Record<string, unknown>;
  const [region, accounts, roles] = ["region", "allowedAccountIds", "assumeRoles"].map((key) =>
    peek(provider, key),
  );
  return {
    region: text(peek(props, "region")) || arn?.region || text(region) || undefined,
    account: arn?.account || only(accounts) || accountOfRole(roles) || undefined,
  };
}

/** Whether two places differ for certain; nothing where that cannot be told. */
export function isElsewhere(one: Home, other: Home): boolean | undefined {
  if (one.region && other.region && one.region !== other.region) return true;
  if (one.account && other.account && one.account !== other.account) return true;
  const isKnown = one.region && other.region && one.account && other.account;
  return isKnown ? false : undefined;
}

/** A provider's settings come as lists from a program and as JSON text from a state file. */
function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function only(accounts: unknown): string | undefined {
  const all = listed(accounts);
  return all.length === 1 ? text(all[0]) : undefined;
}

function accountOfRole(roles: unknown): string | undefined {
  const last = listed(roles).at(-1) as { roleArn?: unknown } | undefined;
  return typeof last === "object" && last !== null ? parseArn(peek(last, "roleArn"))?.account : undefined;
}
