/** The suite of programs in other languages, which need their own tools. @type {import("jest").Config} */
module.exports = {
  ...require("./jest.config"),
  roots: ["<rootDir>/test/languages"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 120_000,
};
