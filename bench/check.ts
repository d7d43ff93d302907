import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { GetRootResourceResponse, SetRootResourceResponse } from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { dataSources } from "../preview/data-sources";
import { readProject } from "../preview/project";
import { compared, type Figure, ms } from "./figure";

const root = resolve(__dirname, "..");
const programs = ["stacks/textai-studio", "stacks/lexia"];
const command = resolve(root, "dist/cli/main.js");
const runner = require.resolve("@pulumi/pulumi/cmd/run");
const target = 1.2;
const longest = 10_000;
const runs = 7;

/** How long `preflight check` takes, against the bare run of each program that it judges. */
export async function benchCheck(): Promise<Figure[]> {
  const engine = new grpc.Server();
  engine.addService(ResourceMonitorService, monitor);
  engine.addService(EngineService, log);
  const port = await new Promise<number>((done, fail) => {
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? fail(error) : done(bound),
    );
  });
  try {
    const figures: Figure[] = [];
    for (const program of programs) figures.push(await bench(program, `127.0.0.1:${port}`));
    return figures;
  } finally {
    engine.forceShutdown();
  }
}

async function bench(program: string, address: string): Promise<Figure> {
  const directory = resolve(root, program);
  const answers = resolve(directory, "answers.json");
  const check = [command, "check", directory, "--stack", "production", "--format", "json"];
  const { ours, theirs, ratio } = await compared(
    () => timed(directory, existsSync(answers) ? [...check, "--answers", answers] : check),
    () => bareRun(directory, address),
    runs,
  );
  return {
    what: `check of ${program}`,
    measured: `${ms(ours)}, ${ratio.toFixed(2)}x the bare run of the program (${ms(theirs)})`,
    target: `<= ${target}x, < ${ms(longest)}`,
    met: ratio <= target && ours < longest,
  };
}

/** The program as the language host of the Pulumi CLI starts it, without the type check. */
function bareRun(directory: string, address: string): Promise<number> {
  const { name, stack, settings } = readProject(directory, { stack: "production" });
  const config = [...settings].map(([key, { value }]) => [key.replace(":", ":config:"), value]);
  const at = ["--monitor", address, "--engine", address, "--project", name, "--stack", stack];
  return timed(directory, [runner, ...at, "--pwd", directory, "--dry-run", "--parallel", "16", "."], {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(config)),
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  });
}

async function timed(
  cwd: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  const took = performance.now() - began;
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}.`);
  return took;
}

/** Answers as little as a program can run with. */
const answer =
  <Q, A>(make: (request: Q) => A): grpc.handleUnaryCall<Q, A> =>
  (call, done) =>
    done(null, make(call.request));
const nothing = answer(() => new Empty());

const monitor = {
  supportsFeature: answer(() => new SupportsFeatureResponse().setHassupport(true)),
  registerResource: answer((request: RegisterResourceRequest) =>
    new RegisterResourceResponse()
      .setUrn(`urn:pulumi:bench::bench::${request.getType()}::${request.getName()}`)
      .setObject(request.getObject()),
  ),
  registerResourceOutputs: nothing,
  invoke: answer((request: ResourceInvokeRequest) => {
    const args = (request.getArgs() ?? new Struct()).toJavaScript();
    const result = dataSources[request.getTok()]?.({ args, provider: { region: "eu-west-3" } }) ?? {};
    return new InvokeResponse().setReturn(
      Struct.fromJavaScript(result as ReturnType<Struct["toJavaScript"]>),
    );
  }),
  signalAndWaitForShutdown: nothing,
};

const log = {
  log: nothing,
  getRootResource: answer(() => new GetRootResourceResponse()),
  setRootResource: answer(() => new SetRootResourceResponse()),
};
