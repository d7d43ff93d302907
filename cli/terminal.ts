/** Whether to colour what is written to a stream: https://no-color.org and https://force-color.org. */
export function colorsOf(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  // In this order, as Node.js itself does.
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR) return false;
  return stream.isTTY === true && TERM !== "dumb";
}

/** How wide to write: as the terminal, where it says, but not so wide that lines are hard to read. */
export const widthOf = (stream: NodeJS.WriteStream): number => Math.min(stream.columns || 100, 110);
