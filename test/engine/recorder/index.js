// The made-up pack, with everything that an engine asks of it written to the file named by RECORDING, a line a call.
const { appendFileSync } = require("node:fs");
const { Server } = require("@grpc/grpc-js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

Struct.toObject = (_, struct) => struct.toJavaScript();

const { addService } = Server.prototype;
Server.prototype.addService = function (service, answers) {
  const recording = Object.entries(answers).map(([call, answer]) => [
    call,
    (asked, done) => {
      appendFileSync(
        process.env.RECORDING,
        `${JSON.stringify({ call, request: asked.request.toObject() })}\n`,
      );
      answer(asked, done);
    },
  ]);
  return addService.call(this, service, Object.fromEntries(recording));
};

require("../../fixtures/pack");
