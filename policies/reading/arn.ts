import type { Token } from "../resources";
import type { Resource } from "../stack";
import { peek, Unknown } from "../value";

/** An ARN taken apart. The resource part may hold colons of its own. */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
}

export function parseArn(value: unknown): Arn | undefined {
  if (typeof value !== "string") return undefined;
  const [prefix, partition = "", service = "", region = "", account = "", ...resource] = value.split(":");
  if (prefix !== "arn" || !partition || !service || resource.length === 0) return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** How AWS writes the ARNs of a type: the service, what stands before the name, and where the name is found. */
const written: { [T in Token]?: readonly [service: string, before: string, name: string] } = {
  "aws:docdb/cluster:Cluster": ["rds", "cluster:", "clusterIdentifier"],
  "aws:dynamodb/table:Table": ["dynamodb", "table/", "name"],
  "aws:ebs/volume:Volume": ["ec2", "volume/", "id"],
  "aws:ec2/instance:Instance": ["ec2", "instance/", "id"],
  "aws:efs/fileSystem:FileSystem": ["elasticfilesystem", "file-system/", "id"],
  "aws:neptune/cluster:Cluster": ["rds", "cluster:", "clusterIdentifier"],
  "aws:rds/cluster:Cluster": ["rds", "cluster:", "clusterIdentifier"],
  "aws:rds/instance:Instance": ["rds", "db:", "identifier"],
  "aws:redshift/cluster:Cluster": ["redshift", "cluster:", "clusterIdentifier"],
  "aws:s3/bucket:Bucket": ["s3", "", "bucket"],
  "aws:s3/bucketV2:BucketV2": ["s3", "", "bucket"],
};

/** A part of an ARN that is not known: `any` is taken to be what a pattern asks for, an `open` one is not. */
type Hole = "any" | "open";
type Piece = string | { hole: Hole };

const any: Piece = { hole: "any" };
const open: Piece = { hole: "open" };

/** The ARN of a resource, as far as it is known: partition, region and account often are not before a deployment. */
function arnOf(resource: Resource): Piece[] | undefined {
  const known = peek(resource.props as { arn?: unknown }, "arn");
  if (typeof known === "string" && known) return [known];
  const form = written[resource.type];
  if (!form) return undefined;
  const [service, before, name] = form;
  const value = (name === "id" && resource.id) || peek(resource.props as Record<string, unknown>, name);
  const place: Piece[] = service === "s3" ? [":"] : [any, ":", any];
  const called = typeof value === "string" && value ? value : open;
  return ["arn:", any, `:${service}:`, ...place, `:${before}`, called];
}

/**
 * Whether an ARN, with wildcards or without, stands for a resource (or for what it holds: `within` is "/*" for the
 * objects of a bucket). Throws `Unknown` where only the name that a deployment gives can tell.
 */
export function covers(pattern: string, resource: Resource, within = ""): boolean {
  if (pattern === "*") return true;
  const arn = arnOf(resource);
  if (!arn) throw new Unknown("arn");
  const subject = [...arn, within];
  if (matches(pattern, subject, "certainly")) return true;
  if (matches(pattern, subject, "perhaps")) throw new Unknown("arn");
  return false;
}

/** Whether a text fits a pattern in which `*` stands for any text and `?` for any character, as AWS matches. */
export const isLike = (value: string, pattern: string): boolean => matches(pattern, [value], "certainly");

/** In time that grows with the product of both lengths, whatever the pattern. */
function matches(pattern: string, subject: readonly Piece[], how: "certainly" | "perhaps"): boolean {
  const symbols = subject.flatMap((piece): Piece[] =>
    typeof piece === "string" ? piece.split("") : [piece],
  );
  const starred = pattern.replace(/\*+/g, "*");
  let row = new Array<boolean>(starred.length + 1).fill(false);
  row[0] = true;
  for (let p = 1; p <= starred.length && starred[p - 1] === "*"; p++) row[p] = true;
  for (const symbol of symbols) {
    const next = new Array<boolean>(starred.length + 1).fill(false);
    const isOpen = typeof symbol !== "string" && (how === "perhaps" || symbol.hole === "any");
    next[0] = isOpen && row[0] === true;
    for (let p = 1; p <= starred.length; p++) {
      const wanted = starred[p - 1];
      const swallowed = wanted === "*" && (next[p - 1] || row[p]);
      // What is not known may be nothing at all, or what the pattern asks for; a colon is in no name.
      const filled = isOpen && (row[p] || (next[p - 1] && wanted !== ":"));
      const equal = typeof symbol === "string" && (wanted === "?" || wanted === symbol) && row[p - 1];
      next[p] = Boolean(swallowed || filled || equal);
    }
    row = next;
  }
  return row[starred.length] === true;
}
