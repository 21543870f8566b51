import type { Format } from '../format/format-for.ts';
import type { Figure, Kind } from '../format/numbers.ts';

/** What a series' numbers are: their kind, and whether they are shown as how fast they grow. */
export type Measure = { kind: Kind; perSecond: boolean };

/** A value with its unit, that of a rate "per second". */
export function measure({ figure }: Format, value: number | null, { kind, perSecond }: Measure, digits = 1): Figure {
  const { text, unit } = figure(value, kind, digits);
  return { text, unit: perSecond ? `${unit}/s` : unit };
}
