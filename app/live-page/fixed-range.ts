import { momentInZone } from '../format/zone-offset.ts';

/** A range that does not move, in ms since the epoch. */
export type FixedRange = { from: number; to: number };

/** What is wrong with an end of a range that somebody asked for. */
export type RangeProblem = 'missing' | 'unreadable' | 'reversed' | 'future' | 'too-long' | 'too-short';

/** A range as it was asked for, and what is wrong with it, by field. */
export type RefusedRange = {
  from: string;
  to: string;
  /** What could be read of it. */
  moments: { from: number | null; to: number | null };
  problems: { from?: RangeProblem; to?: RangeProblem };
};

const DAY_MS = 86_400_000;
export const LONGEST_DAYS = 31;
const SHORTEST_MS = 1_000;
/** A clock that is a little ahead, or a field without seconds, asks for no future. */
const SLACK_MS = 60_000;

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?(Z|[+-]\d\d:?\d\d)?$/;

/** A moment in ms or as ISO 8601 writes it; without a zone, as the reader's clock shows it. Null for anything else. */
function parseMoment(text: string, timeZone: string): number | null {
  const given = text.trim();
  if (/^\d{1,15}$/.test(given)) return Number(given);
  const [, date, time = '00:00', zone] = MOMENT.exec(given) ?? [];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone ?? 'Z'}`);
  if (Number.isNaN(at)) return null;
  return zone === undefined ? momentInZone(at, timeZone) : at;
}

/** The range between two moments that somebody gave, or what is wrong with it. */
export function parseFixedRange(
  from: string,
  to: string,
  { now, timeZone }: { now: number; timeZone: string },
): FixedRange | RefusedRange {
  const range = { from: parseMoment(from, timeZone), to: parseMoment(to, timeZone) };
  const problems: RefusedRange['problems'] = {};
  for (const [end, text] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const at = range[end];
    if (text.trim() === '') problems[end] = 'missing';
    else if (at === null) problems[end] = 'unreadable';
    else if (at > now + SLACK_MS) problems[end] = 'future';
  }
  const refused = { from, to, moments: range, problems };
  if (range.from === null || range.to === null || problems.from || problems.to) return refused;
  const length = range.to - range.from;
  if (length < 0) problems.from = 'reversed';
  else if (length < SHORTEST_MS) problems.to = 'too-short';
  else if (length > LONGEST_DAYS * DAY_MS) problems.from = 'too-long';
  return problems.from || problems.to ? refused : { from: range.from, to: range.to };
}
