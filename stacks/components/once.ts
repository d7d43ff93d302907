import * as pulumi from "@pulumi/pulumi";

/**
 * A value that is known once other resources are there: what takes it is made after them, and goes before them. While one
 * of them is new, a preview does not know it.
 */
export const once = (
  value: pulumi.Output<string>,
  ...there: readonly pulumi.CustomResource[]
): pulumi.Output<string> =>
  pulumi.all([value, pulumi.all(there.map((resource) => resource.id))]).apply(([known]) => known);
