import type {
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { judged, verdicts } from "./judge";
import { pageOf } from "./manifest";
import { isResourceRule, type Result, type Rule } from "./rule";
import { optionSchemas } from "./schema";
import { defaultLevel } from "./settings";
import { type Registration, Stack } from "./stack";
import type { Raw } from "./value";
import { conclusion, faultSentence, sentence } from "./wording";

/** A rule as a policy for a pack of one's own, made with `@pulumi/policy`. */
export function toPolicy(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
  const about = {
    name: rule.id,
    description: rule.title,
    severity: rule.severity,
    enforcementLevel: defaultLevel(rule.severity),
    remediationSteps: rule.fix,
    url: pageOf(rule),
    configSchema: { properties: optionSchemas(rule) as ConfigSchema["properties"] },
  };
  const [onlyType, ...otherTypes] = rule.on;
  const skippable = <F extends object>(validate: F): F =>
    otherTypes.length === 0 ? Object.assign(validate, { __pulumiType: onlyType }) : validate;
  const faults = new Set<Rule>();

  function tell(results: readonly Result[], args: { notApplicable(reason?: string): never }, report: Report) {
    const { violations, fault, notApplicable } = conclusion(results);
    for (const violation of violations) report(sentence(violation), violation.resource.urn);
    if (fault && !faults.has(rule)) {
      faults.add(rule);
      report({
        message: `${rule.title}\n${faultSentence(fault)}`,
        urn: fault.resource.urn,
        enforcementLevel: "advisory",
      });
    }
    if (notApplicable !== undefined) args.notApplicable(notApplicable);
  }

  if (isResourceRule(rule)) {
    const { remediate } = rule;
    return {
      ...about,
      validateResource: skippable((args: ResourceValidationArgs, report: ReportViolation) => {
        if (!(rule.on as readonly string[]).includes(args.type)) args.notApplicable();
        const stack = new Stack([ofResource(args)], { hidesSecrets: true });
        tell(verdicts(rule, rule.judge(args.getConfig()), stack.resources, stack), args, report as Report);
      }),
      ...(remediate && {
        remediateResource: skippable((args: ResourceValidationArgs) => {
          if (!(rule.on as readonly string[]).includes(args.type)) return;
          const options = args.getConfig<Raw>();
          const stack = new Stack([ofResource(args)], { hidesSecrets: true });
          const judge = rule.judge(options);
          for (const resource of stack.resources) {
            if (!judge(resource, stack).some((r) => r.outcome === "violation")) continue;
            const patch = remediate(resource, options);
            // Set one by one, what was a secret stays one.
            return patch && Object.assign(args.props, patch);
          }
        }),
      }),
    };
  }
  return {
    ...about,
    validateStack: skippable(
      (
        args: { resources: PolicyResource[]; getConfig(): object; notApplicable(reason?: string): never },
        report: ReportViolation,
      ) => {
        const stack = new Stack(args.resources.map(ofStack), { hidesSecrets: true });
        const judge = rule.judge(args.getConfig() as Raw);
        tell(verdicts(rule, judge, judged(rule, stack), stack), args, report as Report);
      },
    ),
  };
}

type ConfigSchema = NonNullable<ResourceValidationPolicy["configSchema"]>;

/** `@pulumi/policy` also takes a level of one's own; its typings don't say so. */
type Report = ReportViolation &
  ((violation: { message: string; urn: string; enforcementLevel: "advisory" }) => void);

type Given = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "provider">;

const ofResource = ({ urn, type, name, props, provider }: Given): Registration => ({
  urn,
  type,
  name,
  inputs: props,
  ...(provider && { provider: provider.props }),
});

function ofStack(resource: PolicyResource): Registration {
  const { parent, propertyDependencies } = resource;
  return {
    ...ofResource(resource),
    ...(parent && { parent: parent.urn }),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([input, sources]) => [input, sources.map(({ urn }) => urn)]),
    ),
  };
}
