import { isFalse, isTrue } from "../../policies/reading/flag";

test("a flag may be written as a text, and what is neither is neither", () => {
  expect([true, "true"].every(isTrue)).toBe(true);
  expect([false, "false"].every(isFalse)).toBe(true);
  for (const neither of [undefined, null, "", 0, 1, "yes", {}]) {
    expect(isTrue(neither)).toBe(false);
    expect(isFalse(neither)).toBe(false);
  }
});
