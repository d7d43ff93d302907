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

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const computed = ["arn", "acl", "tagsAll", "lifecycleRules", "policy"];

function outputs(urn, inputs, id, preview) {
  const given = inputs?.toJavaScript() ?? {};
  const made = { arn: `arn:aws:test:eu-west-3:123456789012:${id}`, tagsAll: given.tags ?? {}, ...given };
  for (const key of computed) if (preview && !(key in given)) made[key] = unknown;
  return Struct.fromJavaScript(
    urn.includes("pulumi:providers:") ? given : { ...made, id: preview ? unknown : id },
  );
}

// Data sources return what the offline preview returns, and what the test says.
const answers = readAnswers(JSON.parse(readFileSync(process.env.STANDIN_ANSWERS, "utf8")));
let settings = {};

const nameIn = (urn) => urn.split("::").at(-1);
const checked = (request) => {
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
  checkConfig: checked,
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
    const urn = request.getUrn();
    const id = `${nameIn(urn)}-1a2b3c4`;
    const response = new rpc.CreateResponse();
    if (!request.getPreview()) response.setId(id);
    response.setProperties(outputs(urn, request.getProperties(), id, request.getPreview()));
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
    response.setProperties(
      outputs(request.getUrn(), request.getNews(), request.getId(), request.getPreview()),
    );
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
