import * as z from 'zod';

/** What the numbers of a series are. */
export const seriesKind = z.enum([
  'cpu',
  'percent',
  'ratio',
  'bytes',
  'kilobytes',
  'megabytes',
  'gigabytes',
  'bytes-per-second',
  'bits-per-second',
  'per-second',
  'nanoseconds',
  'microseconds',
  'milliseconds',
  'seconds',
  'minutes',
  'hours',
  'days',
  'hertz',
  'celsius',
  'volts',
  'amperes',
  'watts',
  'joules',
  'other',
]);
export type SeriesKind = z.infer<typeof seriesKind>;
