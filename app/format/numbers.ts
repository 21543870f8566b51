import type { SeriesClass } from '#lib/series/classify';

export type Kind = SeriesClass['kind'];
export type Figure = { text: string; unit: string };

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
/** Shown where a result has no such number. */
export const MISSING = '–';

/** How many times 1024 goes into a number of bytes: the index of its unit. */
export function byteUnit(bytes: number): { divisor: number; unit: string } {
  const steps = bytes === 0 ? 0 : Math.floor(Math.log2(Math.abs(bytes)) / 10);
  const index = Math.min(Math.max(steps, 0), BYTE_UNITS.length - 1);
  return { divisor: 1024 ** index, unit: BYTE_UNITS[index] ?? 'B' };
}

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

  /** "20M" */
  const compact = (value: number): string => shortened.format(value);

  /** `digits`: how many decimals a percentage of at least 1 gets; a smaller one gets enough to be told from 0. */
  const figure = (value: number | null, kind: Kind, digits = 1): Figure => {
    if (value === null) return { text: MISSING, unit: kind === 'percent' || kind === 'cpu' ? '%' : '' };
    if (kind === 'cpu') return { text: withDigits(value, 1), unit: '%' };
    if (kind === 'percent') return { text: withDigits(value, percentDigits(value, digits)), unit: '%' };
    if (kind === 'bytes') {
      const { divisor, unit } = byteUnit(value);
      return { text: unit === 'B' ? whole(value) : withDigits(value / divisor, 2), unit };
    }
    return { text: plain(value), unit: '' };
  };

  /** "1.9 ms", "2.40 s" */
  const duration = (ms: number): string =>
    ms < 1_000 ? `${withDigits(ms, ms < 100 ? 1 : 0)} ms` : `${withDigits(ms / 1_000, ms < 10_000 ? 2 : 1)} s`;

  /** "812 B", "3.4 KiB" */
  const bytes = (count: number): string => {
    const { divisor, unit } = byteUnit(count);
    return `${withDigits(count / divisor, unit === 'B' ? 0 : 1)} ${unit}`;
  };

  return { mark, whole, withDigits, decimal, plain, compact, figure, duration, bytes };
}

function percentDigits(value: number, digits: number): number {
  return value !== 0 && Math.abs(value) < 1 ? digits + 1 : digits;
}
