/** One thing that was measured, and whether it is as good as we promise. */
export interface Figure {
  what: string;
  measured: string;
  target: string;
  met: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Medians of two tasks that take turns, so that what else the machine does slows both. */
export async function compared(
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  runs: number,
): Promise<{ ours: number; theirs: number; ratio: number }> {
  // Once each, so that the disk is warm.
  await ours();
  await theirs();
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let i = 0; i < runs; i++) {
    times.ours.push(await ours());
    times.theirs.push(await theirs());
  }
  const [a, b] = [median(times.ours), median(times.theirs)];
  return { ours: a, theirs: b, ratio: a / b };
}

export const ms = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;
