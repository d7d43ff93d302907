import type { Socket } from "node:net";
import type * as grpc from "@grpc/grpc-js";
import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import type * as pb from "@pulumi/pulumi/proto/resource_pb";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Place, Registration } from "../policies/stack";
import { encrypted, isObject, kind, outputKind, type Raw, secretKind, unknownText } from "../policies/value";
import { type Answers, answer } from "./answers";
import { dataSources } from "./data-sources";
import { ProgramError } from "./errors";
import { unansweredMark } from "./languages/language";
import { places } from "./places";
import type { Project } from "./project";

/** What the program tells while it runs. */
interface Listener {
  onLog(severity: "info" | "warning" | "error", message: string): void;
  onRegistration(count: number): void;
  /** The program asked for something that no program may: it cannot go on. */
  onFailure(error: ProgramError): void;
}

/** The engine's side of a preview: it takes every registration and answers with what is known before deployment. */
export class Monitor {
  readonly registrations: Registration[] = [];
  readonly unanswered = new Map<string, number>();
  /** The program has run to its end, and nothing that it started is left. */
  get ended() {
    return this.returned && (this.drained || !this.tells);
  }
  private returned = false;
  private drained = false;
  /** Its SDK is one that tells when nothing is left: those that came before hooks do not. */
  private tells = false;
  private root = "";
  private readonly resources = new Map<string, Known>();
  /** How many resources have the same name because it was made of an unknown value. */
  private readonly unknownNames = new Map<string, number>();
  private readonly providers = new Map<string, Raw>();
  private readonly stackTransforms: Callback[] = [];
  private readonly invokeTransforms: Callback[] = [];
  private readonly rpc = load();
  private readonly clients = new Map<string, InstanceType<typeof this.rpc.CallbacksClient>>();
  private readonly server: grpc.Server;
  private readonly injector: ReturnType<grpc.Server["createConnectionInjector"]>;

  constructor(
    private readonly project: Project,
    private readonly answers: Answers | undefined,
    private readonly listener: Listener,
  ) {
    const { grpc } = this.rpc;
    this.server = new grpc.Server({
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    this.injector = this.server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
    this.serve();
  }

  connect(socket: Socket): void {
    this.injector.injectConnection(socket);
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
    this.injector.destroy();
    this.server.forceShutdown();
  }

  private serve(): void {
    const { rpc, resources, engine, Empty } = {
      rpc: this.rpc,
      resources: this.rpc.resources,
      engine: this.rpc.engine,
      Empty: this.rpc.Empty,
    };
    const unary = handler(rpc.grpc.status.UNKNOWN);
    const nothing = unary(() => new Empty());
    this.server.addService(rpc.ResourceMonitorService, {
      supportsFeature: unary((request: pb.SupportsFeatureRequest) => {
        this.tells ||= request.getId() === "resourceHooks";
        return new resources.SupportsFeatureResponse().setHassupport(features.has(request.getId()));
      }),
      registerResource: unary((request: pb.RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: unary((request: pb.RegisterResourceOutputsRequest) => {
        this.returned ||= request.getUrn() === this.root;
        return new Empty();
      }),
      readResource: unary((request: pb.ReadResourceRequest) => this.read(request)),
      invoke: unary((request: pb.ResourceInvokeRequest) => this.invoke(request)),
      call: unary((request: pb.ResourceCallRequest) => {
        const reply = new rpc.provider.CallResponse();
        return reply.setReturn(this.struct(this.ask(request.getTok(), asObject(request.getArgs()))));
      }),
      registerPackage: unary((request: pb.RegisterPackageRequest) => {
        const name = request.getParameterization()?.getName() || request.getName();
        return new resources.RegisterPackageResponse().setRef(name);
      }),
      registerStackTransform: unary((request: Callback) => {
        this.stackTransforms.push(request);
        return new Empty();
      }),
      registerStackInvokeTransform: unary((request: Callback) => {
        this.invokeTransforms.push(request);
        return new Empty();
      }),
      // Hooks run around what a deployment does; a preview does nothing.
      registerResourceHook: nothing,
      registerErrorHook: nothing,
      signalAndWaitForShutdown: unary(() => {
        this.drained = true;
        return new Empty();
      }),
    });
    this.server.addService(rpc.EngineService, {
      log: unary((request: LogRequest) => {
        const severity = severities[request.getSeverity()];
        if (severity && !request.getEphemeral()) this.listener.onLog(severity, request.getMessage());
        return new Empty();
      }),
      getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(this.root)),
      setRootResource: unary(() => new engine.SetRootResourceResponse()),
      startDebugging: nothing,
      requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
    });
  }

  private async register(request: pb.RegisterResourceRequest): Promise<pb.RegisterResourceResponse> {
    const { type, name, parent, urn } = this.identify(request);
    const custom = request.getCustom();
    const remote = request.getRemote();
    const own = request.getTransformsList();
    const { properties, options, sources } = await this.transform(request, { type, name, parent, own });

    const providers = new Map(
      options ? entries(options.getProvidersMap()) : entries(request.getProvidersMap()),
    );
    const reference = this.providerOf(
      type,
      options ? options.getProvider() : request.getProvider(),
      providers,
      parent,
    );
    const inherited = custom ? undefined : this.resources.get(parent)?.providers;
    for (const [pkg, ref] of inherited ?? []) if (!providers.has(pkg)) providers.set(pkg, ref);

    const inputs = asObject(properties);
    const id = options?.getImport() || request.getImportid();
    const place = this.place(request, parent);
    const isProvider = type.startsWith("pulumi:providers:");
    if (isProvider) this.providers.set(urn, inputs);
    this.add(urn, place, { parent, transforms: own, providers, reference, inputs: properties });
    if (!isProvider) {
      this.registrations.push({
        urn,
        type,
        name,
        inputs,
        ...(id && { id }),
        ...(parent && { parent }),
        propertyDependencies: sources ?? this.dependencies(request, inputs),
        ...(custom && { provider: this.settingsOf(type, reference) }),
        trail: place,
      });
      this.listener.onRegistration(this.registrations.length);
    }
    const reply = new this.rpc.resources.RegisterResourceResponse().setUrn(urn).setId(id);
    // Before deployment the outputs of a resource are its inputs, and the rest is unknown.
    if (remote) reply.setObject(this.struct(this.ask(type, inputs) ?? {}));
    else if (custom) reply.setObject(properties);
    else reply.setObject(this.struct({}));
    return reply;
  }

  private read(request: pb.ReadResourceRequest): pb.ReadResourceResponse {
    const { type, name, parent, urn } = this.identify(request);
    const inputs = asObject(request.getProperties());
    const reference = this.providerOf(type, request.getProvider(), new Map(), parent);
    const place = this.place(request, parent);
    const outputs = type === "pulumi:pulumi:StackReference" ? this.ask(type, inputs) : undefined;
    const state = outputs ? this.outputsOfStack(inputs, outputs) : inputs;
    this.add(urn, place, { parent, transforms: [], providers: new Map(), reference });
    this.registrations.push({
      urn,
      type,
      name,
      inputs,
      id: request.getId(),
      ...(parent && { parent }),
      provider: this.settingsOf(type, reference),
      trail: place,
      read: true,
    });
    return new this.rpc.resources.ReadResourceResponse().setUrn(urn).setProperties(this.struct(state));
  }

  private outputsOfStack(inputs: Raw, outputs: Raw): Raw {
    return { ...inputs, outputs, secretOutputNames: [] };
  }

  private async invoke(request: pb.ResourceInvokeRequest) {
    const token = request.getTok();
    let args = request.getArgs();
    let provider = request.getProvider();
    const { resources } = this.rpc;
    if (token === "pulumi:pulumi:getResource") {
      const urn = String(asObject(args).urn);
      const state = this.resources.get(urn)?.inputs;
      return new this.rpc.provider.InvokeResponse().setReturn(
        this.struct({ urn, id: "", state: state ? asObject(state) : {} }),
      );
    }
    for (const callback of this.invokeTransforms) {
      const options = new resources.TransformInvokeOptions()
        .setProvider(provider)
        .setVersion(request.getVersion())
        .setPluginDownloadUrl(request.getPlugindownloadurl());
      const question = new resources.TransformInvokeRequest()
        .setToken(token)
        .setArgs(args)
        .setOptions(options);
      const answered = resources.TransformInvokeResponse.deserializeBinary(
        await this.callBack(callback, question.serializeBinary()),
      );
      args = answered.getArgs() ?? args;
      provider = answered.getOptions()?.getProvider() ?? provider;
    }
    const settings = this.settingsOf(token, this.providerOf(token, provider, new Map(), ""));
    const reply = new this.rpc.provider.InvokeResponse();
    return reply.setReturn(this.struct(this.ask(token, asObject(args), settings)));
  }

  /** What the user, or else we, know the answer to; for all other questions, the mark of one left open. */
  private ask(token: string, args: Raw, provider: Raw = {}): Raw {
    // With unknown arguments the answer is not known before deployment, whoever is asked.
    if (holdsUnknown(args) && !this.answers?.has(token)) return leftOpen;
    const known = answer(this.answers, token, args) ?? dataSources[token]?.({ args, provider });
    if (known) return known;
    this.unanswered.set(token, (this.unanswered.get(token) ?? 0) + 1);
    return leftOpen;
  }

  private identify(request: pb.RegisterResourceRequest | pb.ReadResourceRequest) {
    const type = request.getType();
    const isRoot = type === rootType && !request.getParent();
    const parent = isRoot ? "" : request.getParent() || this.root;
    const within = parent.split("::")[2] ?? rootType;
    const qualified = within === rootType ? type : `${within}$${type}`;
    const before = `urn:pulumi:${this.project.stack}::${this.project.name}::${qualified}::`;
    const name = this.nameOf(request.getName(), before);
    const urn = before + name;
    if (isRoot) this.root = urn;
    return { type, name, parent, urn };
  }

  /** A name made of an unknown value is to be read by people; of two such, each stands for another resource. */
  private nameOf(given: string, before: string): string {
    if (!given.includes(unknownText)) return given;
    const name = given.replaceAll(unknownText, "unknown");
    const count = (this.unknownNames.get(before + name) ?? 0) + 1;
    this.unknownNames.set(before + name, count);
    return count === 1 ? name : `${name}-${count}`;
  }

  private add(urn: string, trail: readonly Place[], known: Omit<Known, "trail">): void {
    if (this.resources.has(urn)) {
      const [at] = trail;
      const error = new ProgramError(
        `${at ? `${at.file}:${at.line}: ` : ""}two resources have the URN ${urn}: give each its own name.`,
      );
      this.listener.onFailure(error);
      throw error;
    }
    this.resources.set(urn, { ...known, trail });
  }

  /** The places in the program where a resource is made; those of its parent where it has none of its own. */
  private place(
    request: pb.RegisterResourceRequest | pb.ReadResourceRequest,
    parent: string,
  ): readonly Place[] {
    const frames = request.getStacktrace()?.getFramesList() ?? [];
    const positions = [request.getSourceposition(), ...frames.map((frame) => frame.getPc())];
    const own = places(positions, this.project.directory);
    return own.length > 0 ? own : (this.resources.get(parent)?.trail ?? []);
  }

  private dependencies(request: pb.RegisterResourceRequest, inputs: Raw): Record<string, string[]> {
    const all: Record<string, string[]> = {};
    for (const [key, found] of entries(request.getPropertydependenciesMap())) all[key] = found.getUrnsList();
    for (const [key, value] of Object.entries(inputs)) {
      const more = [...dependenciesWithin(value)];
      if (more.length > 0) all[key] = [...new Set([...(all[key] ?? []), ...more])];
    }
    return all;
  }

  /** The provider of a resource or function: its own, its component's, or its parent's; else the default one. */
  private providerOf(
    token: string,
    given: string,
    providers: ReadonlyMap<string, string>,
    parent: string,
  ): string {
    const pkg = token.split(":")[0] ?? "";
    const above = this.resources.get(parent);
    const fits = (ref: string | undefined) => ref?.includes(`pulumi:providers:${pkg}::`);
    return (
      given ||
      providers.get(pkg) ||
      above?.providers.get(pkg) ||
      (fits(above?.reference) && above?.reference) ||
      ""
    );
  }

  private settingsOf(token: string, reference: string): Raw {
    const urn = reference.split("::").slice(0, 4).join("::");
    return this.providers.get(urn) ?? this.defaultSettings(token.split(":")[0] ?? "");
  }

  private defaultSettings(pkg: string): Raw {
    const own = [...this.project.settings].filter(([key]) => key.startsWith(`${pkg}:`));
    return Object.fromEntries(own.map(([key, { value }]) => [key.slice(pkg.length + 1), value]));
  }

  /**
   * Runs the transforms of the resource, of those above it, and of the stack. After one of its own, a value comes from
   * where the transform says it does: like the engine, we forget what was known before.
   */
  private async transform(
    request: pb.RegisterResourceRequest,
    of: { type: string; name: string; parent: string; own: readonly Callback[] },
  ): Promise<Transformed> {
    const properties = request.getObject() ?? this.struct({});
    const all = [...of.own];
    for (let urn = of.parent; urn; urn = this.resources.get(urn)?.parent ?? "")
      all.push(...(this.resources.get(urn)?.transforms ?? []));
    all.push(...this.stackTransforms);
    if (all.length === 0) return { properties };

    const { resources } = this.rpc;
    const isOwn = of.own.length > 0;
    let values = asOutputs(asObject(properties)) as Raw;
    if (isOwn) values = withSources(values, this.dependencies(request, values));
    let options = this.optionsOf(request, of);
    for (const callback of all) {
      const question = new resources.TransformRequest()
        .setType(of.type)
        .setName(of.name)
        .setParent(of.parent)
        .setCustom(request.getCustom())
        .setProperties(this.struct(values))
        .setOptions(options);
      const answered = resources.TransformResponse.deserializeBinary(
        await this.callBack(callback, question.serializeBinary()),
      );
      const changed = answered.getProperties();
      if (changed) values = asOutputs(asObject(changed)) as Raw;
      options = answered.getOptions() ?? options;
    }
    return {
      properties: this.struct(asMarks(values) as Raw),
      options,
      ...(isOwn && { sources: sourcesOf(values) }),
    };
  }

  private optionsOf(
    request: pb.RegisterResourceRequest,
    of: { type: string; parent: string },
  ): pb.TransformResourceOptions {
    const { resources } = this.rpc;
    const providers = new Map(entries(request.getProvidersMap()));
    const options = new resources.TransformResourceOptions()
      .setDependsOnList(request.getDependenciesList())
      .setIgnoreChangesList(request.getIgnorechangesList())
      .setReplaceOnChangesList(request.getReplaceonchangesList())
      .setVersion(request.getVersion())
      .setAliasesList(request.getAliasesList() as Alias[])
      .setProvider(this.providerOf(of.type, request.getProvider(), providers, of.parent))
      .setCustomTimeouts(request.getCustomtimeouts())
      .setPluginDownloadUrl(request.getPlugindownloadurl())
      .setDeletedWith(request.getDeletedwith())
      .setReplaceWithList(request.getReplaceWithList())
      .setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList())
      .setHooks(request.getHooks())
      .setImport(request.getImportid())
      .setHideDiffList(request.getHidediffsList())
      .setReplacementTrigger(request.getReplacementTrigger());
    const protect = request.getProtect();
    if (request.hasProtect() && protect !== undefined) options.setProtect(protect);
    const retain = request.getRetainondelete();
    if (request.hasRetainondelete() && retain !== undefined) options.setRetainOnDelete(retain);
    if (request.getDeletebeforereplacedefined())
      options.setDeleteBeforeReplace(request.getDeletebeforereplace());
    for (const [pkg, ref] of providers) options.getProvidersMap().set(pkg, ref);
    return options;
  }

  /** Has the program run one of its functions. */
  private callBack(callback: Callback, message: Uint8Array): Promise<Uint8Array> {
    const target = callback.getTarget();
    let client = this.clients.get(target);
    if (!client) {
      client = new this.rpc.CallbacksClient(target, this.rpc.grpc.credentials.createInsecure(), {
        "grpc.max_receive_message_length": -1,
        "grpc.max_send_message_length": -1,
      });
      this.clients.set(target, client);
    }
    const request = new this.rpc.callbacks.CallbackInvokeRequest()
      .setToken(callback.getToken())
      .setRequest(message);
    const calling = client;
    return new Promise((done, fail) => {
      calling.invoke(request, (error, response) => {
        if (error) fail(new Error(error.details));
        else done(response.getResponse_asU8());
      });
    });
  }

  private struct(value: Raw): Struct {
    return this.rpc.Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
  }
}

/** What the transforms made of a resource. */
interface Transformed {
  properties: Struct;
  options?: pb.TransformResourceOptions;
  sources?: Record<string, string[]>;
}

/** What is known of a resource that others may ask about. */
interface Known {
  parent: string;
  transforms: readonly Callback[];
  /** The providers that a component hands to its children, by package. */
  providers: ReadonlyMap<string, string>;
  reference: string;
  inputs?: Struct;
  trail: readonly Place[];
}

/**
 * An answer that nobody has. Go programs run as they are, without stand-ins: to them an output that holds an unknown
 * value is unknown, and of plain data what is most often read is a text that rules take for unknown.
 */
const leftOpen = { [unansweredMark]: unknownText, id: encrypted, arn: encrypted, name: encrypted };

const rootType = "pulumi:pulumi:Stack";
const severities = [undefined, "info", "warning", "error"] as const;

/** What today's engine says it can do. */
const features = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "aliasSpecs",
  "replacementTrigger",
  "deletedWith",
  "replaceWith",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
  "sendsOptionsToHooks",
]);

/** The protocol's code, loaded while the program starts. `@pulumi/pulumi` itself is not loaded. */
function load() {
  const { ResourceMonitorService } =
    require("@pulumi/pulumi/proto/resource_grpc_pb") as typeof import("@pulumi/pulumi/proto/resource_grpc_pb");
  const { EngineService } =
    require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  const { CallbacksClient } =
    require("@pulumi/pulumi/proto/callback_grpc_pb") as typeof import("@pulumi/pulumi/proto/callback_grpc_pb");
  return {
    grpc: require("@grpc/grpc-js") as typeof grpc,
    ResourceMonitorService,
    EngineService,
    CallbacksClient,
    resources: require("@pulumi/pulumi/proto/resource_pb") as typeof pb,
    engine: require("@pulumi/pulumi/proto/engine_pb") as typeof import("@pulumi/pulumi/proto/engine_pb"),
    provider:
      require("@pulumi/pulumi/proto/provider_pb") as typeof import("@pulumi/pulumi/proto/provider_pb"),
    callbacks:
      require("@pulumi/pulumi/proto/callback_pb") as typeof import("@pulumi/pulumi/proto/callback_pb"),
    ...(require("google-protobuf/google/protobuf/empty_pb") as typeof import("google-protobuf/google/protobuf/empty_pb")),
    ...(require("google-protobuf/google/protobuf/struct_pb") as typeof import("google-protobuf/google/protobuf/struct_pb")),
  };
}

/** A gRPC handler of a function that answers, or throws. */
const handler =
  (failed: grpc.status) =>
  <Q, A>(run: (request: Q) => A | Promise<A>): grpc.handleUnaryCall<Q, A> =>
  async (call, done) => {
    try {
      done(null, await run(call.request));
    } catch (error) {
      done({ code: failed, details: error instanceof Error ? error.message : String(error) });
    }
  };

const asObject = (struct: Struct | undefined): Raw => (struct ? (struct.toJavaScript() as Raw) : {});

function entries<V>(map: { forEach(each: (value: V, key: string) => void): void }): [string, V][] {
  const found: [string, V][] = [];
  map.forEach((value, key) => {
    found.push([key, value]);
  });
  return found;
}

function change(value: unknown, replace: (value: unknown) => unknown): unknown {
  const replaced = replace(value);
  if (replaced !== value) return replaced;
  if (Array.isArray(value)) return value.map((v) => change(v, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, change(v, replace)]));
}

/** Transforms see secrets and unknown values as outputs. */
const asOutputs = (value: unknown): unknown =>
  change(value, (v) => {
    if (v === unknownText) return { [kind]: outputKind };
    if (isObject(v) && v[kind] === secretKind) {
      return { [kind]: outputKind, secret: true, ...(v.value !== unknownText && { value: v.value }) };
    }
    return v;
  });

/** Outputs without dependencies as the marks that rules and programs know. */
const asMarks = (value: unknown): unknown =>
  change(value, (v) => {
    if (!isObject(v) || v[kind] !== outputKind) return v;
    const plain = "value" in v ? v.value : unknownText;
    return v.secret === true ? { [kind]: secretKind, value: plain } : plain;
  });

/** Each value as an output that says which resources it comes from. */
const withSources = (values: Raw, sources: Record<string, string[]>): Raw =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const dependencies = sources[key] ?? [];
      if (dependencies.length === 0) return [key, value];
      const output = isObject(value) && value[kind] === outputKind ? value : { [kind]: outputKind, value };
      return [key, { ...output, dependencies }];
    }),
  );

const sourcesOf = (values: Raw): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, [...new Set(dependenciesWithin(value))]]),
  );

function* dependenciesWithin(value: unknown): Iterable<string> {
  if (Array.isArray(value)) for (const v of value) yield* dependenciesWithin(v);
  if (!isObject(value)) return;
  if (value[kind] === outputKind && Array.isArray(value.dependencies)) yield* value.dependencies as string[];
  for (const v of Object.values(value)) yield* dependenciesWithin(v);
}

function holdsUnknown(value: unknown): boolean {
  if (value === unknownText) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (!isObject(value)) return false;
  return (value[kind] === outputKind && !("value" in value)) || Object.values(value).some(holdsUnknown);
}
