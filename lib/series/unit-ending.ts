import type { SeriesKind } from '#lib/schemas/series-kind';

/** After a number of their own they tell of a window: `load_60_sec`. */
const NO_WINDOW = '(?<!(?:^|_)\\d+_)';

/** What a name may end in, after Prometheus' conventions and their usual short forms. The first that fits counts. */
const ENDINGS = [
  ['bytes-per-second', 'bytes?_per_s(?:ec(?:ond)?)?|bytes_rate'],
  ['bits-per-second', 'bits?_per_s(?:ec(?:ond)?)?|bps'],
  ['per-second', 'per_s(?:ec(?:ond)?)?|rps|qps'],
  ['ratio', 'ratio'],
  ['bytes', 'bytes?'],
  ['kilobytes', 'kb|kilobytes?'],
  ['megabytes', 'mb|megabytes?'],
  ['gigabytes', 'gb|gigabytes?'],
  ['nanoseconds', 'nanos(?:econds?)?|ns'],
  ['microseconds', 'micros(?:econds?)?|us'],
  ['milliseconds', 'millis(?:econds?)?|ms(?:ecs?)?'],
  ['seconds', `${NO_WINDOW}(?:sec(?:ond)?s?|(?!^)s)`],
  ['minutes', `${NO_WINDOW}min(?:ute)?s`],
  ['hours', 'hours'],
  ['days', 'days'],
  ['hertz', 'hertz|hz'],
  ['celsius', 'celsius'],
  ['volts', 'volts?'],
  ['amperes', 'amperes?|amps?'],
  ['watts', 'watts?'],
  ['joules', 'joules?'],
] as const satisfies readonly (readonly [SeriesKind, string])[];

export type EndingKind = (typeof ENDINGS)[number][0];

const PATTERNS = ENDINGS.map(([kind, ends]) => [kind, new RegExp(`(?:^|_)(?:${ends})$`)] as const);

/** The unit that a name's last words tell: of `latency_ms`, `latencyMs` and `http.latency-ms-total` milliseconds. */
export function unitEnding(name: string): EndingKind | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/_total$/, '');
  return PATTERNS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
