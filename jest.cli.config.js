/** The suite that needs the real Pulumi CLI. @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config"),
  roots: ["<rootDir>/test/cli"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 120_000,
};
