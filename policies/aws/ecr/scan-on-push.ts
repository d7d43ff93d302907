import { z } from "zod";
import { ref } from "../../example";
import { isTrue } from "../../reading/flag";
import { rule } from "../../rule";
import { isSet, items, list, peek, some, text, Unknown } from "../../value";

const repositories = "aws:ecr/repository:Repository";
const registries = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

export default rule({
  id: "aws-ecr-scan-on-push",
  title: "Images are scanned when they are pushed.",
  severity: "medium",
  why: "An image that nobody scans brings known vulnerabilities into production, and keeps them there.",
  fix: "Set `imageScanningConfiguration.scanOnPush` to true, or scan the whole registry.",
  links: ["https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html"],
  controls: {
    fsbp: ["ECR.1"],
    controlTower: ["CT.ECR.PR.3"],
    config: ["ECR_PRIVATE_IMAGE_SCANNING_ENABLED"],
    checkov: ["CKV_AWS_163"],
    trivy: ["AWS-0030"],
  },
  checklists: ["api-assistant", "foundational"],

  on: [repositories],
  sees: [registries],
  config: z.strictObject({}),

  check(props, { resource, stack }) {
    const configuration = peek(props, "imageScanningConfiguration");
    const own =
      configuration instanceof Unknown ? configuration : configuration && peek(configuration, "scanOnPush");
    if (isTrue(own)) return;
    // A repository that names itself begins with the name of its resource.
    const name = () => (isSet(props, "name") ? props.name : resource.name);
    const rules = stack.all(registries).flatMap((registry) => items(registry.props.rules));
    const scanned = some(rules, (scan) => {
      if (!["SCAN_ON_PUSH", "CONTINUOUS_SCAN"].includes(scan?.scanFrequency)) return false;
      const filters = list(scan.repositoryFilters).map((f) => f?.filter);
      return (
        filters.includes("*") || (filters.length > 0 && filters.some((filter) => matches(name(), filter)))
      );
    });
    if (scanned) return;
    if (own instanceof Unknown) throw own;
    return "does not scan images when they are pushed";
  },
  remediate: () => ({ imageScanningConfiguration: { scanOnPush: true } }),

  examples: {
    good: [
      {
        title: "Scanned on push",
        resources: [
          { type: repositories, name: "api", props: { imageScanningConfiguration: { scanOnPush: true } } },
        ],
      },
      {
        title: "The whole registry is scanned",
        resources: [
          { type: repositories, name: "api", props: {} },
          {
            type: registries,
            name: "registry",
            props: {
              scanType: "ENHANCED",
              rules: [
                {
                  scanFrequency: "CONTINUOUS_SCAN",
                  repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "A part of the registry, for a repository that names itself",
        resources: [
          { type: repositories, name: "prod-api", props: {} },
          {
            type: registries,
            name: "registry",
            props: {
              scanType: "ENHANCED",
              rules: [
                {
                  scanFrequency: "SCAN_ON_PUSH",
                  repositoryFilters: [{ filter: "prod*", filterType: "WILDCARD" }],
                },
              ],
            },
          },
        ],
      },
      {
        title: "A part of the registry, by name",
        resources: [
          { type: repositories, name: "api", props: { name: "prod/api" } },
          {
            type: registries,
            name: "registry",
            props: {
              scanType: "BASIC",
              rules: [
                {
                  scanFrequency: "SCAN_ON_PUSH",
                  repositoryFilters: [{ filter: "prod*", filterType: "WILDCARD" }],
                },
              ],
            },
          },
        ],
      },
    ],
    bad: [
      { title: "Nothing said", resources: [{ type: repositories, name: "api", props: {} }] },
      {
        title: "Switched off, and the registry scans other repositories or by hand",
        resources: [
          {
            type: repositories,
            name: "api",
            props: { name: "test/api", imageScanningConfiguration: { scanOnPush: false } },
          },
          {
            type: registries,
            name: "registry",
            props: {
              scanType: "ENHANCED",
              rules: [
                {
                  scanFrequency: "SCAN_ON_PUSH",
                  repositoryFilters: [{ filter: "prod*", filterType: "WILDCARD" }],
                },
                { scanFrequency: "MANUAL", repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }] },
              ],
            },
          },
        ],
      },
    ],
    undetermined: [
      {
        title: "A switch that is not known yet",
        resources: [
          {
            type: repositories,
            name: "api",
            props: { imageScanningConfiguration: { scanOnPush: ref<never>("elsewhere") } },
          },
        ],
      },
    ],
  },
});

/** ECR's filters match anywhere in a name unless they hold a `*`. */
function matches(name: unknown, filter: unknown): boolean {
  const wanted = text(filter);
  const parts = wanted?.split("*") ?? [];
  const actual = text(name);
  if (!wanted || actual === undefined) return false;
  if (parts.length === 1) return actual.includes(wanted);
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const found = i === parts.length - 1 && part ? actual.lastIndexOf(part) : actual.indexOf(part, at);
    if (found < at || (i === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return parts.at(-1) === "" || at === actual.length;
}
