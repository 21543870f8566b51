import type { Kind } from './numbers.ts';

/** A unit, and how many of what a scale counts in it stands for. */
type Step = readonly [size: number, unit: string];
/** How many of what its scale counts in one of a series' numbers is, and the scale's units, the least first. */
type Written = readonly [one: number, scale: readonly Step[]];

const binary = (unit: string): readonly Step[] =>
  ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'].map((prefix, index) => [1024 ** index, `${prefix}${unit}`]);
const metric = (unit: string, least: number): readonly Step[] =>
  ['m', '', 'k', 'M', 'G', 'T'].slice(least).map((prefix, index) => [1000 ** (index + least - 1), `${prefix}${unit}`]);
const alone = (unit: string, size = 1): Written => [1, [[size, unit]]];

const BYTES = binary('B');
const SECONDS: readonly Step[] = [
  [1e-9, 'ns'],
  [1e-6, 'µs'],
  [1e-3, 'ms'],
  [1, 's'],
  [60, 'min'],
  [3_600, 'h'],
  [86_400, 'd'],
];

const WRITTEN: Readonly<Record<Kind, Written | null>> = {
  cpu: null,
  percent: null,
  other: null,
  ratio: alone('%', 0.01),
  bytes: [1, BYTES],
  // Some mean 1000 by it and some 1024, so it stays as it is called.
  kilobytes: alone('kB'),
  megabytes: alone('MB'),
  gigabytes: alone('GB'),
  'bytes-per-second': [1, binary('B/s')],
  'bits-per-second': [1, metric('bit/s', 1)],
  'per-second': alone('/s'),
  nanoseconds: [1e-9, SECONDS],
  microseconds: [1e-6, SECONDS],
  milliseconds: [1e-3, SECONDS],
  seconds: [1, SECONDS],
  minutes: [60, SECONDS],
  hours: [3_600, SECONDS],
  days: [86_400, SECONDS],
  hertz: [1, metric('Hz', 1)],
  celsius: alone('°C'),
  volts: [1, metric('V', 0)],
  amperes: [1, metric('A', 0)],
  watts: [1, metric('W', 0)],
  joules: [1, metric('J', 1)],
};

export const KINDS = Object.keys(WRITTEN);

/** What a number is divided by to be written with a unit; null for a kind without units of its own. */
export function unitFor(kind: Kind, value: number): { divisor: number; unit: string } | null {
  const written = WRITTEN[kind];
  if (written === null) return null;
  const [one, scale] = written;
  // Of nothing, the unit that the series' name tells.
  const size = value === 0 ? one : Math.abs(value) * one;
  const [step, unit] = scale.findLast(([least]) => size >= least) ?? scale[0] ?? [1, ''];
  return { divisor: step / one, unit };
}
