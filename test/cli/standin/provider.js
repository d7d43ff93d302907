#!/usr/bin/env node
// Stands in for a provider plugin: every resource is made as written, with no cloud behind it. Like a real provider it
// calls unknown, in a preview, what it may compute. The engine, the language host and the pack are the real ones.
const { Server, ServerCredentials, status } = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");
const rpc = require("@pulumi/pulumi/proto/provider_pb");
const { readFileSync } = require("node:fs");
const { answer, readAnswers } = require("../../../dist/preview/answers.js");
const { dataSources } = require("../../../dist/preview/data-sources.js");
const { made, named } = require("./cloud.js");
const { typeOf } = require("./sdk.js");

// Data sources return what the offline preview returns, and what the test says.
const answers = readAnswers(JSON.parse(readFileSync(process.env.STANDIN_ANSWERS, "utf8")));
let settings = {};

const typeIn = (urn) => urn.split("::").at(-2).split("$").at(-1);
const madeUp = (urn) => `${urn.split("::").at(-1)}-1a2b3c4`;

/** What is given is what the SDK has, and gets a name. What the SDK requires it asks for itself. */
function checked(request) {
  const response = new rpc.CheckResponse();
  const type = typeIn(request.getUrn());
  const given = request.getNews()?.toJavaScript() ?? {};
  const stray = Object.keys(given).filter((key) => !(typeOf(type)?.inputs.has(key) ?? true));
  response.setFailuresList(
    stray.map((key) => {
      const failure = new rpc.CheckFailure();
      failure.setProperty(key);
      failure.setReason(`${type} has no ${key}`);
      return failure;
    }),
  );
  response.setInputs(Struct.fromJavaScript(named(type, given, madeUp(request.getUrn()))));
  return response;
}

/** A resource as it is now, or would be. */
function outputs(request, properties) {
  const how = { region: settings.region, preview: request.getPreview() };
  const { id, outputs } = made(
    typeIn(request.getUrn()),
    properties?.toJavaScript() ?? {},
    madeUp(request.getUrn()),
    how,
  );
  return { id, properties: Struct.fromJavaScript(outputs) };
}

const asGiven = (request) => {
  const response = new rpc.CheckResponse();
  response.setInputs(request.getNews());
  return response;
};
const replies = {
  // Asked for by the host of YAML programs: the types, inputs and functions that a test lists.
  getSchema: () => {
    const response = new rpc.GetSchemaResponse();
    response.setSchema(
      JSON.stringify(JSON.parse(process.env.STANDIN_SCHEMAS ?? "{}")[process.env.STANDIN] ?? {}),
    );
    return response;
  },
  attach: () => new Empty(),
  cancel: () => new Empty(),
  delete: () => new Empty(),
  check: checked,
  checkConfig: asGiven,
  diffConfig: () => new rpc.DiffResponse(),
  getPluginInfo: () => {
    const info = new PluginInfo();
    info.setVersion("99.0.0");
    return info;
  },
  handshake: () => {
    const response = new rpc.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    response.setAcceptResources(true);
    response.setAcceptOutputs(true);
    return response;
  },
  configure: (request) => {
    settings = request.getArgs()?.toJavaScript() ?? {};
    const response = new rpc.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    response.setAcceptresources(true);
    response.setAcceptoutputs(true);
    return response;
  },
  create: (request) => {
    const response = new rpc.CreateResponse();
    const { id, properties } = outputs(request, request.getProperties());
    if (id) response.setId(id);
    response.setProperties(properties);
    return response;
  },
  diff: (request) => {
    const text = (struct) => JSON.stringify(Object.entries(struct?.toJavaScript() ?? {}).sort());
    const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
    const response = new rpc.DiffResponse();
    response.setChanges(text(request.getOldInputs()) === text(request.getNews()) ? DIFF_NONE : DIFF_SOME);
    return response;
  },
  update: (request) => {
    const response = new rpc.UpdateResponse();
    response.setProperties(outputs(request, request.getNews()).properties);
    return response;
  },
  read: (request) => {
    const response = new rpc.ReadResponse();
    response.setId(request.getId());
    response.setProperties(request.getProperties());
    return response;
  },
  invoke: (request) => {
    const response = new rpc.InvokeResponse();
    const token = request.getTok();
    const args = request.getArgs()?.toJavaScript() ?? {};
    const known = answer(answers, token, args) ?? dataSources[token]?.({ args, provider: settings });
    if (!known) throw new Error(`nobody knows what ${token} returns`);
    response.setReturn(Struct.fromJavaScript(known));
    return response;
  },
};

const methods = {};
for (const name of Object.keys(ResourceProviderService)) {
  methods[name] = ({ request }, done) => {
    const reply = replies[name];
    if (!reply) return done({ code: status.UNIMPLEMENTED, details: name });
    try {
      done(null, reply(request));
    } catch (error) {
      done(error);
    }
  };
}
const server = new Server();
server.addService(ResourceProviderService, methods);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
