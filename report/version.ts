/** The version of the package. Found by its name: the compiled file lies one folder deeper than this one. */
export const { version } = require("pulumi-preflight/package.json") as { version: string };
