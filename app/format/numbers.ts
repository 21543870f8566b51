import type { SeriesKind } from '#lib/schemas/series-kind';
import { unitFor } from './units.ts';

export type Kind = SeriesKind;
export type Figure = { text: string; unit: string };

/** Shown where a result has no such number. */
export const MISSING = '–';

/** "21.0 %" */
export function inWords({ text, unit }: Figure): string {
  return unit === '' ? text : `${text} ${unit}`;
}

/** How numbers are written in a locale. */
export function numbersFor(locale: string) {
  const fixed = [0, 1, 2, 3].map(
    (digits) => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const significant = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const shortened = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 });
  const mark = fixed[1]?.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  const tiny = new Intl.NumberFormat(locale, { notation: 'scientific', maximumFractionDigits: 2 });

  /** "27,337" */
  const whole = (value: number): string => integer.format(value);
  /** With so many decimals, at most three. */
  const withDigits = (value: number, digits: number): string => (fixed[digits] ?? integer).format(value);

  /** As somebody would type it: every digit, and nothing between them but the decimal mark. */
  const decimal = (value: number): string => `${value}`.replace('.', mark);

  /** A number without a known meaning. */
  const plain = (value: number): string => {
    const size = Math.abs(value);
    if (size >= 1e15) return tiny.format(value);
    if (size >= 1e9) return shortened.format(value);
    if (Number.isInteger(value) || size >= 10_000) return whole(value);
    if (size > 0 && size < 0.001) return tiny.format(value);
    return size >= 100 ? withDigits(value, 1) : size >= 1 ? withDigits(value, 2) : significant.format(value);
  };

  /** On an axis, without the zeros that tell how exact a figure is: "1.5". */
  const tick = (value: number): string => {
    const size = Math.abs(value);
    return size >= 1 && size < 10_000 ? significant.format(value) : plain(value);
  };

  /** "20M" */
  const compact = (value: number): string => shortened.format(value);

  /** `digits`: how many decimals a percentage of at least 1 gets; a smaller one gets enough to be told from 0. */
  const figure = (value: number | null, kind: Kind, digits = 1): Figure => {
    const isPercent = kind === 'percent' || kind === 'ratio';
    if (value === null) return { text: MISSING, unit: isPercent || kind === 'cpu' ? '%' : '' };
    if (kind === 'cpu') return { text: withDigits(value, 1), unit: '%' };
    const { divisor, unit } = unitFor(kind, value) ?? { divisor: 1, unit: isPercent ? '%' : '' };
    const size = value / divisor;
    if (isPercent) return { text: withDigits(size, percentDigits(size, digits)), unit };
    if (kind !== 'bytes' && kind !== 'bytes-per-second') return { text: plain(size), unit };
    return { text: divisor === 1 ? whole(size) : withDigits(size, 2), unit };
  };

  /** "1.9 ms", "2.40 s" */
  const duration = (ms: number): string =>
    ms < 1_000 ? `${withDigits(ms, ms < 100 ? 1 : 0)} ms` : `${withDigits(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;

  /** "812 B", "3.4 KiB" */
  const bytes = (count: number): string => {
    const { divisor, unit } = unitFor('bytes', count) ?? { divisor: 1, unit: 'B' };
    return `${withDigits(count / divisor, divisor === 1 ? 0 : 1)} ${unit}`;
  };

  return { mark, whole, withDigits, decimal, plain, tick, compact, figure, duration, bytes };
}

function percentDigits(value: number, digits: number): number {
  return value !== 0 && Math.abs(value) < 1 ? digits + 1 : digits;
}
