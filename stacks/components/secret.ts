import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { once } from "./once";
import type { Tags } from "./tags";

export interface SecretArgs {
  description: string;
  keyArn: pulumi.Input<string>;
  /** The value, from a secret setting; without it one is generated once and kept. */
  value?: pulumi.Input<string>;
  /** A value with fewer characters stops the deployment (default 16); a generated one has at least 32. */
  length?: number;
  /** How long a deleted secret can be called back, in days (default 30). */
  recoveryWindowInDays?: number;
  /** The function that renews the value, and how often. */
  rotation?: { lambdaArn: pulumi.Input<string>; days?: number };
  tags?: Tags;
}

/** A value in Secrets Manager that no file and no state holds in the clear. */
export class Secret extends pulumi.ComponentResource {
  /** Its ARN, once the value is stored. */
  readonly arn: pulumi.Output<string>;
  /** The value itself, likewise. */
  readonly value: pulumi.Output<string>;

  constructor(name: string, args: SecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:components:Secret", name, {}, opts);
    const parent = { parent: this };
    const length = args.length ?? 16;
    const secret = new aws.secretsmanager.Secret(
      name,
      {
        description: args.description,
        kmsKeyId: args.keyArn,
        recoveryWindowInDays: args.recoveryWindowInDays ?? 30,
        tags: args.tags,
      },
      parent,
    );
    const version =
      args.value === undefined
        ? new aws.secretsmanager.SecretVersion(
            name,
            { secretId: secret.id, secretString: generated(Math.max(length, 32), this) },
            // A data source answers anew at every run; the first answer stays.
            { parent: this, ignoreChanges: ["secretString"] },
          )
        : new aws.secretsmanager.SecretVersion(
            name,
            { secretId: secret.id, secretString: longEnough(name, args.value, length) },
            parent,
          );
    if (args.rotation)
      new aws.secretsmanager.SecretRotation(
        name,
        {
          secretId: secret.id,
          rotationLambdaArn: args.rotation.lambdaArn,
          rotationRules: { automaticallyAfterDays: args.rotation.days ?? 90 },
        },
        { parent: this, dependsOn: version },
      );
    this.arn = once(secret.arn, version);
    this.value = version.secretString.apply((value) => value ?? "");
    this.registerOutputs({ arn: this.arn });
  }
}

/** Letters and digits only, so that the value fits into a URL. */
const generated = (passwordLength: number, parent: pulumi.Resource) =>
  pulumi.secret(
    aws.secretsmanager.getRandomPasswordOutput({ passwordLength, excludePunctuation: true }, { parent })
      .randomPassword,
  );

const longEnough = (name: string, value: pulumi.Input<string>, length: number) =>
  pulumi.secret(value).apply((text) => {
    if (text.length >= length) return text;
    throw new pulumi.RunError(`The secret ${name} needs at least ${length} characters.`);
  });
