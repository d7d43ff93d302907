import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Raw } from "../../policies/value";
import { temporaryFolder } from "../support/folder";
import { type Deployed, Engine } from "./engine";
import recording from "./recording.json";

// What a real CLI asked of the pack in `recorder/` in a preview of `test/cli/programs/buckets`, and what our small
// engine asks for the same resources. Recorded by hand, with the provider's stand-in:
//   RECORDING=calls.jsonl pulumi preview --policy-pack test/engine/recorder --policy-pack-config policies.json
// The file keeps the calls without the fields that were not set; its version is `recording.cli`.

interface Call {
  call: string;
  request: Raw;
}
interface Asked {
  urn: string;
  type: string;
  name: string;
  properties: Raw;
  options: { parent?: string };
  provider?: { urn: string; properties: Raw };
  propertydependenciesMap?: [string, { urnsList: string[] }][];
}
const calls = recording.calls as unknown as Call[];
const asked = (name: string) => calls.filter(({ call }) => call === name).map(({ request }) => request);

/** Fields that were not set cannot be told from empty ones on the wire; in properties they can. */
function asSet(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSet);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, v]) => [key, key === "properties" ? v : asSet(v)] as const);
  return Object.fromEntries(fields.filter(([, v]) => v && !(Array.isArray(v) && v.length === 0)));
}

/** The engine sends the stack's resources in no particular order. */
function inOrder({ call, request }: Call): Call {
  if (call !== "analyzeStack") return { call, request };
  const resources = request.resourcesList as Asked[];
  return { call, request: { resourcesList: resources.sort((a, b) => (a.urn < b.urn ? -1 : 1)) } };
}

/** The resources that the recording speaks of, as they were before and after the provider made them. */
function recorded(): Deployed[] {
  const [stack] = asked("analyzeStack") as unknown as { resourcesList: Asked[] }[];
  return (asked("remediate") as unknown as Asked[]).map((before) => {
    const { urn, type, name, properties: inputs, options, provider } = before;
    const after = stack?.resourcesList.find((r) => r.urn === urn);
    const sources = (after?.propertydependenciesMap ?? []).map(([key, { urnsList }]) => [key, urnsList]);
    return {
      urn,
      type,
      name,
      inputs,
      outputs: after?.properties ?? {},
      propertyDependencies: Object.fromEntries(sources),
      ...(options.parent && { parent: options.parent }),
      ...(provider && { provider: provider.properties, providerUrn: provider.urn }),
    };
  });
}

const folder = temporaryFolder();

test("our small engine asks what Pulumi's asks, in its order", async () => {
  const heard = folder.file("calls.jsonl", "");
  const engine = await Engine.start(join(__dirname, "recorder"), { RECORDING: heard });
  const deployment = {
    project: "buckets",
    stack: "dev",
    policies: { kept: "remediate", tagged: { owner: "audio" } },
    config: {
      "aws:region": "eu-west-3",
      "buckets:forceDestroy": "true",
      "buckets:tags": '{"owner":"platform"}',
    },
    secrets: { "buckets:policy": "Pl4in-policy" },
    resources: recorded(),
  };
  await engine.deploy(deployment).finally(() => engine.stop());
  const ours = readFileSync(heard, "utf8").trim().split("\n");
  expect(ours.map((line) => inOrder(asSet(JSON.parse(line)) as Call))).toEqual(calls);
});

test("the recording has every kind of resource and value in it", () => {
  const text = JSON.stringify(recording);
  for (const part of [
    "pulumi:providers:aws",
    "pulumi:pulumi:Stack",
    "1b47061264138c4ac30d75fd1eb44270",
    "04da6b54",
  ])
    expect(text).toContain(part);
  expect(JSON.stringify(asked("remediate"))).toContain('"forceDestroy":true');
  expect(JSON.stringify(asked("analyze"))).toContain('"forceDestroy":false');
});
