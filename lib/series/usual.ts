/** What is usual somewhere is told by so many on each side. */
export const AROUND = 8;
/** Fewer steps tell it as well where they are alike, as those of a function that is new. */
const FEW_ALIKE = 3;
const ALIKE = 1.5;

export type Spacing = { periodMs: number; bucketMs: number };

/** How far apart most of these are; null when they are too few to tell. */
export function usualStep(times: readonly number[]): number | null {
  const steps = times
    .flatMap((at, row) => (row === 0 ? [] : [Math.abs(at - (times[row - 1] ?? at))]))
    .sort((a, b) => a - b);
  const areAlike = steps.length >= FEW_ALIKE && (steps.at(-1) ?? 0) <= ALIKE * (steps[0] ?? 0);
  return steps.length < AROUND && !areAlike ? null : (steps[steps.length >> 1] ?? null);
}

/**
 * The spacing at which something runs: the period, unless most of these are further apart. Then the function is called when
 * its input changes, gives no result at most ticks, or had another period.
 */
export function usualSpacing(times: readonly number[], { periodMs, bucketMs }: Spacing): Spacing {
  const usual = usualStep(times) ?? 0;
  return { periodMs: usual > bucketMs ? Math.max(periodMs, usual) : periodMs, bucketMs };
}

/** The same, around one of many. */
export function spacingAround(times: readonly number[], row: number, spacing: Spacing): Spacing {
  return usualSpacing(times.slice(Math.max(0, row - AROUND), row + AROUND), spacing);
}
