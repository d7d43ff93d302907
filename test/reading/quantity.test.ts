import { quantity } from "../../policies/reading/quantity";

test.each([
  ["512Mi", 512 * 1024 * 1024],
  ["1Ki", 1024],
  ["1k", 1000],
  ["100m", 0.1],
  ["0.5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["1e3", 1000],
  ["1E3", 1000],
  ["1E", 1e18],
  ["0", 0],
  ["0Gi", 0],
  ["-1", -1],
  [2, 2],
])("%j is %d", (written, amount) => expect(quantity(written)).toBeCloseTo(amount, 12));

test.each([
  "",
  "Mi",
  "1K",
  "1KB",
  "1 Gi",
  "512mi",
  "1e",
  "0x10",
  "1".repeat(400),
  Number.NaN,
  null,
  {},
  true,
])("%j is no quantity", (written) => expect(quantity(written)).toBeUndefined());

test("long nonsense costs nothing", () => expect(quantity(`${"1".repeat(100_000)}x`)).toBeUndefined());
