const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

module.exports = async () => {
  for (const name of ["one", "two"]) {
    await new Promise((done) => setTimeout(done, 10));
    new aws.sqs.Queue(name, { name, policy: pulumi.jsonStringify({ on: pulumi.output(name) }) });
  }
  process.stdout.write("two queues\n");
  if (!process.execArgv.includes("--no-warnings")) throw new Error("nodeargs are lost");
  if (!process.cwd().endsWith("src")) throw new Error("not where the program is");
};
