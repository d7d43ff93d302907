/**
 * The pack as Pulumi's engine sees it: the Analyzer service.
 *
 * It is served here rather than by `@pulumi/policy`, which hides from a policy which values are secrets, converts every
 * resource again for every policy, and takes most of a second to load.
 */
import { type handleUnaryCall, Server, ServerCredentials, type StatusObject, status } from "@grpc/grpc-js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { Empty as EmptyMessage } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct, type Value } from "google-protobuf/google/protobuf/struct_pb";
import { analyzerInfo, engineLevel, engineSeverity, packName } from "./about";
import { judged, verdicts } from "./judge";
import { manifest } from "./manifest";
import { errorText, isResourceRule, type Judge, type Result, type Rule } from "./rule";
import { type PolicyConfig, SettingsError, settings } from "./settings";
import { type Registration, Stack, type Surroundings } from "./stack";
import { asSecret, holdsUnknown, marksIn, type Raw, unknownPath } from "./value";
import { conclusion, faultSentence, sentence } from "./wording";

/** As large as `@pulumi/policy` allows a stack to be. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Shorter secrets would be found in every other text. */
const shortestSecret = 4;

/** `@pulumi/pulumi` refuses an `Empty` of any other copy of the protobuf library. */
const { responseType: Empty } = AnalyzerService.configure as unknown as { responseType: typeof EmptyMessage };

/** Serves the rules to the engine that started this process, and tells it the port. */
export function serve(rules: readonly Rule[]): void {
  const server = new Server({ "grpc.max_receive_message_length": maxMessageBytes });
  server.addService(AnalyzerService, analyzer(rules));
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      process.stderr.write(`Preflight could not open a port for Pulumi: ${error.message}\n`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
}

/** An enabled rule with the level and the options that the engine gave it. */
interface Applied {
  rule: Rule;
  level: proto.EnforcementLevel;
  options: Record<string, unknown>;
  judge: Judge;
  mends: boolean;
}

function analyzer(rules: readonly Rule[]): IAnalyzerServer {
  const info = once(() => analyzerInfo(rules));
  let pack = apply(rules, {});
  const names = new Set<string>();
  let surroundings: Surroundings = { names };
  const seen = new Map<string, () => Raw>();
  const faulty = new Set<Rule>();

  /** A rule that fails says so once, however many resources it fails on. */
  function tell(applied: Applied, results: readonly Result[], into: proto.AnalyzeResponse): void {
    const { violations, fault, notApplicable } = conclusion(results);
    for (const violation of violations) {
      const message = `${applied.rule.title}\n${sentence(violation)}`;
      into.addDiagnostics(diagnostic(violation, message, applied.level));
    }
    if (fault && !faulty.has(fault.rule)) {
      faulty.add(fault.rule);
      into.addDiagnostics(diagnostic(fault, faultSentence(fault), engineLevel.advisory));
    }
    if (notApplicable !== undefined) into.addNotApplicable(notApplicableMessage(applied.rule, notApplicable));
  }

  return {
    handshake: unary(() => new proto.AnalyzerHandshakeResponse()),
    getAnalyzerInfo: unary(info),
    getPluginInfo: unary(() => {
      const info = new PluginInfo();
      info.setVersion(manifest.version);
      return info;
    }),

    configureStack: unary((request: proto.AnalyzerStackConfigureRequest) => {
      const config = request.getConfigMap();
      const secrets = request.getConfigSecretKeysList().map((key) => config.get(key) ?? "");
      surroundings = {
        project: request.getProject(),
        stack: request.getStack(),
        secrets: new Set(secrets.filter((secret) => secret.length >= shortestSecret)),
        names,
      };
      return new proto.AnalyzerStackConfigureResponse();
    }),

    configure: unary((request: proto.ConfigureAnalyzerRequest) => {
      pack = apply(rules, policyConfig(request));
      return new Empty();
    }),

    remediate: unary((request: proto.AnalyzeRequest) => {
      const response = new proto.RemediateResponse();
      const { mending, notMending } = pack.on(request.getType());
      response.setNotApplicableList(notMending);
      if (mending.length === 0) return response;
      let inputs = rawOf(request.getProperties());
      for (const applied of mending) {
        const { mended, failure } = mend(applied, inputs, request, surroundings);
        if (mended) inputs = mended;
        if (mended || failure) response.addRemediations(remediation(applied.rule, mended, failure));
      }
      return response;
    }),

    analyze: unary((request: proto.AnalyzeRequest) => {
      const type = request.getType();
      const inputs = once(() => rawOf(request.getProperties()));
      if (pack.watched.has(type)) seen.set(request.getUrn(), inputs);
      for (const name of autonames(request)) names.add(name);
      const response = new proto.AnalyzeResponse();
      const { judging, notJudging } = pack.on(type);
      response.setNotApplicableList([...notJudging]);
      const stack = new Stack([registration(request, inputs)], surroundings);
      for (const applied of judging)
        tell(applied, verdicts(applied.rule, applied.judge, stack.resources, stack), response);
      return response;
    }),

    analyzeStack: unary((request: proto.AnalyzeStackRequest) => {
      const response = new proto.AnalyzeResponse();
      const stack = new Stack(
        request
          .getResourcesList()
          .map((r) => registration(r, () => settled(rawOf(r.getProperties()), seen.get(r.getUrn())?.()))),
        surroundings,
      );
      for (const applied of pack.stackRules) {
        const { rule, judge } = applied;
        tell(applied, verdicts(rule, judge, judged(rule, stack), stack), response);
      }
      return response;
    }),

    // Every answer is given at once: there is never anything to abort.
    cancel: unary(() => new Empty()),
  };
}

/** The rules as configured, indexed by what they are asked. */
function apply(rules: readonly Rule[], config: PolicyConfig) {
  const given = settings(config, rules);
  const enabled = rules
    .filter((rule) => given.level(rule) !== "disabled")
    .map((rule): Applied => {
      const options = given.options(rule);
      const mends = rule.remediate !== undefined && isResourceRule(rule) && remediates(config[rule.id]);
      return { rule, level: engineLevel[given.level(rule)], options, judge: rule.judge(options), mends };
    });
  const resourceRules = enabled.filter(({ rule }) => isResourceRule(rule));
  const stackRules = enabled.filter(({ rule }) => !isResourceRule(rule));
  const byType = new Map<string, ReturnType<typeof sort>>();
  const sort = (type: string) => {
    const judging = resourceRules.filter(({ rule }) => (rule.on as readonly string[]).includes(type));
    const mending = judging.filter(({ mends }) => mends);
    // Pulumi counts as passed whatever is neither broken nor declared not applicable.
    const others = (than: readonly Applied[]) =>
      resourceRules.filter((r) => !than.includes(r)).map(({ rule }) => notApplicableMessage(rule));
    return { judging, mending, notJudging: others(judging), notMending: others(mending) };
  };
  return {
    stackRules,
    /** The types whose inputs must be kept until the whole stack is judged. */
    watched: new Set<string>(stackRules.flatMap(({ rule }) => [...rule.on, ...rule.sees])),
    on(type: string) {
      const sorted = byType.get(type) ?? sort(type);
      byType.set(type, sorted);
      return sorted;
    },
  };
}

const remediates = (value: unknown) =>
  (value as { enforcementLevel?: string })?.enforcementLevel === "remediate";

/** What the engine says of every rule, as the config file would have said it. */
function policyConfig(request: proto.ConfigureAnalyzerRequest): PolicyConfig {
  const level = Object.fromEntries(
    Object.entries(proto.EnforcementLevel).map(([name, value]) => [value, name.toLowerCase()]),
  );
  const config: PolicyConfig = {};
  for (const [id, given] of request.getPolicyconfigMap().entries())
    config[id] = { ...rawOf(given.getProperties()), enforcementLevel: level[given.getEnforcementlevel()] };
  return config;
}

/** What Pulumi calls a resource that the program gave no name: the logical one, and something random. */
function* autonames(request: proto.AnalyzeRequest): Iterable<string> {
  const start = `${request.getName()}-`;
  const properties: Iterable<[string, Value]> = request.getProperties()?.getFieldsMap().entries() ?? [];
  for (const [, value] of properties) {
    const text = value.getStringValue();
    if (text.startsWith(start) && /^[0-9a-f]{7}$/.test(text.slice(start.length))) yield text;
  }
}

interface Mended {
  mended?: Raw;
  failure?: string;
}

function mend(
  { rule, judge, options }: Applied,
  inputs: Raw,
  request: proto.AnalyzeRequest,
  surroundings: Surroundings,
): Mended {
  const stack = new Stack([registration(request, () => inputs)], surroundings);
  try {
    for (const resource of stack.resources) {
      if (!judge(resource, stack).some((r) => r.outcome === "violation")) continue;
      const patch = rule.remediate?.(resource, options);
      if (patch) return { mended: patched(inputs, patch) };
    }
    return {};
  } catch (error) {
    const path = unknownPath(error);
    const reason = path === undefined ? errorText(error) : `${path} is unknown until deployed`;
    return { failure: `${rule.id} could not mend ${request.getName()}: ${reason}.` };
  }
}

/** The inputs with those of a patch in their place. What held a secret stays a secret. */
function patched(inputs: Raw, patch: Raw): Raw {
  const mended = { ...inputs };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) delete mended[key];
    else mended[key] = marksIn(inputs[key]).secret ? asSecret(plain(value)) : plain(value);
  }
  return mended;
}

/** A copy without the views through which a rule reads; fails where a value is unknown. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What an AnalyzeRequest and an AnalyzerResource both say of a resource, and what only the latter does. */
type EngineResource = Pick<proto.AnalyzerResource, "getUrn" | "getType" | "getName" | "getProvider"> &
  Partial<Pick<proto.AnalyzerResource, "getParent" | "getPropertydependenciesMap">>;

/** A resource of the engine's; nothing is converted before a rule reads it, and nothing twice. */
function registration(resource: EngineResource, read: () => Raw): Registration {
  const inputs = once(read);
  const provider = once(() => {
    const properties = resource.getProvider()?.getProperties();
    return properties && rawOf(properties);
  });
  const parent = resource.getParent?.();
  const propertyDependencies = once(() => {
    const all = resource.getPropertydependenciesMap?.().entries() ?? [];
    return Object.fromEntries(Array.from(all, ([key, sources]) => [key, sources.getUrnsList()]));
  });
  return {
    urn: resource.getUrn(),
    type: resource.getType(),
    name: resource.getName(),
    ...(parent && { parent }),
    get inputs() {
      return inputs();
    },
    get id() {
      const { id } = inputs();
      return typeof id === "string" && !holdsUnknown(id) ? id : undefined;
    },
    get propertyDependencies() {
      return propertyDependencies();
    },
    get provider() {
      return provider();
    },
  };
}

/** Outputs that say who a resource is: whether they are given is never the question. */
const identity = ["id", "arn"];

/**
 * The outputs of a resource where they are known, its inputs where they are not. In a preview a provider calls every
 * property unknown that it may compute, so an unknown output nobody gave a value is as good as absent.
 */
function settled(outputs: Raw, inputs: Raw = {}): Raw {
  const all: Raw = { ...inputs };
  for (const [key, value] of Object.entries(outputs)) {
    if (!marksIn(value).unknown) all[key] = value;
    else if (!Object.hasOwn(inputs, key) && identity.includes(key)) all[key] = value;
  }
  return all;
}

function diagnostic(result: Result, message: string, level: proto.EnforcementLevel): proto.AnalyzeDiagnostic {
  const { rule, resource } = result;
  const said = new proto.AnalyzeDiagnostic();
  said.setPolicyname(rule.id);
  said.setPolicypackname(packName);
  said.setPolicypackversion(manifest.version);
  said.setDescription(rule.title);
  said.setMessage(message);
  said.setUrn(resource.urn);
  said.setEnforcementlevel(level);
  said.setSeverity(engineSeverity[rule.severity]);
  return said;
}

function remediation(rule: Rule, properties?: Raw, failure?: string): proto.Remediation {
  const said = new proto.Remediation();
  said.setPolicyname(rule.id);
  said.setPolicypackname(packName);
  said.setPolicypackversion(manifest.version);
  said.setDescription(rule.title);
  if (properties) said.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
  if (failure) said.setDiagnostic(failure);
  return said;
}

function notApplicableMessage(rule: Rule, reason = ""): proto.PolicyNotApplicable {
  const said = new proto.PolicyNotApplicable();
  said.setPolicyName(rule.id);
  said.setReason(reason);
  return said;
}

const rawOf = (properties: Struct | undefined): Raw => properties?.toJavaScript() ?? {};

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function unary<Request, Response>(
  answer: (request: Request) => Response,
): handleUnaryCall<Request, Response> {
  return ({ request }, done) => {
    try {
      done(null, answer(request));
    } catch (error) {
      done(asStatus(error));
    }
  };
}

const asStatus = (error: unknown): Partial<StatusObject> =>
  error instanceof SettingsError
    ? { code: status.INVALID_ARGUMENT, details: `Policy config: ${error.message}` }
    : { code: status.INTERNAL, details: `Preflight failed: ${error instanceof Error ? error.stack : error}` };
