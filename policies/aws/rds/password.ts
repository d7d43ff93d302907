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
import { isTrue } from "../../reading/flag";
import { wrongPassword } from "../../reading/password";
import { notApplicable, rule } from "../../rule";
import type { Resource } from "../../stack";
import { isSet, peek } from "../../value";

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
      const wrong = wrongPassword(resource, key, stack, config.minimumLength);
      if (wrong) return wrong;
    }
    // A write-only password is in no state; its version is, 0 where there is none.
    const version = `${password}WoVersion`;
    if (given.length > 0 || (isSet(props, version) && peek(props, version) !== 0)) return;
    if (isReplica(resource) || isRestored(resource) || isSet(props, "globalClusterIdentifier"))
      return notApplicable("takes over the users of another database");
    return isTrue(props[manage]) ? undefined : "has no managed password, and none from a secret";
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
      {
        title: "Nothing said, as a state writes it",
        resources: [instance("db", { password: "", passwordWo: "", passwordWoVersion: 0 })],
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
