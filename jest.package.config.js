/** The suite that packs the package and installs it as a user does. @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config"),
  roots: ["<rootDir>/test/package"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 240_000,
};
