import type { z } from "zod";
import type { Example } from "./example";
import type { Props, Token } from "./resources";
import type { Resource, Stack } from "./stack";
import { Unknown, unknownPath } from "./value";

export type Severity = "low" | "medium" | "high" | "critical";

/** The systems whose checklists ask for a rule. */
export const systems = ["lexia", "api-assistant", "foundational", "textai-studio", "praviel"] as const;
type System = (typeof systems)[number];

/** Catalogues under whose ids a rule is known elsewhere. */
export const frameworks = {
  fsbp: "AWS Foundational Security Best Practices",
  pss: "Kubernetes Pod Security Standards",
  nsa: "NSA/CISA Kubernetes Hardening Guide",
  dockerBench: "CIS Docker Benchmark",
  controlTower: "AWS Control Tower",
  config: "AWS Config managed rules",
  checkov: "Checkov",
  trivy: "Trivy",
  kubeLinter: "KubeLinter",
} as const;
export type Controls = { [F in keyof typeof frameworks]?: readonly string[] };

interface About {
  /** `<provider>-<service>-<what must hold>`: the file's path, the policy's name, the docs' address. */
  id: string;
  /** What must hold, as one sentence. */
  title: string;
  severity: Severity;
  /** What goes wrong in production without it. */
  why: string;
  /** What to change. */
  fix: string;
  /** The documentation that the check relies on, the most useful first. */
  links?: readonly string[];
  controls?: Controls;
  checklists: readonly System[];
  /** Undetermined examples hold an unknown value that decides: they pass in a preview and are judged once deployed. */
  examples: { good: Example[]; bad: Example[]; undetermined?: Example[] };
}

/** What one rule is, to the pack, the CLI, the docs and the tests. */
export interface Rule extends About {
  /** The resources it judges. */
  on: readonly Token[];
  /** The other resources it must see to judge them. With none, it can judge a resource before the rest is known. */
  sees: readonly Token[];
  config: z.ZodObject;
  /** The rule with its options read once, ready to judge any number of resources. */
  judge(options?: Record<string, unknown>): Judge;
  /** The inputs that mend a resource, where mending is safe and unambiguous. */
  remediate?(resource: Resource, options?: Record<string, unknown>): Record<string, unknown> | undefined;
}

/** Whether a rule can judge a resource by its own inputs, before the rest of the stack is known. */
export const isResourceRule = (rule: Rule): boolean =>
  rule.sees.length === 0 && !rule.on.includes("pulumi:pulumi:Stack");

export type Judge = (resource: Resource, stack: Stack) => Result[];

export type Outcome = "pass" | "violation" | "undetermined" | "not applicable" | "waived" | "fault";

/** What a rule concludes about one part of a resource. */
export interface Result {
  rule: Rule;
  resource: Resource;
  /** The part judged, such as `container api`; nothing for the resource as a whole. */
  part?: string;
  outcome: Outcome;
  /** What is wrong; what is unknown; why it does not apply; what the fault is. */
  message?: string;
}

/** Said by a check about what its rule does not ask of. */
export class NotApplicable {
  constructor(readonly reason: string) {}
}
export const notApplicable = (reason: string): NotApplicable => new NotApplicable(reason);

/** What is wrong with a part, or why the rule does not apply; nothing when it is as it must be. */
export type Verdict = string | NotApplicable | undefined;

interface Context<T extends Token, N extends Token, C extends z.ZodObject> {
  resource: Resource<T>;
  stack: Stack<T | N>;
  config: z.output<C>;
}

interface Spec<T extends Token, N extends Token, C extends z.ZodObject, P> extends About {
  on: readonly T[];
  sees?: readonly N[];
  /** Every field has a default and a `.describe()`: a rule works with no configuration. */
  config: C;
  /** The parts judged one by one, by the name a person knows them by. Without it, the resource as a whole. */
  each?(props: Props<T>, context: Context<T, N, C>): Iterable<readonly [name: string, part: P | Unknown]>;
  /** Reading an unknown value settles the part as undetermined. */
  check(part: P, context: Context<T, N, C>): Verdict;
  /** The inputs to set on a resource that the check found wrong. Only where nothing is replaced or lost. */
  remediate?(
    props: Props<T>,
    context: { resource: Resource<T>; config: z.output<C> },
  ): Partial<Props<T>> | undefined;
}

export function rule<
  const T extends Token,
  const C extends z.ZodObject,
  const N extends Token = never,
  P = Props<T>,
>(spec: Spec<T, N, C, P>): Rule {
  const { each, check, remediate, ...about } = spec;
  const self: Rule = {
    ...about,
    sees: spec.sees ?? [],
    judge(options = {}) {
      const config = spec.config.parse(options);
      return (resource, stack) => {
        const context = { resource, stack, config } as unknown as Context<T, N, C>;
        const settle = (part: string | undefined, run: () => Verdict): Result => ({
          rule: self,
          resource,
          ...(part ? { part } : {}),
          ...conclude(run),
        });
        if (!each) return [settle(undefined, () => check(context.resource.props as P, context))];
        const results: Result[] = [];
        const listing = settle(undefined, () => {
          for (const [name, part] of each(context.resource.props, context)) {
            results.push(
              settle(name, () => {
                if (part instanceof Unknown) throw part;
                return check(part, context);
              }),
            );
          }
          return results.length === 0 ? notApplicable("has nothing that the rule judges") : undefined;
        });
        return listing.outcome === "pass" ? results : [...results, listing];
      };
    },
    remediate:
      remediate &&
      ((resource, options = {}) =>
        remediate(resource.props as Props<T>, {
          resource: resource as unknown as Resource<T>,
          config: spec.config.parse(options),
        }) as Record<string, unknown> | undefined),
  };
  return self;
}

function conclude(run: () => Verdict): { outcome: Outcome; message?: string } {
  try {
    const verdict = run();
    if (verdict === undefined) return { outcome: "pass" };
    if (verdict instanceof NotApplicable) return { outcome: "not applicable", message: verdict.reason };
    return { outcome: "violation", message: verdict };
  } catch (error) {
    const path = unknownPath(error);
    if (path !== undefined) return { outcome: "undetermined", message: path };
    return { outcome: "fault", message: errorText(error) };
  }
}

/** What an error says. A syntax error quotes the text that it is about, and that may be a secret. */
export function errorText(error: unknown): string {
  if (error instanceof SyntaxError) return error.name;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
