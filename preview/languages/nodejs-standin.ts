import { unansweredMark } from "./language";

/**
 * What runs in the program's process before Pulumi does: it makes answers that nobody has stand in as unknown values.
 *
 * The SDK keeps what a data source returns as plain data, so a program may do anything with it: an answer left empty
 * would crash it, or read as a property that was not set. The stand-in reads as unknown however deep it is read, can
 * be called as any text or list can, and is sent as Pulumi's mark for an unknown value.
 *
 * It is sent to the other process as text: it can use nothing from outside itself.
 */
function standIn(sdk: string, mark: string): void {
  const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const methods =
    /^(at|charAt|charCodeAt|codePointAt|concat|endsWith|every|filter|find|findIndex|findLast|flat|flatMap|forEach|includes|indexOf|join|lastIndexOf|localeCompare|map|match|matchAll|normalize|padEnd|padStart|pop|push|reduce|reduceRight|repeat|replace|replaceAll|reverse|shift|slice|some|sort|splice|split|startsWith|substr|substring|toFixed|toLocaleLowerCase|toLocaleUpperCase|toLowerCase|toReversed|toSorted|toSpliced|toUpperCase|trim|trimEnd|trimStart|unshift)$/;
  const seen = new Map<string | symbol, unknown>();
  const unknown: object = new Proxy(
    {},
    {
      get(_, key) {
        if (key === "__pulumiUnknown") return true;
        if (key === Symbol.toPrimitive)
          return (hint: string) => (hint === "number" ? Number.NaN : unknownText);
        if (key === Symbol.iterator) return () => [unknown][Symbol.iterator]();
        if (key === "toString" || key === "toJSON" || key === "valueOf") return () => unknownText;
        // A promise, an output or a resource it is not.
        if (typeof key === "symbol" || key === "then" || key === "constructor" || key.startsWith("__"))
          return undefined;
        if (!methods.test(key)) return unknown;
        if (!seen.has(key)) seen.set(key, called(key));
        return seen.get(key);
      },
    },
  );
  /** A list of unknown length is walked once, so that what the program makes of each element is seen. */
  const called = (key: string) =>
    /^(forEach|map|flatMap)$/.test(key)
      ? (each: (element: unknown, index: number, list: unknown) => unknown) => {
          each(unknown, 0, unknown);
          return key === "forEach" ? undefined : unknown;
        }
      : () => unknown;

  // A document that nobody has is not known, whatever is in it.
  JSON.parse = new Proxy(JSON.parse, {
    apply: (parse, self, args) =>
      args[0] === unknown || args[0] === unknownText ? unknown : Reflect.apply(parse, self, args),
  });

  interface Struct {
    getFieldsMap(): { has(key: string): boolean };
  }
  const rpc = require(`${sdk}/runtime/rpc`);
  const { deserializeProperties } = rpc;
  rpc.deserializeProperties = (struct: Struct, ...rest: unknown[]) =>
    struct.getFieldsMap().has(mark) ? unknown : deserializeProperties(struct, ...rest);
  // A data source asked with a stand-in is not asked at all by the SDK, and returns an empty object.
  rpc.containsUnknownValues = () => false;
  // The SDK does not see the frames of arrow functions, which have no parentheses.
  const { Resource } = require(`${sdk}/resource`);
  Resource.framePositionRegExp =
    /^\s*at (?:async )?(?:.*\()?(?<file>(?:\/|[A-Za-z]:|file:)[^()]*):(?<line>[0-9]+):(?<column>[0-9]+)\)?$/;
  // The SDK tells each step of its work, one message after the other; nobody here listens to them.
  require(`${sdk}/log`).debug = () => Promise.resolve();
  // The SDK prints an error with all that hangs on it, which can take a minute.
  const told = (error: unknown): string => {
    // One of another thread is an error in its shape only.
    const { message, stack, cause } = (typeof error === "object" && error ? error : {}) as Error;
    if (typeof message !== "string") return require("node:util").inspect(error, { depth: 1 });
    const { message: why, code } = (cause instanceof Error ? cause : {}) as NodeJS.ErrnoException;
    const reason = why || code ? `${message}: ${why || code}` : message;
    return typeof stack === "string" ? stack.replace(message, () => reason) : reason;
  };
  try {
    require(`${sdk}/cmd/run/error`).defaultErrorMessage = told;
  } catch {
    // Other versions print the stack.
  }
}

/** The script that starts `@pulumi/pulumi/cmd/run` of an SDK with stand-ins in place. */
export const startScript = (sdk: string): string =>
  `process.argv.splice(1, 0, ${JSON.stringify(`${sdk}/cmd/run/index.js`)});` +
  `(${standIn})(${JSON.stringify(sdk)}, ${JSON.stringify(unansweredMark)});` +
  "require(process.argv[1]);";
