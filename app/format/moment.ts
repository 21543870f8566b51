import { clockTime } from './time.ts';

const days = new Map<string, Intl.DateTimeFormat>();

function dayOf(at: number, timeZone: string, withYear: boolean): string {
  const key = `${timeZone} ${withYear}`;
  const format =
    days.get(key) ??
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      ...(withYear ? { year: 'numeric' } : {}),
      timeZone,
    });
  days.set(key, format);
  return format.format(at);
}

/** When something was done, as short as it can be told from others: "today 11:46:05", "20 Nov 18:42", "3 Jan 2025". */
export function moment(at: number, now: number, timeZone: string): string {
  const day = dayOf(at, timeZone, true);
  const today = dayOf(now, timeZone, true);
  if (day === today) return `today ${clockTime(at, timeZone)}`;
  const isThisYear = day.slice(-4) === today.slice(-4);
  return isThisYear ? `${dayOf(at, timeZone, false)} ${clockTime(at, timeZone, 'minute')}` : day;
}
