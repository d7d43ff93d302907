import * as pulumi from "@pulumi/pulumi";
import { Secret, type Tags } from "pulumi-preflight/components";

interface SecretsArgs {
  keyArn: pulumi.Input<string>;
  apiSecretKey: pulumi.Input<string>;
  apiKeySalt: pulumi.Input<string>;
  hfToken: pulumi.Input<string>;
  redisPassword: pulumi.Input<string>;
  tags: Tags;
}

/** What pods must know and nobody may read in a file; the database's password is kept by the database. */
export class Secrets extends pulumi.ComponentResource {
  readonly apiSecretKey: Secret;
  readonly apiKeySalt: Secret;
  readonly hfToken: Secret;
  readonly redisPassword: Secret;

  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:index:Secrets", name, {}, opts);
    const keep = (what: string, description: string, value: pulumi.Input<string>, length: number) =>
      new Secret(
        `${name}-${what}`,
        { description, value, length, keyArn: args.keyArn, tags: args.tags },
        { parent: this },
      );
    this.apiSecretKey = keep("api-secret-key", "API_SECRET_KEY of the API", args.apiSecretKey, 32);
    this.apiKeySalt = keep("api-key-salt", "API_KEY_SALT of the API", args.apiKeySalt, 16);
    this.hfToken = keep("hf-token", "HF_TOKEN, for the models", args.hfToken, 20);
    this.redisPassword = keep("redis-password", "Password of the cache", args.redisPassword, 24);
    this.registerOutputs();
  }
}
