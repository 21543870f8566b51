import type { SeriesClass } from '#lib/series/classify';

export type Kind = SeriesClass['kind'];
export type Figure = { text: string; unit: string };

// One locale on both sides, so that what the server wrote and what the browser writes agree.
const LOCALE = 'en-US';
const fixed = [0, 1, 2, 3].map(
  (digits) => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const significant = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 4 });
const compact = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumFractionDigits: 2 });
const tiny = new Intl.NumberFormat(LOCALE, { notation: 'scientific', maximumFractionDigits: 2 });

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
/** Shown where a result has no such number. */
export const MISSING = '–';

export function withDigits(value: number, digits: number): string {
  return (fixed[digits] ?? whole).format(value);
}

/** How many times 1024 goes into a number of bytes: the index of its unit. */
export function byteUnit(bytes: number): { divisor: number; unit: string } {
  const steps = bytes === 0 ? 0 : Math.floor(Math.log2(Math.abs(bytes)) / 10);
  const index = Math.min(Math.max(steps, 0), BYTE_UNITS.length - 1);
  return { divisor: 1024 ** index, unit: BYTE_UNITS[index] ?? 'B' };
}

/** `digits`: how many decimals a percentage of at least 1 gets; a smaller one gets enough to be told from 0. */
export function figureOf(value: number | null, kind: Kind, digits = 1): Figure {
  if (value === null) return { text: MISSING, unit: kind === 'percent' || kind === 'cpu' ? '%' : '' };
  if (kind === 'cpu') return { text: withDigits(value, 1), unit: '%' };
  if (kind === 'percent') return { text: withDigits(value, percentDigits(value, digits)), unit: '%' };
  if (kind === 'bytes') {
    const { divisor, unit } = byteUnit(value);
    return { text: unit === 'B' ? whole.format(value) : withDigits(value / divisor, 2), unit };
  }
  return { text: plain(value), unit: '' };
}

function percentDigits(value: number, digits: number): number {
  return value !== 0 && Math.abs(value) < 1 ? digits + 1 : digits;
}

/** A number without a known meaning. */
export function plain(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15) return tiny.format(value);
  if (size >= 1e9) return compact.format(value);
  if (Number.isInteger(value) || size >= 10_000) return whole.format(value);
  if (size > 0 && size < 0.001) return tiny.format(value);
  return size >= 100 ? withDigits(value, 1) : size >= 1 ? withDigits(value, 2) : significant.format(value);
}

/** "21.0 %" */
export function inWords({ text, unit }: Figure): string {
  return unit === '' ? text : `${text} ${unit}`;
}

/** "1.9 ms", "2.4 s" */
export function duration(ms: number): string {
  return ms < 1_000 ? `${withDigits(ms, ms < 100 ? 1 : 0)} ms` : `${withDigits(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;
}

/** "1 tick", "11 ticks" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}
