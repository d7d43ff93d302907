import * as pulumi from "@pulumi/pulumi";
import { kind, type Raw, secretKind } from "../../policies/value";

interface Made {
  type: string;
  name: string;
  inputs: Raw;
}

interface Provided {
  /** Further outputs of resources, by type. */
  outputs?: Record<string, Raw>;
}

const answers: Record<string, (args: Raw) => Raw> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
  "aws:index/getRegion:getRegion": () => ({ region: "eu-west-3" }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({ names: ["a", "b", "c", "d", "e", "f"] }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => ({ json: JSON.stringify(args) }),
  "aws:route53/getZone:getZone": () => ({ zoneId: "Z1" }),
  "aws:secretsmanager/getRandomPassword:getRandomPassword": ({ passwordLength }) => ({
    randomPassword: "x".repeat(Number(passwordLength)),
  }),
};

/** Secrets as the values that they are. */
const readable = (inputs: Raw): Raw =>
  Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      const secret = value as Raw | undefined;
      return [key, secret?.[kind] === secretKind ? secret?.value : value];
    }),
  );

/** What a component makes in a deployment: every resource of a provider with the inputs that it is given. */
export async function made(make: () => unknown, { outputs = {} }: Provided = {}): Promise<Resources> {
  const resources: Made[] = [];
  pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        resources.push({ type, name, inputs: readable(inputs) });
        // What a provider would choose, recognizable: "Vpc shop", "arn:Role shop".
        const id = `${type.split(":").at(-1)} ${name}`;
        return { id, state: { name: id, bucket: id, ...inputs, arn: `arn:${id}`, ...outputs[type] } };
      },
      call({ token, inputs }) {
        const answer = answers[token];
        if (!answer) throw new Error(`Nobody answers for ${token}.`);
        return answer(inputs);
      },
    },
    "shop",
    "production",
  );
  // The SDK looks up where each resource is made, which would take most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    make();
    await pulumi.runtime.disconnect();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return new Resources(resources);
}

class Resources {
  constructor(private readonly all: readonly Made[]) {}

  /** By type as `ec2/subnet` or `apps/v1:Deployment`, in the order of their names: they are made at the same time. */
  of(type: string): Made[] {
    return this.all
      .filter((r) => [r.type, r.type.replace(/^\w+:/, ""), r.type.split(":")[1]].includes(type))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  names(type: string): string[] {
    return this.of(type).map(({ name }) => name);
  }

  inputs(type: string, name?: string): Raw {
    const found = this.of(type).filter((r) => name === undefined || r.name === name);
    const [only] = found;
    if (!only || found.length > 1) throw new Error(`${found.length} resources are ${type} ${name ?? ""}.`);
    return only.inputs;
  }
}
