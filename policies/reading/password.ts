import type { Resource, Stack } from "../stack";
import { isSecret, peek, Unknown } from "../value";
import { isConfigured } from "./secret";

/** What is wrong with a password; nothing where it comes from another resource or a secret setting. */
export function wrongPassword(
  resource: Resource,
  key: string,
  stack: Stack<never>,
  minimumLength: number,
): string | undefined {
  if (resource.from(key).length > 0) return;
  const props = resource.props as Record<string, unknown>;
  const value = peek(props, key);
  if (value instanceof Unknown) {
    // A secret that nobody can decrypt here: nothing speaks against it.
    if (isSecret(props, key)) return;
    throw value;
  }
  const password = `${value}`;
  // The SDK makes a secret of any password: only a source that knows the secret settings can tell a literal.
  const { secrets } = stack.surroundings;
  const isSetting = () =>
    isConfigured(password, stack) || [...(secrets ?? [])].some((s) => s.includes(password));
  if (secrets && !isSetting()) return "has its password written down in the program";
  if (isPlaceholder(password)) return "has a placeholder for a password";
  if (password.length < minimumLength) return `has a password of fewer than ${minimumLength} characters`;
}

/** A word that stands in for a password until there is one, with no more than digits and signs around it. */
function isPlaceholder(password: string): boolean {
  const plain = password
    .slice(0, 200)
    .toLowerCase()
    .replace(/[0@$3]/g, (sign) => ({ "0": "o", "@": "a", $: "s", "3": "e" })[sign] ?? sign);
  if (/(?:change|replace|fix).{0,2}(?:me|this|it)|placeholder|your.{0,12}password/.test(plain)) return true;
  if (new Set(password).size < 5 || /^0?123456789/.test(password)) return true;
  const rest = plain.replace(words, "");
  return rest !== plain && rest.replace(/[^a-z]/g, "").length < 4;
}

const words =
  /pass(?:word|wort|wd)|passw|secret|super|administrator|admin|root|postgres|mysql|mongo|docdb|test|dummy|sample|example|letmein|qwerty|welcome|default|database|user|master|production|prod|staging/g;
