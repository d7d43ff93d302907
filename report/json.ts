import type { Renderer } from "./index";

/** One stack as its report, several as a list of theirs. */
export const json: Renderer = (reports, { failures }) => {
  const alone = reports.length === 1 && failures.length === 0;
  return `${JSON.stringify(alone ? reports[0] : reports, null, 2)}\n`;
};
