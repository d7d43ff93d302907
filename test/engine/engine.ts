import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials, status } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Registration } from "../../policies/stack";
import type { Raw } from "../../policies/value";

export const root = join(__dirname, "..", "..");
const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");

/** A resource as a deployment meets it. Its outputs are its inputs unless told otherwise. */
export type Deployed = Registration & { outputs?: Raw };

export interface Deployment {
  /** The content of a file for `--policy-pack-config`. */
  policies?: Record<string, string | Raw>;
  /** The stack's config; the keys of `secrets` are secret. */
  config?: Record<string, string>;
  secrets?: Record<string, string>;
  resources: readonly Deployed[];
}

export interface Told {
  diagnostics: rpc.AnalyzeDiagnostic.AsObject[];
  remediations: { policy: string; properties?: Raw; diagnostic: string }[];
  notApplicable: rpc.PolicyNotApplicable.AsObject[];
}

/** A small engine: it starts a built pack and speaks to it in the order in which Pulumi's does. */
export class Engine {
  private constructor(
    private readonly pack: ChildProcess,
    private readonly client: AnalyzerClient,
    /** All that the pack printed so far. */
    readonly printed: { stdout: string; stderr: string },
  ) {}

  static async start(folder = root): Promise<Engine> {
    const pack = spawn(process.execPath, [runner, "127.0.0.1:0", "."], { cwd: folder });
    const printed = { stdout: "", stderr: "" };
    pack.stderr.on("data", (data) => {
      printed.stderr += data;
    });
    const port = new Promise<string>((resolve, reject) => {
      pack.stdout.on("data", (data) => {
        printed.stdout += data;
        const [line, rest] = printed.stdout.split("\n");
        if (line && rest !== undefined) resolve(line);
      });
      pack.on("exit", () => reject(new Error(`The pack ended: ${printed.stderr}`)));
    });
    const client = new AnalyzerClient(`127.0.0.1:${await port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
    });
    return new Engine(pack, client, printed);
  }

  async stop(): Promise<void> {
    const ended = once(this.pack, "exit");
    await call((done) => this.client.cancel(new Empty(), done)).catch(unimplemented);
    this.client.close();
    this.pack.kill();
    await ended;
  }

  private configured: string | undefined;
  private byDefault: Record<string, { level: rpc.EnforcementLevel; options: Raw }> | undefined;
  private known: Promise<rpc.AnalyzerInfo> | undefined;

  info(): Promise<rpc.AnalyzerInfo> {
    this.known ??= call((done) => this.client.getAnalyzerInfo(new Empty(), done));
    return this.known;
  }

  private async defaults(): Promise<Record<string, { level: rpc.EnforcementLevel; options: Raw }>> {
    this.byDefault ??= Object.fromEntries(
      (await this.info()).getPoliciesList().map((policy) => {
        const schema = (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<
          string,
          Raw
        >;
        const options = Object.fromEntries(Object.entries(schema).map(([name, s]) => [name, s.default]));
        return [policy.getName(), { level: policy.getEnforcementlevel(), options }];
      }),
    );
    return this.byDefault;
  }

  async deploy({ policies = {}, config = {}, secrets = {}, resources }: Deployment): Promise<Told> {
    await call((done) => this.client.handshake(new rpc.AnalyzerHandshakeRequest(), done)).catch(
      unimplemented,
    );
    await this.configureStack({ ...config, ...secrets }, Object.keys(secrets));
    await call((done) => this.client.getPluginInfo(new Empty(), done));
    // One pack serves many tests: it is told again only what has changed.
    const asked = JSON.stringify(policies);
    if (asked !== this.configured) await this.configure(policies);
    this.configured = asked;
    const told: Told = { diagnostics: [], remediations: [], notApplicable: [] };
    const hear = (response: rpc.AnalyzeResponse) => {
      told.diagnostics.push(...response.getDiagnosticsList().map((d) => d.toObject()));
      told.notApplicable.push(...response.getNotApplicableList().map((n) => n.toObject()));
    };
    const deployed: Deployed[] = [];
    for (const resource of resources) {
      const response = await call<rpc.RemediateResponse>((done) =>
        this.client.remediate(analyzeRequest(resource), done),
      );
      let { inputs } = resource;
      for (const r of response.getRemediationsList()) {
        const properties = r.getProperties()?.toJavaScript();
        if (!r.getDiagnostic() && properties) inputs = properties;
        told.remediations.push({
          policy: r.getPolicyname(),
          ...(properties && { properties }),
          diagnostic: r.getDiagnostic(),
        });
      }
      const mended = { ...resource, inputs };
      hear(await call((done) => this.client.analyze(analyzeRequest(mended), done)));
      deployed.push(mended);
    }
    const request = new rpc.AnalyzeStackRequest();
    request.setResourcesList(deployed.map(analyzerResource));
    hear(await call((done) => this.client.analyzeStack(request, done)));
    return told;
  }

  private configureStack(config: Record<string, string>, secretKeys: string[]): Promise<unknown> {
    const request = new rpc.AnalyzerStackConfigureRequest();
    request.setProject("example");
    request.setStack("production");
    request.setDryRun(true);
    for (const [key, value] of Object.entries(config)) request.getConfigMap().set(key, value);
    request.setConfigSecretKeysList(secretKeys);
    return call((done) => this.client.configureStack(request, done));
  }

  /** Like Pulumi's, it fills in every default before the pack hears of it. */
  private async configure(policies: Record<string, string | Raw>): Promise<unknown> {
    const request = new rpc.ConfigureAnalyzerRequest();
    const levels = rpc.EnforcementLevel as unknown as Record<string, rpc.EnforcementLevel>;
    const parse = (value: string | Raw = {}) =>
      typeof value === "string" ? { enforcementLevel: value } : value;
    const every = await this.defaults();
    for (const name of new Set([...Object.keys(every), ...Object.keys(policies)])) {
      const { enforcementLevel, ...options } = { ...parse(policies.all), ...parse(policies[name]) };
      const config = new rpc.PolicyConfig();
      config.setEnforcementlevel(levels[String(enforcementLevel).toUpperCase()] ?? every[name]?.level ?? 0);
      config.setProperties(struct({ ...every[name]?.options, ...options }));
      request.getPolicyconfigMap().set(name, config);
    }
    return call((done) => this.client.configure(request, done));
  }
}

function analyzeRequest({ urn, type, name, inputs, provider }: Deployed): rpc.AnalyzeRequest {
  const request = new rpc.AnalyzeRequest();
  request.setUrn(urn);
  request.setType(type);
  request.setName(name);
  request.setProperties(struct(inputs));
  request.setOptions(new rpc.AnalyzerResourceOptions());
  request.setProvider(providerResource(provider));
  return request;
}

function analyzerResource(resource: Deployed): rpc.AnalyzerResource {
  const { urn, type, name, inputs, outputs = inputs, provider, propertyDependencies = {} } = resource;
  const message = new rpc.AnalyzerResource();
  message.setUrn(urn);
  message.setType(type);
  message.setName(name);
  message.setProperties(struct(outputs));
  message.setOptions(new rpc.AnalyzerResourceOptions());
  message.setProvider(providerResource(provider));
  for (const [input, urns] of Object.entries(propertyDependencies)) {
    const sources = new rpc.AnalyzerPropertyDependencies();
    sources.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(input, sources);
  }
  return message;
}

function providerResource(settings: Raw | undefined): rpc.AnalyzerProviderResource | undefined {
  if (!settings) return undefined;
  const provider = new rpc.AnalyzerProviderResource();
  provider.setProperties(struct(settings));
  return provider;
}

/** A value marked as a secret on the wire. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** What a deployment was told by one policy. */
export const said = (told: Told, policy: string): string[] =>
  told.diagnostics.filter((d) => d.policyname === policy).map((d) => d.message);
export const open = (told: Told, policy: string): string[] =>
  told.notApplicable.filter((n) => n.policyName === policy).map((n) => n.reason);

const struct = (properties: Raw) =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);

function call<T>(start: (done: (error: unknown, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));
}

/** The engine bears with a pack that does not know its newer calls. */
function unimplemented(error: { code?: number }): void {
  if (error.code !== status.UNIMPLEMENTED) throw error;
}
