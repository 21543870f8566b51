const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** "2 s", "4 min", "3 h", "2 d"; seconds up to two minutes, since an age of 70 s and one of 110 s are not the same. */
export function span(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= (length === 60_000 ? 120_000 : length)) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ms / size))} ${unit}`;
}

export function age(ms: number): string {
  return `${span(ms)} ago`;
}
