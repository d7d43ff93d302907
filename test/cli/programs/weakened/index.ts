/** Starts the program beside it with what `weakening.json` says in the place of what it wrote. */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

interface Weakening {
  type: string;
  name: string;
  at: string[];
  /** Nothing: it is left out. */
  to?: unknown;
}
const { type, name, at, to }: Weakening = JSON.parse(readFileSync("weakening.json", "utf8"));

type Inputs = Record<string, unknown>;

function changed(inputs: Inputs | unknown[], [key = "", ...rest]: string[]): Inputs | unknown[] {
  const copy = (Array.isArray(inputs) ? [...inputs] : { ...inputs }) as Inputs;
  if (rest.length > 0) copy[key] = changed(copy[key] as Inputs, rest);
  else if (to === undefined) delete copy[key];
  else copy[key] = to;
  return copy;
}

pulumi.runtime.registerStackTransformation((made) =>
  made.type === type && made.name === name
    ? { props: changed(made.props, at) as Inputs, opts: made.opts }
    : undefined,
);

module.exports = require("./index");
