import { type Selector, selects } from "../../policies/reading/selector";
import { view } from "../../policies/value";
import { unknown } from "../support/examples";

const labels = { app: "web", tier: "front" };
const expression = (operator: string, key: string, values?: string[]): Selector => ({
  matchExpressions: [{ key, operator, ...(values && { values }) }],
});

test.each<[string, Selector, boolean]>([
  ["an empty selector selects all", {}, true],
  ["empty parts, too", { matchLabels: {}, matchExpressions: [] }, true],
  ["equal labels", { matchLabels: { app: "web" } }, true],
  ["another value", { matchLabels: { app: "api" } }, false],
  ["one of two labels", { matchLabels: { app: "web", tier: "back" } }, false],
  ["a label that is not there", { matchLabels: { toString: "x" } }, false],
  ["In", expression("In", "app", ["api", "web"]), true],
  ["In, without the label", expression("In", "zone", ["a"]), false],
  ["NotIn", expression("NotIn", "app", ["web"]), false],
  ["NotIn, without the label", expression("NotIn", "zone", ["a"]), true],
  ["Exists", expression("Exists", "app"), true],
  ["Exists, without the label", expression("Exists", "zone"), false],
  ["DoesNotExist", expression("DoesNotExist", "app"), false],
  ["DoesNotExist, without the label", expression("DoesNotExist", "zone"), true],
  [
    "labels and expressions hold together",
    { matchLabels: { app: "web" }, ...expression("Exists", "zone") },
    false,
  ],
  ["an operator that does not exist", expression("Near", "app", ["web"]), false],
])("%s", (_, selector, selected) => expect(selects(selector, labels)).toBe(selected));

test("an unknown requirement decides only where no other says no", () => {
  const selector = view<Selector>({ matchLabels: { app: unknown, tier: "front" } });
  expect(() => selects(selector, labels)).toThrow("matchLabels.app");
  expect(selects(selector, { app: "web", tier: "back" })).toBe(false);
  expect(selects(selector, { tier: "front" })).toBe(false);
  expect(() => selects(view<Selector>({ matchExpressions: [unknown] }), labels)).toThrow(
    "matchExpressions[0]",
  );
});

test("an unknown label decides only where it is asked for", () => {
  const known = view<Record<string, string>>({ app: unknown, tier: "front" });
  expect(selects({ matchLabels: { tier: "front" } }, known)).toBe(true);
  expect(selects(expression("Exists", "app"), known)).toBe(true);
  expect(() => selects({ matchLabels: { app: "web" } }, known)).toThrow("app");
});
