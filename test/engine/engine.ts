import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { credentials, status } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Registration } from "../../policies/stack";
import type { Raw } from "../../policies/value";

export const root = join(__dirname, "..", "..");

/** A resource as a deployment meets it. Its outputs are its inputs unless told otherwise. */
export type Deployed = Registration & { outputs?: Raw; providerUrn?: string };

export interface Deployment {
  project?: string;
  stack?: string;
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

/**
 * A small engine: it starts a built pack and speaks to it in the order in which Pulumi's does, as
 * `recording.json` shows.
 */
export class Engine {
  private constructor(
    private readonly pack: ChildProcess,
    private readonly client: AnalyzerClient,
    /** All that the pack printed so far. */
    readonly printed: { stdout: string; stderr: string },
  ) {}

  /** Like Pulumi's, it has the pack started by the SDK that the pack itself finds. */
  static async start(
    folder = root,
    env: Record<string, string> = {},
    node = process.execPath,
  ): Promise<Engine> {
    const paths = [realpathSync(folder)];
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths });
    const pack = spawn(node, [runner, "127.0.0.1:0", "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
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
    await call((done) => this.client.cancel(new Empty(), done)).catch(unimplemented);
    await this.kill();
  }

  /** Ends the pack without a word, as engines did before they knew `Cancel`. */
  async kill(): Promise<void> {
    const ended = once(this.pack, "exit");
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

  /** Executables are greeted before anything else; a pack that a language host starts is not. */
  async greet(): Promise<void> {
    await call((done) => this.client.handshake(new rpc.AnalyzerHandshakeRequest(), done));
  }

  async deploy(deployment: Deployment): Promise<Told> {
    const { policies = {}, resources } = deployment;
    await this.configureStack(deployment);
    await call((done) => this.client.getPluginInfo(new Empty(), done));
    // One pack serves many tests: it is told again only what has changed.
    const asked = JSON.stringify(policies);
    if (asked !== this.configured) await this.configure(policies);
    this.configured = asked;
    return this.judge(resources);
  }

  /** What a deployment asks of every resource, and then of the stack. */
  async judge(resources: readonly Deployed[], { remediates = true } = {}): Promise<Told> {
    const told: Told = { diagnostics: [], remediations: [], notApplicable: [] };
    const hear = (response: rpc.AnalyzeResponse) => {
      told.diagnostics.push(...response.getDiagnosticsList().map((d) => d.toObject()));
      told.notApplicable.push(...response.getNotApplicableList().map((n) => n.toObject()));
    };
    const deployed: Deployed[] = [];
    for (const resource of resources) {
      let { inputs } = resource;
      for (const r of remediates ? await this.remediate(resource) : []) {
        const properties = r.getProperties()?.toJavaScript();
        if (!r.getDiagnostic() && properties) inputs = properties;
        told.remediations.push({
          policy: r.getPolicyname(),
          ...(properties && { properties }),
          diagnostic: r.getDiagnostic(),
        });
      }
      const mended = { ...resource, inputs };
      const request = analyzeRequest({ ...mended, inputs: withoutInternals(inputs) });
      hear(await call((done) => this.client.analyze(request, done)));
      deployed.push(mended);
    }
    const request = new rpc.AnalyzeStackRequest();
    request.setResourcesList(deployed.map(analyzerResource));
    hear(await call((done) => this.client.analyzeStack(request, done)));
    return told;
  }

  private async remediate(resource: Deployed): Promise<rpc.Remediation[]> {
    const response = await call<rpc.RemediateResponse>((done) =>
      this.client.remediate(analyzeRequest(resource), done),
    );
    return response.getRemediationsList();
  }

  private configureStack({ project, stack, config, secrets = {} }: Deployment): Promise<unknown> {
    const request = new rpc.AnalyzerStackConfigureRequest();
    request.setProject(project ?? "example");
    request.setStack(stack ?? "production");
    request.setOrganization("organization");
    request.setDryRun(true);
    const all = Object.entries({ ...config, ...secrets }).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, value] of all) request.getConfigMap().set(key, value);
    request.setConfigSecretKeysList(Object.keys(secrets));
    return call((done) => this.client.configureStack(request, done));
  }

  /** Like Pulumi's, it fills in every default before the pack hears of it. */
  private async configure(policies: Record<string, string | Raw>): Promise<unknown> {
    const request = new rpc.ConfigureAnalyzerRequest();
    const levels = rpc.EnforcementLevel as unknown as Record<string, rpc.EnforcementLevel>;
    const parse = (value: string | Raw = {}) =>
      typeof value === "string" ? { enforcementLevel: value } : value;
    const every = await this.defaults();
    for (const name of new Set([...Object.keys(every).sort(), ...Object.keys(policies)])) {
      const { enforcementLevel, ...options } = { ...parse(policies.all), ...parse(policies[name]) };
      const config = new rpc.PolicyConfig();
      config.setEnforcementlevel(levels[String(enforcementLevel).toUpperCase()] ?? every[name]?.level ?? 0);
      config.setProperties(struct({ ...every[name]?.options, ...options }));
      request.getPolicyconfigMap().set(name, config);
    }
    return call((done) => this.client.configure(request, done));
  }
}

function analyzeRequest(resource: Deployed): rpc.AnalyzeRequest {
  const request = new rpc.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setProperties(struct(resource.inputs));
  request.setOptions(resourceOptions(resource));
  request.setProvider(providerResource(resource));
  return request;
}

function analyzerResource(resource: Deployed): rpc.AnalyzerResource {
  const { inputs, outputs = inputs, parent = "", propertyDependencies = {} } = resource;
  const message = new rpc.AnalyzerResource();
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(struct(outputs));
  message.setOptions(resourceOptions(resource));
  message.setProvider(providerResource(resource));
  message.setParent(parent);
  const sources = Object.entries(propertyDependencies).filter(([, urns]) => urns.length > 0);
  message.setDependenciesList([...new Set(sources.flatMap(([, urns]) => urns))]);
  for (const [input, urns] of sources) {
    const from = new rpc.AnalyzerPropertyDependencies();
    from.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(input, from);
  }
  return message;
}

function resourceOptions({ parent = "" }: Deployed): rpc.AnalyzerResourceOptions {
  const options = new rpc.AnalyzerResourceOptions();
  options.setParent(parent);
  options.setCustomtimeouts(new rpc.AnalyzerResourceOptions.CustomTimeouts());
  return options;
}

function providerResource({ urn, type, provider, providerUrn }: Deployed) {
  if (!provider) return undefined;
  const [stack, project] = urn.split("::");
  const of = providerUrn ?? `${stack}::${project}::pulumi:providers:${type.split(":")[0]}::default`;
  const message = new rpc.AnalyzerProviderResource();
  message.setUrn(of);
  message.setType(of.split("::")[2] ?? "");
  message.setName(of.split("::")[3] ?? "");
  message.setProperties(struct(provider));
  return message;
}

/** Keys that start with two underscores are the engine's and the providers' own; rules do not get them. */
const withoutInternals = (inputs: Raw): Raw =>
  Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));

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
