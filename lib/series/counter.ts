/** What psutil, Prometheus and their like call what only grows. */
const COUNTERS = [
  /(?:bytes|packets)[_-]?(?:sent|recv|received|in|out)$/,
  /(?:^|[._-])(?:err|drop)(?:in|out)$/,
  /(?:^|[._-])(?:read|write|merged)[_-]?(?:bytes|count)$/,
  /(?:^|[._-])(?:ctx_switches|(?:soft_)?interrupts|syscalls)$/,
  /(?:bytes|packets|requests|errors|events|messages|calls|jobs|hits|misses|seconds)[_-]total$/,
];
/** Fewer rows say nothing. */
const FEW_ROWS = 3;

/** Whether a series by this name counts something up, so that how fast it grows is what people want to see. */
export function isCounterName(name: string): boolean {
  const lower = name.toLowerCase();
  return COUNTERS.some((pattern) => pattern.test(lower)) && !/percent|ratio|rate|per_sec/.test(lower);
}

/** Whether its values do: they grow, and fall only now and then, when the counter begins anew. */
export function countsUp(values: readonly (number | null)[]): boolean {
  let [rows, falls] = [0, 0];
  let previous: number | null = null;
  for (const value of values) {
    if (value === null) continue;
    rows += 1;
    if (previous !== null && value < previous) falls += 1;
    previous = value;
  }
  return rows < FEW_ROWS || falls * 20 <= rows;
}
