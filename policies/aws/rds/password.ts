import { z } from "zod";
import { ref, secret } from "../../example";
import { cluster, documents, instance, warehouse } from "../../examples/database";
import {
  docdbClusters,
  instances,
  isMember,
  isReplica,
  isRestored,
  rdsClusters,
  redshiftClusters,
} from "../../reading/database";
import { isConfigured } from "../../reading/secret";
import { notApplicable, rule } from "../../rule";
import type { Resource, Stack } from "../../stack";
import { isSecret, isSet, peek, Unknown } from "../../value";

type Database = Resource<
  typeof instances | typeof rdsClusters | typeof docdbClusters | typeof redshiftClusters
>;

export default rule({
  id: "aws-rds-password",
  title: "The password of a database is managed or a secret, and hard to guess.",
  severity: "critical",
  why: "A password in a program is in its repository, its reviews and every copy of them, for ever; a weak one is guessed.",
  fix: "Set `manageMasterUserPassword: true` (Redshift: `manageMasterPassword`), or take the password from `config.requireSecret` or a `RandomPassword`. Change the one that was written down.",
  links: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    "https://docs.aws.amazon.com/documentdb/latest/developerguide/docdb-secrets-manager.html",
    "https://www.pulumi.com/docs/iac/concepts/secrets/",
  ],
  checklists: ["lexia", "api-assistant", "praviel"],

  on: [instances, rdsClusters, docdbClusters, redshiftClusters],
  // Where a password comes from is only known once the whole stack is.
  sees: ["aws:secretsmanager/secretVersion:SecretVersion"],
  config: z.strictObject({
    minimumLength: z.number().int().min(8).default(16).describe("Characters that a password must have."),
  }),

  check(_, { resource, stack, config }) {
    if (resource.type === instances && isMember(resource))
      return notApplicable("has the users of its cluster");
    const props = resource.props as Record<string, unknown>;
    const [password, manage] = names(resource);
    const given = [password, `${password}Wo`].filter((key) => isSet(props, key));
    for (const key of given) {
      const wrong = judged(resource, key, stack, config.minimumLength);
      if (wrong) return wrong;
    }
    // A write-only password is in no state; its version is.
    if (given.length > 0 || isSet(props, `${password}WoVersion`)) return;
    if (isReplica(resource) || isRestored(resource) || isSet(props, "globalClusterIdentifier"))
      return notApplicable("takes over the users of another database");
    return props[manage] === true ? undefined : "has no managed password, and none from a secret";
  },

  examples: {
    good: [
      {
        title: "Managed by AWS",
        resources: [
          instance("db", { manageMasterUserPassword: true }),
          cluster("orders", { manageMasterUserPassword: true }),
          documents("documents", { manageMasterUserPassword: true }),
          warehouse("reports", { manageMasterPassword: true }),
        ],
      },
      {
        title: "A secret setting of the program",
        resources: [instance("db", { password: secret("password"), username: "orders" })],
      },
      {
        title: "Read replicas and restored databases need none",
        resources: [
          instance("replica", { replicateSourceDb: "orders" }),
          documents("documents", { snapshotIdentifier: "documents-2026" }),
        ],
      },
    ],
    bad: [
      {
        title: "Short, or a placeholder",
        resources: [
          instance("db", { password: "Tr0ub4dor&3" }),
          cluster("orders", { masterPassword: "change-me-before-production" }),
          documents("documents", { masterPassword: "password12345678" }),
        ],
      },
      {
        title: "Nothing said",
        resources: [instance("db"), cluster("orders", { manageMasterUserPassword: false })],
      },
    ],
    undetermined: [
      {
        title: "A password from outside the stack",
        resources: [instance("db", { password: ref("elsewhere") })],
      },
    ],
  },
});

const names = ({ type }: Database): [password: string, manage: string] => {
  if (type === instances) return ["password", "manageMasterUserPassword"];
  return ["masterPassword", type === redshiftClusters ? "manageMasterPassword" : "manageMasterUserPassword"];
};

/** What is wrong with a password; nothing where it comes from another resource or a secret setting. */
function judged(
  resource: Database,
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
  if (secrets && !isSetting()) return "has its password written down in plain text";
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
