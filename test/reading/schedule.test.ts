import { longestGap } from "../../policies/reading/schedule";

const now = new Date("2026-06-15T12:00:00Z");

test.each([
  ["rate(12 hours)", 12],
  ["rate(1 day)", 24],
  ["rate(2 days)", 48],
  ["rate(90 minutes)", 1.5],
  ["cron(0 5 * * ? *)", 24],
  ["cron(0 5 ? * * *)", 24],
  ["cron(0 5 ? * *  *)", 24],
  ["0 5 ? * * *", 24],
  ["cron(0 5 * * * *)", 24],
  ["cron(0 5,17 ? * * *)", 12],
  ["cron(0 0/6 ? * * *)", 6],
  ["cron(0 */12 ? * * *)", 12],
  ["cron(15 * ? * * *)", 1],
  ["cron(0 8-18 ? * * *)", 14],
  ["cron(0 5 ? * MON-FRI *)", 72],
  ["cron(0 5 ? * 2-6 *)", 72],
  ["cron(0 5 ? * FRI-MON *)", 96],
  ["cron(0 5 ? * SUN-SAT *)", 24],
  ["cron(0 5 ? * SUN *)", 168],
  ["cron(0 5 ? * sun *)", 168],
  ["cron(0 5 ? * L *)", 168],
  ["cron(0 5 ? * 1/2 *)", 48],
  ["cron(0 5 1 * ? *)", 31 * 24],
  ["cron(0 5 1,15 * ? *)", 17 * 24],
  ["cron(0 5 1/2 * ? *)", 48],
  ["cron(0 5 L * ? *)", 31 * 24],
  ["cron(0 5 31 * ? *)", 61 * 24],
  ["cron(0 5 LW * ? *)", 33 * 24],
  ["cron(0 5 * JAN-NOV ? *)", 32 * 24],
  ["cron(0 5 29 2 ? *)", 1461 * 24],
  ["cron(0 5 ? * 2#1 *)", 35 * 24],
  ["cron(0 5 ? * 6L *)", 35 * 24],
  ["cron(0 5 ? * FRIL *)", 35 * 24],
  ["cron(0 5 1W * ? *)", 33 * 24],
  ["cron(0 5 * * ? 2026-2199)", 24],
  ["cron(0 5 * * ? 2020-2030)", 24],
  ["cron(0 5 * * ? 2026/2)", 366 * 24],
])("%s leaves %p hours", (expression, gap) => {
  expect(longestGap(expression, now)).toBe(gap);
});

test.each([
  "cron(0 5 * * ? 2020)",
  "cron(0 5 30 2 ? *)",
  "cron(0 5 24 12 ? 2026)",
  "at(2027-01-01T00:00:00)",
])("%s does not go on", (expression) => expect(longestGap(expression, now)).toBe(Number.POSITIVE_INFINITY));

test("what starts years from now leaves the time until then", () => {
  expect(longestGap("cron(0 5 * * ? 2030)", now)).toBeGreaterThan(24 * 365 * 3);
});

test.each([
  "",
  "daily",
  "cron(",
  "cron()",
  "cron(0 5 * * *)",
  "cron(0 25 * * ? *)",
  "cron(0 5 32 * ? *)",
  "cron(0 5 ? * FUN *)",
  "cron(0/0 5 * * ? *)",
  "cron(a b c d e f)",
  "rate(0 days)",
  "rate(x)",
  "rate(1 week)",
  `cron(${"1,".repeat(5000)})`,
])("%s is none that AWS reads", (expression) => {
  expect(longestGap(expression, now)).toBeUndefined();
});
