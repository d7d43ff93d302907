import type { Raw } from "../policies/value";
import { policyDocument } from "./policy-document";

/** What a data source is asked: its arguments, and the settings of the provider that would answer. */
interface Question {
  args: Raw;
  provider: Raw;
}

/** The data sources that can be answered without a cloud; nothing where the answer hangs on what is not set. */
export const dataSources: Readonly<Record<string, (question: Question) => Raw | undefined>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:user/preflight`,
    userId: "AIDAEXAMPLE",
  }),
  "aws:index/getRegion:getRegion": (question) => {
    const region = regionOf(question);
    if (region === undefined) return undefined;
    const endpoint = `ec2.${region}.${partitionOf(region).dnsSuffix}`;
    return { id: region, name: region, region, endpoint, description: region };
  },
  "aws:index/getPartition:getPartition": (question) => {
    const region = regionOf(question);
    return region === undefined ? undefined : { ...partitionOf(region) };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": (question) => {
    const region = regionOf(question);
    if (region === undefined) return undefined;
    const { excludeNames, excludeZoneIds } = question.args;
    const zones = ["a", "b", "c"]
      .map((letter, i) => ({ name: `${region}${letter}`, id: `${abbreviated(region)}-az${i + 1}` }))
      .filter((z) => !has(excludeNames, z.name) && !has(excludeZoneIds, z.id));
    return {
      ...question.args,
      id: region,
      region,
      names: zones.map((z) => z.name),
      zoneIds: zones.map((z) => z.id),
      groupNames: [region],
    };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": ({ args }) => policyDocument(args),
  "kubernetes:yaml:decode": ({ args }) => decodeYaml(args.text),
};

/** The account that AWS uses in its own documentation. */
const account = "123456789012";

/** As the provider finds it. */
const regionOf = ({ args, provider }: Question): string | undefined =>
  [args.region, provider.region, process.env.AWS_REGION, process.env.AWS_DEFAULT_REGION].find(
    (r): r is string => typeof r === "string" && /^[a-z]+(-[a-z]+)+-\d+$/.test(r),
  );

function partitionOf(region: string) {
  const [partition, dnsSuffix, reverseDnsPrefix] = region.startsWith("cn-")
    ? ["aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"]
    : region.startsWith("us-gov-")
      ? ["aws-us-gov", "amazonaws.com", "com.amazonaws"]
      : ["aws", "amazonaws.com", "com.amazonaws"];
  return { id: partition, partition, dnsSuffix, reverseDnsPrefix };
}

/** `eu-west-3` is `euw3` in the ids of its zones, `ap-southeast-2` is `apse2`. */
const abbreviated = (region: string) =>
  region
    .replace("us-gov", "usg")
    .replace(/(north|south)(east|west)/, (_, a: string, b: string) => `${a.charAt(0)}${b.charAt(0)}`)
    .replace(/north|south|east|west|central/, (word) => word.charAt(0))
    .replaceAll("-", "");

const has = (list: unknown, value: string) => Array.isArray(list) && list.includes(value);

/** What the Kubernetes provider makes of manifests: an object a document, empty ones left out. */
function decodeYaml(text: unknown): Raw {
  const { parseAllDocuments } = require("yaml") as typeof import("yaml");
  const documents = [...parseAllDocuments(String(text ?? ""), { merge: true })];
  const error = documents.flatMap((document) => document.errors)[0];
  if (error) throw new Error(error.message);
  return { result: documents.map((document) => document.toJS()).filter((object) => object !== null) };
}
