import { parseTick } from '../live/tick.ts';
import { type FixedRange, parseFixedRange, type RefusedRange } from './fixed-range.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The ranges that move with the time, shortest first. */
export const RANGES = [
  { label: '5m', ms: 5 * MINUTE },
  { label: '15m', ms: 15 * MINUTE },
  { label: '1h', ms: HOUR },
  { label: '6h', ms: 6 * HOUR },
  { label: '24h', ms: DAY },
  { label: '7d', ms: 7 * DAY },
  { label: '30d', ms: 30 * DAY },
] as const;
export const [, USUAL_RANGE] = RANGES;

export type Range = (typeof RANGES)[number];

/** What of a live page its address tells. */
export type View = {
  path: string;
  /** Null when the address names none: then the data decides. */
  range: Range | null;
  /** Shown instead; `range` is then what "back to live" goes back to. */
  fixed: FixedRange | null;
  /** One that cannot be shown. */
  refused: RefusedRange | null;
  results: 'table' | 'json';
  charts: 'some' | 'all';
  /** Which invocation is looked at, by its id or by a time. */
  tick: string | null;
};

/** The part of a view that is another one when somebody chooses another range. */
export type Shown = Pick<View, 'range' | 'fixed'>;

export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads an address; what it does not know it takes as not given, so that an old link still works. */
export function parseView(path: string, search: SearchParams, reader: { now: number; timeZone: string }): View {
  const isAsked = search.from !== undefined || search.to !== undefined;
  const asked = isAsked ? parseFixedRange(textOf(search.from), textOf(search.to), reader) : null;
  const isRefused = asked !== null && 'problems' in asked;
  return {
    path,
    range: RANGES.find(({ label }) => label === search.range) ?? null,
    fixed: isRefused ? null : asked,
    refused: isRefused ? asked : null,
    results: search.view === 'json' ? 'json' : 'table',
    charts: search.charts === 'all' ? 'all' : 'some',
    tick: typeof search.tick === 'string' ? parseTick(search.tick) : null,
  };
}

function textOf(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The address of a view; a range that was refused is not in it. */
export function hrefOf({ path, range, fixed, results, charts, tick }: View): string {
  const query = new URLSearchParams();
  if (fixed !== null) {
    query.set('from', String(fixed.from));
    query.set('to', String(fixed.to));
  }
  if (range !== null) query.set('range', range.label);
  if (results !== 'table') query.set('view', results);
  if (charts !== 'some') query.set('charts', charts);
  if (tick !== null) query.set('tick', tick);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Whether a moment lies in what is shown; where the data decides what that is, in the usual range. */
export function isShown(at: number, { range, fixed }: Shown, now: number): boolean {
  const { from, to } = fixed ?? { from: now - (range ?? USUAL_RANGE).ms, to: now };
  return at >= from && at <= to;
}

const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [1_000, 's'],
] as const;

/** Of so many, nobody asks for the rest. */
const MANY = 10;

/** How a range is called inside a sentence, in every language: "15 min", "24 h", "1 h 20 min". */
export function rangeInWords(rangeMs: number): string {
  const index = rangeMs === DAY ? 1 : UNITS.findIndex(([unit]) => rangeMs >= unit);
  const [unit, name] = UNITS[index] ?? UNITS[3];
  const [finer, finerName] = UNITS[index + 1] ?? UNITS[3];
  const whole = Math.floor(rangeMs / unit);
  const rest = Math.floor((rangeMs % unit) / finer);
  const isWorthIt = rest > 0 && whole < MANY;
  return isWorthIt ? `${whole} ${name} ${rest} ${finerName}` : `${whole} ${name}`;
}

/** How far back there is data, and how old the newest is, in ms; null when there is none. */
type Reach = { oldestMs: number; newestMs: number } | null;

/** What is shown when nobody asks: the usual range, a shorter one while there is little, a longer one after a silence. */
export function rangeFor(reach: Reach): Range {
  if (reach === null) return USUAL_RANGE;
  const needed = Math.min(reach.oldestMs, Math.max(USUAL_RANGE.ms, reach.newestMs));
  return RANGES.find(({ ms }) => ms >= needed) ?? RANGES[RANGES.length - 1] ?? USUAL_RANGE;
}
