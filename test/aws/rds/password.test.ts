import password from "../../../policies/aws/rds/password";
import { type Registration, Stack, type Surroundings } from "../../../policies/stack";
import { urnOf } from "../../support/examples";

const judge = (value: unknown, surroundings: Surroundings, source?: string) => {
  const urn = urnOf("aws:rds/instance:Instance", "db");
  const generated = urnOf("random:index/randomPassword:RandomPassword", "generated");
  const registrations: Registration[] = [
    {
      urn,
      type: "aws:rds/instance:Instance",
      name: "db",
      inputs: { engine: "postgres", password: value },
      ...(source && { propertyDependencies: { password: [generated] } }),
    },
    { urn: generated, type: "random:index/randomPassword:RandomPassword", name: "generated", inputs: {} },
  ];
  const stack = new Stack(registrations, surroundings);
  return stack.all("aws:rds/instance:Instance").flatMap((r) => password.judge()(r, stack));
};
const strong = "kV7-wq2ZrT-9xLm4";
const wrapped = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: strong };
const settings = (...secrets: string[]): Surroundings => ({ secrets: new Set(secrets) });

test("a strong literal is written down, whatever the SDK makes of it", () => {
  for (const value of [strong, wrapped]) {
    const [result] = judge(value, settings("another-secret-value"));
    expect(result?.outcome).toBe("violation");
    expect(result?.message).toBe("has its password written down in plain text");
  }
});

test("a secret setting is not written down, alone or within an object", () => {
  expect(judge(wrapped, settings(strong))[0]?.outcome).toBe("pass");
  expect(judge(strong, settings(JSON.stringify({ user: "orders", password: strong })))[0]?.outcome).toBe(
    "pass",
  );
});

test("a password of another resource is no literal, be it as short as it may", () => {
  expect(judge(strong, settings(), "generated")[0]?.outcome).toBe("pass");
  expect(judge("short", settings(), "generated")[0]?.outcome).toBe("pass");
});

test("where the secret settings are not known, only weak ones are told", () => {
  expect(judge(strong, {})[0]?.outcome).toBe("pass");
  const weak = ["short", "changeme", "Please-change-me-now-1", "Password1234567890", "P@ssw0rd!12345678"];
  for (const value of [...weak, "aaaaaaaaaaaaaaaaaaaa", "postgres-admin-2026!", "1234567890123456"])
    expect(judge(value, {})[0]?.outcome).toBe("violation");
});

test("no message holds the password", () => {
  for (const value of [strong, "short", "changeme"])
    for (const surroundings of [settings(), {}])
      for (const { message } of judge(value, surroundings)) expect(message ?? "").not.toContain(value);
});

test("a password that is no text is judged, not thrown at", () => {
  for (const value of [17, ["a"], { toString: 3 }, true])
    expect(judge(value, settings())[0]?.outcome).toBe("violation");
});
