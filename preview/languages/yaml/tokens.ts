/** Packages whose tokens are not made from those of a Terraform provider: what is written is what they are called. */
const native =
  /^(kubernetes|pulumi|pulumiservice|aws-native|azure-native|google-native|command|docker-build|awsx|eks|synced-folder|aws-apigateway|auto-deploy|std|kubernetes-[\w-]+|aws-quickstart-[\w-]+|[\w-]+-static-website)$/;

/** Packages that hold components only: their plugin would make what they consist of. */
const components =
  /^(awsx|eks|synced-folder|aws-apigateway|auto-deploy|kubernetes-[\w-]+|aws-quickstart-[\w-]+|[\w-]+-static-website)$/;

/** What stands for its whole name: `aws:s3:Bucket` for `aws:s3/bucket:Bucket`. */
export function canonical(token: string): string {
  const parts = token.split(":");
  const [pkg = "", mod = "index", name = ""] = parts.length === 2 ? [parts[0], "index", parts[1]] : parts;
  if (pkg === "pulumi" || native.test(pkg) || mod.includes("/")) return `${pkg}:${mod}:${name}`;
  return `${pkg}:${mod}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

export const isToken = (token: string): boolean => /^[^:\s]+(:[^:\s]+){1,2}$/.test(token);
export const isProvider = (type: string): boolean => type.startsWith("pulumi:providers:");
export const packageOf = (token: string): string =>
  (isProvider(token) ? token.split(":")[2] : token.split(":")[0]) ?? "";

export const isComponent = (type: string): boolean =>
  components.test(packageOf(type)) || /^kubernetes:(helm\.sh\/v4:Chart|(yaml|kustomize)\/v2:\w+)$/.test(type);

/** What a type can't be used for in YAML, and what to take instead. */
export function refused(type: string): string | undefined {
  if (/^kubernetes:helm\.sh\/v[23]:Chart$/.test(type))
    return "take kubernetes:helm.sh/v4:Chart or kubernetes:helm.sh/v3:Release";
  if (/^kubernetes:(yaml:ConfigFile|yaml:ConfigGroup|kustomize:Directory)$/.test(type))
    return `take ${type.replace(/^kubernetes:(\w+):/, "kubernetes:$1/v2:")}`;
  if (type === "kubernetes:apiextensions.k8s.io:CustomResource")
    return "name the type of the resource itself, as crd2pulumi makes it";
  return undefined;
}

/** What the type alone says of the inputs of a resource: Kubernetes calls it `apiVersion` and `kind`. */
export function constants(type: string): Record<string, string> {
  const [, group, version, kind] = /^kubernetes:([\w.-]+)\/(v\d\w*):(\w+?)(?:Patch)?$/.exec(type) ?? [];
  if (!group || !version || !kind || /^(helm\.sh|yaml|kustomize)$/.test(group)) return {};
  return { apiVersion: group === "core" ? version : `${group}/${version}`, kind };
}
