import rule from "../../../policies/aws/backup/copy-elsewhere";
import { Stack } from "../../../policies/stack";
import { unknown, urnOf } from "../../support/examples";

const plan = "aws:backup/plan:Plan";
const vault = "aws:backup/vault:Vault";

/** A plan with one rule in a preview of the engine, which has given the vaults their names. */
function judge(...vaults: { name: string; region: string }[]) {
  const rules = [{ targetVaultName: "near-1a2b3c4", copyActions: [{ destinationVaultArn: unknown }] }];
  const stack = new Stack([
    ...vaults.map(({ name, region }) => ({
      urn: urnOf(vault, name),
      type: vault,
      name,
      inputs: { name: `${name}-1a2b3c4`, region },
    })),
    {
      urn: urnOf(plan, "daily"),
      type: plan,
      name: "daily",
      inputs: { region: "eu-west-3", rules },
      propertyDependencies: { rules: vaults.map(({ name }) => urnOf(vault, name)) },
    },
  ]);
  return stack.all(plan).flatMap((r) =>
    rule
      .judge()(r, stack)
      .map(({ outcome }) => outcome),
  );
}

const near = { name: "near", region: "eu-west-3" };

test("the vault that is named as the plan's own is not where copies go that is not known", () => {
  expect(judge(near)).toEqual(["undetermined"]);
});

test("another vault of the plan is", () => {
  expect(judge(near, { name: "far", region: "eu-central-1" })).toEqual(["pass"]);
  expect(judge(near, { name: "beside", region: "eu-west-3" })).toEqual(["violation"]);
});
