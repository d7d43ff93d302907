import { endOfSupport } from "../../policies/reading/eks-versions";

test.each([
  ["1.33", "2026-07-29", "2027-07-29"],
  ["1.35.2", "2027-03-27", "2028-03-27"],
  ["v1.31", "2025-11-26", "2026-11-26"],
  ["1.9", "2023-10-11", "2024-10-11"],
])("%s: %s, %s", (version, standard, extended) => {
  expect(endOfSupport(version)).toEqual({ standard, extended });
});

test.each(["1.99", "2.0", "latest", "1", "", undefined, 1.33])(
  "%p is no version that the table knows",
  (version) => {
    expect(endOfSupport(version)).toBeUndefined();
  },
);
