const cache = new Map<string, Intl.DateTimeFormat>();

export type Style = 'second' | 'minute' | 'day' | 'moment' | 'date';

const OPTIONS = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  moment: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  date: { year: 'numeric', month: 'short', day: 'numeric' },
} satisfies Record<Style, Intl.DateTimeFormatOptions>;

/** The time of day of a moment in a zone: "11:59:35". */
export function clockTime(at: number, timeZone: string, style: Style = 'second'): string {
  const key = `${timeZone} ${style}`;
  const format = cache.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...OPTIONS[style], timeZone });
  cache.set(key, format);
  return format.format(at);
}

/** The zone itself when it is one, else UTC. */
export function zoneOrUtc(zone: string | undefined): string {
  if (zone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
