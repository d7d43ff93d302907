/** Some states keep booleans as texts, and so do the inputs of a launch template. */
export const isTrue = (value: unknown): boolean => value === true || value === "true";
export const isFalse = (value: unknown): boolean => value === false || value === "false";
