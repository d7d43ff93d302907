// What a provider's SDK says of a resource type. No SDK carries the schema it was generated from, but its classes do: a
// constructor lists the inputs and the outputs, and what is optional to give but always there is what a provider computes.
const { existsSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const known = new Map();

/** The inputs of a type, and what the provider computes unless it is given: by name, what kind of value it is. */
function typeOf(token) {
  if (!known.has(token)) known.set(token, read(token));
  return known.get(token);
}

/** The file of a type's class without its ending: `aws:s3/bucket:Bucket` is in `s3/bucket`. */
function fileOf(token) {
  const [provider, module, name] = token.split(":");
  const camel = name[0].toLowerCase() + name.slice(1);
  const folder = module
    .replace(/\/[^/]*$/, (last) => (/^\/v\d/.test(last) ? last : ""))
    .replace(/^index$/, "")
    // The groups of Kubernetes are folders without their domain.
    .replace(/^([^./]*)\.[^/]*/, "$1");
  return join(dirname(require.resolve(`@pulumi/${provider}/package.json`)), folder, camel);
}

function read(token) {
  const file = fileOf(token);
  // A custom resource has no class.
  if (!existsSync(`${file}.js`)) return undefined;
  const [code, types] = [".js", ".d.ts"].map((ending) => readFileSync(file + ending, "utf8"));
  const set = [...code.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)];
  const inputs = new Set(set.filter(([, , value]) => /args\?|^"/.test(value)).map(([, key]) => key));
  const required = new Set([...code.matchAll(/Missing required property '(\w+)'/g)].map(([, key]) => key));
  const computed = {};
  // There, every property of a class says that it is always there.
  const ofKubernetes = token.startsWith("kubernetes:");
  for (const [, key, type] of types.matchAll(/readonly (\w+): pulumi\.Output<([\s\S]*?)>;/g))
    if (!required.has(key) && !/\| undefined$/.test(type) && !(ofKubernetes && inputs.has(key)))
      computed[key] = kindOf(type);
  return { inputs, computed };
}

function kindOf(type) {
  if (type.endsWith("[]")) return "list";
  if (type === "number" || type === "boolean") return type;
  return type.startsWith("{") || type.startsWith("outputs.") ? "object" : "text";
}

module.exports = { typeOf };
