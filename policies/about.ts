import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { manifest, pageOf, repository } from "./manifest";
import { frameworks, isResourceRule, type Rule, type Severity } from "./rule";
import { optionSchemas } from "./schema";
import { defaultLevel, type Level } from "./settings";

export const packName = "preflight";

export const engineLevel: Record<Level, proto.EnforcementLevel> = {
  advisory: proto.EnforcementLevel.ADVISORY,
  mandatory: proto.EnforcementLevel.MANDATORY,
  disabled: proto.EnforcementLevel.DISABLED,
};

export const engineSeverity: Record<Severity, proto.PolicySeverity> = {
  low: proto.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: proto.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: proto.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: proto.PolicySeverity.POLICY_SEVERITY_CRITICAL,
};

/** What the engine is told of the pack and its rules before anything is judged. */
export function analyzerInfo(rules: readonly Rule[]): proto.AnalyzerInfo {
  const info = new proto.AnalyzerInfo();
  info.setName(packName);
  info.setDisplayname("Preflight");
  info.setVersion(manifest.version);
  info.setDescription(manifest.description);
  info.setTagsList(["production-readiness", "aws", "docker", "kubernetes"]);
  info.setRepository(repository);
  info.setSupportsconfig(true);
  info.setPoliciesList(rules.map(policyInfo));
  return info;
}

function policyInfo(rule: Rule): proto.PolicyInfo {
  const info = new proto.PolicyInfo();
  info.setName(rule.id);
  info.setDisplayname(rule.id);
  info.setDescription(rule.title);
  info.setPolicyType(
    isResourceRule(rule) ? proto.PolicyType.POLICY_TYPE_RESOURCE : proto.PolicyType.POLICY_TYPE_STACK,
  );
  info.setSeverity(engineSeverity[rule.severity]);
  info.setEnforcementlevel(engineLevel[defaultLevel(rule.severity)]);
  info.setRemediationSteps(rule.fix);
  info.setUrl(pageOf(rule));
  const schema = new proto.PolicyConfigSchema();
  schema.setProperties(Struct.fromJavaScript(optionSchemas(rule) as Record<string, JavaScriptValue>));
  info.setConfigschema(schema);
  const controls = controlsOf(rule);
  info.setTagsList([
    ...controls.flatMap(({ name, ids }) => ids.map((id) => `${name} ${id}`)),
    ...rule.checklists,
  ]);
  const [first] = controls;
  if (first) {
    const framework = new proto.PolicyComplianceFramework();
    framework.setName(first.name);
    framework.setReference(first.ids.join(", "));
    info.setFramework(framework);
  }
  return info;
}

/** The catalogues that know a rule, in the order of `frameworks`. */
function controlsOf({ controls = {} }: Rule): { name: string; ids: readonly string[] }[] {
  return (Object.keys(frameworks) as (keyof typeof frameworks)[]).flatMap((framework) => {
    const ids = controls[framework] ?? [];
    return ids.length > 0 ? [{ name: frameworks[framework], ids }] : [];
  });
}
