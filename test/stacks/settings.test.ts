import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { preview } from "../../preview/preview";
import { Settings } from "../../stacks/components";

const secretKey = { what: "SECRET_KEY", length: 32 };

function settings(given: Record<string, string>): Settings {
  const keys = Object.entries(given).map(([key, value]) => [`shop:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(keys));
  return new Settings(new pulumi.Config("shop"));
}

test("what is given is read as what it is", () => {
  const config = settings({
    domain: "shop.example",
    nodes: "3",
    standby: "false",
    origins: '["https://a.example"]',
    versions: '{"vpc-cni":"v1"}',
  });
  expect(config.text("domain", { what: "" })).toBe("shop.example");
  expect(config.number("nodes", { what: "" })).toBe(3);
  expect(config.flag("standby", { what: "", default: true })).toBe(false);
  expect(config.list("origins", { what: "" })).toEqual(["https://a.example"]);
  expect(config.map("versions", { what: "" })).toEqual({ "vpc-cni": "v1" });
  expect(() => config.check()).not.toThrow();
});

test("a default stands for what is not given", () => {
  const config = settings({});
  expect(config.number("nodes", { what: "", default: 2 })).toBe(2);
  expect(config.list("origins", { what: "", default: [] })).toEqual([]);
  expect(() => config.check()).not.toThrow();
});

test("all that is missing is named at once, with what to put there", () => {
  const config = settings({ zone: "" });
  config.text("domain", { what: "the name that clients call" });
  config.text("zone", { what: "the zone that holds it" });
  config.secret("secretKey", secretKey);
  config.must(false, "Two regions must differ.");
  expect(() => config.check()).toThrowErrorMatchingInlineSnapshot(`
"This stack is not configured yet:
  shop:domain is missing: the name that clients call.
    pulumi config set shop:domain <value>
  shop:zone is missing: the zone that holds it.
    pulumi config set shop:zone <value>
  shop:secretKey is missing: SECRET_KEY.
    pulumi config set --secret shop:secretKey "$(openssl rand -hex 32)"
  Two regions must differ."
`);
});

test("a secret that is long enough passes, and stays a secret", async () => {
  const value = settings({ secretKey: "a".repeat(32) }).secret("secretKey", secretKey);
  expect(await pulumi.isSecret(value)).toBe(true);
});

test.each([
  ["secretKey", "hunter2", "shop:secretKey needs at least 32 characters."],
  ["password", "hunter2/".repeat(4), "shop:password must be letters and digits."],
])("an unfit %s stops the deployment without being printed", async (key, value, message) => {
  const output: string[] = [];
  const run = preview(join(__dirname, "..", "programs", "shop"), {
    config: { [key]: value },
    onOutput: (line) => output.push(line),
  });
  const error = await run.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error?.message).toContain(message);
  expect(`${error?.message} ${output.join(" ")}`).not.toContain("hunter2");
});
