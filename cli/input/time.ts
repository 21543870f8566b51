import * as z from 'zod';

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as people write it: "2h" ago, or a date with or without a time of day, by this machine's clock; as ms. */
export const pointInTime = z.string().transform((text, { addIssue }) => {
  const [, amount = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (unit !== '') return Math.max(0, Date.now() - Number(amount) * (UNITS[unit] ?? 0));
  const [, date = '', time = ''] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text) ?? [];
  // A date alone would be taken for one of UTC.
  const at = Date.parse(date + (time || 'T00:00'));
  if (at >= 0) return at;
  addIssue({ code: 'custom', message: 'must be such as 30m, 2h, 7d, 2026-03-01 or 2026-03-01T14:30' });
  return z.NEVER;
});
