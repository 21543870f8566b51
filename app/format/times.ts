export type Style = 'second' | 'minute' | 'day' | 'dayOnly' | 'moment' | 'date';

/** What the words around a time are in a language. */
export type TimeWords = { today: (time: string) => string; ago: (span: string) => string };

const OPTIONS = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  dayOnly: { month: 'short', day: 'numeric' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
} satisfies Record<Style, Intl.DateTimeFormatOptions>;

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** "2 s", "4 min", "3 h", "2 d"; seconds up to two minutes, since an age of 70 s and one of 110 s are not the same. */
function span(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= (length === 60_000 ? 120_000 : length)) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ms / size))} ${unit}`;
}

/** "4 h 45 min", "2 d 3 h": a span that has ended, as exact as its two times; below an hour as any span. */
function length(ms: number): string {
  const index = UNITS.findIndex(([unit, size]) => unit !== 'min' && ms >= size);
  const [whole, finer] = [UNITS[index], UNITS[index + 1]];
  if (whole === undefined || finer === undefined) return span(ms);
  const rest = Math.floor((ms % whole[1]) / finer[1]);
  return rest === 0 ? span(ms) : `${span(ms)} ${rest} ${finer[0]}`;
}

/** How times are written in a locale, by a clock of 24 hours. */
export function timesFor(locale: string, { today, ago }: TimeWords) {
  const formats = new Map<string, Intl.DateTimeFormat>();
  const written = (at: number, timeZone: string, style: string, options: Intl.DateTimeFormatOptions): string => {
    const key = `${timeZone} ${style}`;
    const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(key, format);
    return format.format(at);
  };

  /** A moment in a zone, as short as the style says: "11:59:35". */
  const clock = (at: number, timeZone: string, style: Style = 'second'): string =>
    written(at, timeZone, style, OPTIONS[style]);
  const yearOf = (at: number, timeZone: string) => written(at, timeZone, 'year', { year: 'numeric' });
  const dayOf = (at: number, timeZone: string) =>
    written(at, timeZone, 'day of year', { day: 'numeric', month: 'short' });

  /** When something was done, as short as it can be told from others: "today 11:46:05", "20 Nov 18:42", "3 Jan 2025". */
  const moment = (at: number, now: number, timeZone: string): string => {
    if (yearOf(at, timeZone) !== yearOf(now, timeZone)) return clock(at, timeZone, 'date');
    const day = dayOf(at, timeZone);
    return day === dayOf(now, timeZone) ? today(clock(at, timeZone)) : `${day} ${clock(at, timeZone, 'minute')}`;
  };

  /** "2 s ago" */
  const age = (ms: number): string => ago(span(ms));

  return { clock, moment, age, span, length };
}
