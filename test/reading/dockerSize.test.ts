import { dockerSize } from "../../policies/reading/dockerSize";

test.each([
  ["10m", 10e6],
  ["10M", 10e6],
  ["10MB", 10e6],
  ["10mib", 10e6],
  ["1.5g", 1.5e9],
  ["10 k", 10e3],
  ["10485760", 10485760],
  ["5b", 5],
  [500, 500],
])("%s is %d bytes", (written, bytes) => expect(dockerSize(written)).toBe(bytes));

test.each(["", "-1", "m", "10x", "10 mm", null, {}])("%j is no size", (written) =>
  expect(dockerSize(written)).toBeUndefined(),
);
