import { z } from "zod";
import { ref, secret } from "../../example";
import { group } from "../../examples/cache";
import { replicationGroups } from "../../reading/cache";
import { wrongPassword } from "../../reading/password";
import { notApplicable, rule } from "../../rule";
import { isSet } from "../../value";

export default rule({
  id: "aws-elasticache-auth-token",
  title: "The password of Redis is a secret, and hard to guess.",
  severity: "critical",
  why: "A password in a program is in its repository, its reviews and every copy of them, for ever; a weak one is guessed.",
  fix: 'Take `authToken` from `config.requireSecret` or a `RandomPassword`. Change the one that was written down, with `authTokenUpdateStrategy: "ROTATE"`.',
  links: [
    "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
    "https://www.pulumi.com/docs/iac/concepts/secrets/",
  ],
  checklists: ["lexia", "praviel"],

  on: [replicationGroups],
  // Where a password comes from is only known once the whole stack is.
  sees: ["aws:secretsmanager/secretVersion:SecretVersion"],
  config: z.strictObject({
    minimumLength: z.int().min(16).default(16).describe("Characters that a password must have."),
  }),

  check(props, { resource, stack, config: { minimumLength } }) {
    const given = (["authToken", "authTokenWo"] as const).filter((key) => isSet(props, key));
    if (given.length === 0) return notApplicable("has no password");
    return given.map((key) => wrongPassword(resource, key, stack, minimumLength)).find(Boolean);
  },

  examples: {
    good: [
      {
        title: "A secret setting of the program",
        resources: [group("sessions", { transitEncryptionEnabled: true, authToken: secret("redisToken") })],
      },
      { title: "No password", resources: [group("sessions", { userGroupIds: ["app"] })] },
    ],
    bad: [
      {
        title: "A placeholder",
        resources: [
          group("sessions", { transitEncryptionEnabled: true, authToken: "change-me-before-production" }),
        ],
      },
      {
        title: "Too short",
        resources: [group("sessions", { transitEncryptionEnabled: true, authToken: "kX9vQ2mB7t" })],
      },
    ],
    undetermined: [
      {
        title: "A password from outside the stack",
        resources: [
          group("sessions", { transitEncryptionEnabled: true, authToken: ref("elsewhere", "token") }),
        ],
      },
    ],
  },
});
