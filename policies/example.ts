import type { Props, Token } from "./resources";

/** A tiny stack. Examples are a rule's documentation and its tests. */
export interface Example {
  title: string;
  /** The rule's options in this example. */
  config?: Record<string, unknown>;
  resources: ExampleResource[];
}

export type ExampleResource = {
  [T in Token]: { type: T; name: string; props: Props<T>; provider?: Record<string, unknown> };
}[Token];

/**
 * Stands, in an example, for an output of another of its resources: unknown until that is deployed. Where no resource
 * has the name, it stands for a value from outside the stack. It may stand inside a longer text.
 */
export const ref = <T = string>(name: string, output = "id"): T => `\${${name}.${output}}` as T;

/** Stands, in an example, for a secret setting of the program. */
export const secret = <T = string>(name: string): T => `\${secret.${name}}` as T;
