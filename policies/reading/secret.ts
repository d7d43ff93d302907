import { gunzipSync } from "node:zlib";
import type { Resource, Stack } from "../stack";
import { isSecret, peek, text, Unknown } from "../value";

/** A setting that a program sees at run time, and the object and key that hold it. */
export interface Setting {
  name: string;
  of: object;
  key: string;
  /** The top-level input of the resource around it. */
  input: string;
  /** Its value, where `of` and `key` hold a text that says more than this one setting. */
  within?: string;
}

/** Every setting of a map, by the name a message may show. */
export function* settings(
  map: object | undefined,
  input: string,
  called = "variable",
): Iterable<readonly [string, Setting]> {
  if (typeof map !== "object" || map === null) return;
  for (const key of Object.keys(map)) yield [`${called} ${shown(key)}`, { name: key, of: map, key, input }];
}

/**
 * What kind of secret a setting gives away, such as "an AWS access key"; nothing where it holds none, or holds it as
 * Pulumi keeps secrets. Never the value, nor a part of it. Throws `Unknown` where it cannot be told.
 */
export function secretIn(
  { name, of, key, input, within }: Setting,
  { resource, stack }: { resource: Resource; stack: Stack<never> },
  find: (value: string) => string | undefined = (value) => looksSecret(name, value),
): string | undefined {
  const holder = of as Record<string, unknown>;
  const secret = isSecret(holder, key);
  if (secret && within === undefined) return;
  const value = within ?? peek(holder, key);
  if (value instanceof Unknown) {
    // What comes from another resource is no literal, whatever it turns out to be.
    if (resource.from(input).length > 0 || !soundsSecret(name)) return;
    throw value;
  }
  const literal = text(value);
  if (literal === undefined) return;
  const kind = find(literal);
  if (kind === undefined || isConfigured(literal, stack) || isOutput(literal, resource.from(input))) return;
  if (stack.surroundings.names?.has(literal)) return;
  // A secret makes all of a text secret: which of its settings it was cannot be told.
  if (secret !== false) throw new Unknown(`${input} (it may be kept as a secret)`);
  return kind;
}

/** A value that is, or is built around, a secret setting of the program. */
export function isConfigured(value: string, { surroundings }: Stack<never>): boolean {
  for (const secret of surroundings.secrets ?? []) {
    if (value === secret || (secret.length >= 6 && value.includes(secret))) return true;
  }
  return false;
}

/** In a state file, what came from another resource is known: it is then one of that resource's own values. */
const isOutput = (value: string, sources: readonly Resource[]) =>
  sources.some((source) => {
    const props = source.props as Record<string, unknown>;
    return source.id === value || Object.keys(props).some((key) => peek(props, key) === value);
  });

/** What kind of secret a value is, by its own form or by the name it goes under; nothing where it is none. */
export function looksSecret(name: string, value: string): string | undefined {
  const words = wordsOf(name);
  const kind = knownForm(value, isPublic(words));
  if (kind) return kind;
  const literal = value.trim();
  if (!isPublic(words) && !isHarmless(literal)) {
    const word = secretWord(words);
    if (word ? !isAbout(word, literal, words) : mentionsSecret(words) && isGenerated(literal))
      return "a secret (by its name)";
  }
  return /[\n{]/.test(value) ? secretWithin(value) : undefined;
}

/** Whether a setting's name promises a secret. */
export function soundsSecret(name: string): boolean {
  const words = wordsOf(name);
  return !isPublic(words) && secretWord(words) !== undefined;
}

/** What kind of secret stands in a longer text, such as a script or a configuration file. */
export function secretWithin(content: string): string | undefined {
  const kind = knownForm(content, false);
  if (kind) return kind;
  for (const [, password = ""] of content.matchAll(redisPassword))
    if (!/[$`{}<>*%]/.test(password)) return "a password of Redis";
  for (const match of content.matchAll(assignment)) {
    const [whole, name = "", sign, value = ""] = match;
    const quoted = /^["']/.test(value);
    const bare = quoted ? value.slice(1, -1) : value;
    const after = content.slice(match.index + whole.length, match.index + whole.length + 40);
    // "The password: see the wiki" is prose.
    const isProse = sign === ":" && !quoted && !/^[ \t]*(?:[,}#\r\n]|$)/.test(after);
    const line = content.slice(Math.max(0, match.index - 200), match.index).replace(/^[\s\S]*\n/, "");
    const isComment = /^\s*(?:#|;|\/\/)/.test(line);
    if (isComment || isProse || isCode(name, bare, quoted)) continue;
    const word = secretWord(wordsOf(name));
    // In a file, a bare "token" or "secret" is more often a name of something than the thing.
    const plain = word !== undefined && (isStrong(word) || /^[A-Z0-9_]+$/.test(name));
    if ((plain || isGenerated(bare)) && looksSecret(name, bare)) return `a secret (${shown(name)})`;
  }
  return;
}

/** A text as cloud-init reads user data: plain or base64, perhaps gzipped. */
export function userData(value: string): string {
  const packed = value.replace(/\s/g, "");
  if (packed.length < 8 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return value;
  const bytes = Buffer.from(packed, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString();
  try {
    return gunzipSync(bytes, { maxOutputLength: 1 << 20 }).toString();
  } catch {
    return value;
  }
}

/** A setting's name as a message may show it: a key put in the wrong place must not be printed. */
export const shown = (name: string): string =>
  /^[\w.\- /]{1,80}$/.test(name) && !knownForm(name, false) && !isGenerated(name) ? name : "(name not shown)";

const forms: readonly [kind: string, form: RegExp][] = [
  ["an AWS access key", /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ["a private key", /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/],
  ["an API key", /(?<![\w-])sk-(?:[a-z0-9]{1,12}-){0,3}[A-Za-z0-9_]{16}/],
  ["an API key", /(?<!\w)(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10}/],
  ["an API key", /(?<!\w)gsk_[A-Za-z0-9]{20}/],
  ["an API key", /(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16}/],
  ["a Hugging Face token", /(?<!\w)hf_[A-Za-z0-9]{20}/],
  ["a GitHub token", /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{20}|github_pat_\w{20})/],
  ["a GitLab token", /(?<![\w-])glpat-[\w-]{16}/],
  ["an npm token", /(?<!\w)npm_[A-Za-z0-9]{30}/],
  ["a Slack token", /(?<!\w)(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10}/],
  ["a webhook's secret address", /hooks\.slack\.com\/services\/T\w{4,20}\/B\w{4,20}\/\w{8}/],
  ["a webhook's secret address", /discord(?:app)?\.com\/api\/webhooks\/\d{8,24}\/[\w-]{20}/],
];
const signedToken = /(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}\.[\w-]{8}/;
const googleKey = /(?<![\w-])AIza[\w-]{30}/;
const urlPassword = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/?#@"']{0,100}:([^\s/?#@"']{1,200})@/gi;
const fieldPassword = /[?&;](?:password|passwd|pwd|accountkey|sharedaccesskey)=([^\s&;"']{1,200})/gi;

/** Some keys are made to be public: a browser's Google key, the anonymous key of Supabase (a signed token). */
function knownForm(value: string, published: boolean): string | undefined {
  const found = forms.find(([, form]) => form.test(value))?.[0];
  if (found) return found;
  if (!published && googleKey.test(value)) return "a Google API key";
  if (!published && signedToken.test(value)) return "a signed token";
  for (const pattern of [urlPassword, fieldPassword]) {
    for (const [, password = ""] of value.matchAll(pattern))
      if (!isPlaceholder(password)) return "a password inside a URL or connection string";
  }
  return;
}

/** `DB_PASSWORD`, `dbPassword` and `db.password` are the same words. */
const wordsOf = (name: string): string[] =>
  name
    .slice(0, 200)
    .replace(/([a-z]\d{0,3})([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

const closing = new Set(
  "prod production staging stage dev test live primary secondary current previous old new base value plaintext".split(
    " ",
  ),
);
const passwords = /(?:password|passwd|passphrase|dbpass|rootpass|userpass)$/;
const compact = /(?:apikey|secretkey|accesskey|privatekey|authtoken|accesstoken|clientsecret)$/;
const single = new Set([
  "secret",
  "secrets",
  "token",
  "tokens",
  "salt",
  "pepper",
  "credential",
  "credentials",
]);
const openers = new Set(
  "api secret private access encryption signing master auth account license app session shared fernet hmac cookie".split(
    " ",
  ),
);

/** The word at a name's end that promises a secret, in one form for each: `password`, `key`, `token`. */
function secretWord(words: readonly string[]): string | undefined {
  let end = words.length;
  while (end > 1 && (closing.has(words[end - 1] as string) || /^v?\d{1,3}$/.test(words[end - 1] as string)))
    end--;
  const last = (words[end - 1] ?? "").replace(/\d{1,3}$/, "");
  const before = words[end - 2] ?? "";
  if (passwords.test(last)) return "password";
  if ((last === "pwd" || last === "pass") && before !== "") return "password";
  if (last === "auth" && ["basic", "rediscli"].includes(before)) return "password";
  if (compact.test(last) || ((last === "key" || last === "keys") && openers.has(before))) return "key";
  // A pull or TLS secret is an object of Kubernetes; the tokens of a language model are no credentials.
  if (["pull", "tls", "pad", "eos", "bos", "unk", "mask", "sep", "cls", "stop"].includes(before)) return;
  return single.has(last) ? last : undefined;
}

const mentionsSecret = (words: readonly string[]) =>
  words.some((_, i) => secretWord(words.slice(0, i + 1)) !== undefined) &&
  !/^(?:arn|id|name|names|file|path|url|uri|host|hash|ref|version|digest|checksum)$/.test(words.at(-1) ?? "");

const isPublic = (words: readonly string[]) =>
  words.some((w) => ["public", "publishable", "pub", "anon", "vite"].includes(w)) ||
  (words[0] === "react" && words[1] === "app");

const isStrong = (word: string) => word === "password" || word === "key";

/** Empty, switched off, filled in at start, or a pointer to where the secret is kept. */
const isHarmless = (value: string) =>
  value === "" ||
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|enabled|disabled|required|optional)$/i.test(value) ||
  isPlaceholder(value) ||
  isReference(value) ||
  /^(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-\w+) |^-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}(?:PUBLIC KEY|CERTIFICATE)-----/.test(
    value,
  );

/** `${VAR}`, `$(VAR)`, `$VAR`, `{{ var }}`, `<var>`, `%s`, `***`: something else stands here in the end. */
const isPlaceholder = (value: string) =>
  /^\$\{.*\}$|^\$\(.*\)$|^\$\w+$|^`.*`$|^\{.*\}$|^<.*>$|^\[.*\]$|^%\w$|^%\w+%$|^[*•.]+$|^x{3,}$/i.test(value);

const isReference = (value: string) =>
  /^arn:aws[\w-]*:/.test(value) ||
  /^(?:\w+[:+])?[a-z][a-z0-9+.-]*:\/\/\S*$/i.test(value) ||
  /^(?:vault|ssm|secretsmanager|secret|sops|awssm|file|env):\S+$/i.test(value) ||
  /^(?:~|\.{1,2})?\/[\w.@-]+(?:\/[\w.@-]+)*\/?$/.test(value) ||
  /^[A-Za-z]:\\[\w.\\ -]+$/.test(value) ||
  (/^[a-z][\w.-]*(?:\/[a-z][\w.-]*)+$/.test(value) && !isGenerated(value));

/** A value that says something about a secret instead of being it: a count, a length of time, a kind. */
function isAbout(word: string, value: string, words: readonly string[]): boolean {
  if (word === "password") return false;
  const isCount = word === "tokens" || words.some((w) => /^(?:max|min|num|count|limit)$/.test(w));
  if (isCount && Number.isFinite(Number(value))) return true;
  return (
    /^[\d._]{1,7}(?:ms|s|m|h|d|w|k)?$/i.test(value) ||
    /^(?:bearer|basic|jwt|oauth2?|auto|env|file|vault|iam|aws|kubernetes|memory|HS\d{3}|RS\d{3}|ES\d{3})$/i.test(
      value,
    )
  );
}

/** A value that no person thought up: long, in one piece, letters and digits mixed. */
const isGenerated = (value: string) =>
  /^[\w+/=.~-]{16,}$/.test(value) &&
  /\d/.test(value) &&
  /[a-z]/i.test(value) &&
  !/^[\w-]+(?:\.[\w-]+){2,}$/.test(value) &&
  value.split(/[-_./]/).some((piece) => piece.length >= 12 && /\d/.test(piece) && /[a-z]/i.test(piece));

const redisPassword = /^[ \t]{0,8}(?:requirepass|masterauth)[ \t]{1,8}["']?([^\s"']{1,200})/gm;
const assignment =
  /(?<![\w.-])["']?([A-Za-z_][\w.-]{0,80})["']?[ \t]{0,3}([:=])[ \t]{0,3}("[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s"',;&|]{1,500})/g;

/** In a script or a program, `password=password` and `token: str` hand something on or declare it. */
function isCode(name: string, value: string, quoted: boolean): boolean {
  if (/[$`{}<>*%]/.test(value) || value.startsWith("=")) return true;
  if (quoted) return false;
  return (
    /[()[\]]/.test(value) ||
    /^[a-z_]+(?:\.\w+)+$/i.test(value) ||
    /^(?:str|string|bytes|any|None|self|var|process|os|env)$/i.test(value) ||
    value === name ||
    wordsOf(name).at(-1) === value
  );
}
