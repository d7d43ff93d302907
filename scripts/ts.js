// Runs a TypeScript script of this repository: node scripts/ts.js scripts/profiles.ts
const Module = require("node:module");
const { resolve } = require("node:path");
const { transformFileSync } = require("@swc/core");

Module._extensions[".ts"] = (module, file) => {
  const { code } = transformFileSync(file, {
    module: { type: "commonjs" },
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
  });
  module._compile(code, file);
};
process.argv.splice(1, 1);
process.argv[1] = resolve(process.argv[1]);
Module.runMain();
