import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { type HistoryEntry, historyEntry } from '#lib/schemas/history';

/** Results can be large, and not all of two hours need to be in memory at once. */
const CHUNK = 250;

type StreamEntry = [id: string, fields: string[]];

function parseEntry([id, fields]: StreamEntry): HistoryEntry {
  const get = (field: string) => {
    const at = fields.indexOf(field);
    return at === -1 ? undefined : fields[at + 1];
  };
  const failure = get('e');
  return historyEntry.parse({
    id,
    at: Number(id.split('-')[0]),
    inputAt: Number(get('i')),
    tookMs: Number(get('d')),
    lagMs: Number(get('l')),
    version: get('v'),
    result: get('r'),
    failure: failure === undefined ? undefined : JSON.parse(failure),
  });
}

/** Entries of a range of times, oldest first. */
export async function readEntries(ctx: Context, name: string, from: number, to: number): Promise<HistoryEntry[]> {
  const found = await withRedis(() => ctx.redis.xrange(ctx.keys.history(name), Math.floor(from), Math.ceil(to)));
  return found.map(parseEntry);
}

/** The newest entries of a range of times, newest first. */
export async function readNewestWithin(
  ctx: Context,
  name: string,
  { from, to }: { from: number; to: number },
  limit: number,
): Promise<HistoryEntry[]> {
  const key = ctx.keys.history(name);
  const found = await withRedis(() => ctx.redis.xrevrange(key, Math.ceil(to), Math.floor(from), 'COUNT', limit));
  return found.map(parseEntry);
}

/** One entry; null when it is not kept. */
export async function readEntry(ctx: Context, name: string, id: string): Promise<HistoryEntry | null> {
  const [found] = await withRedis(() => ctx.redis.xrange(ctx.keys.history(name), id, id));
  return found === undefined ? null : parseEntry(found);
}

/** All entries of a range of times, oldest first, a few at a time. */
export async function* eachEntry(
  ctx: Context,
  name: string,
  from: number,
  until: number,
): AsyncGenerator<HistoryEntry> {
  const key = ctx.keys.history(name);
  for (let start = `${from}`; ; ) {
    const found = await withRedis(() => ctx.redis.xrange(key, start, `(${until}-0`, 'COUNT', CHUNK));
    for (const entry of found) yield parseEntry(entry);
    const last = found.at(-1)?.[0];
    if (last === undefined || found.length < CHUNK) return;
    start = `(${last}`;
  }
}

/** The newest entries, newest first; with `before`, those older than that id. */
export async function readNewest(ctx: Context, name: string, limit: number, before?: string): Promise<HistoryEntry[]> {
  const end = before === undefined ? '+' : `(${before}`;
  const found = await withRedis(() => ctx.redis.xrevrange(ctx.keys.history(name), end, '-', 'COUNT', limit));
  return found.map(parseEntry);
}

type Resumption = {
  entries: HistoryEntry[];
  /** False when entries after `id` are no longer kept, so that the viewer must read its window anew. */
  complete: boolean;
};

/** What a viewer who saw `id` has missed, oldest first. */
export async function readAfter(ctx: Context, name: string, id: string, limit: number): Promise<Resumption> {
  const key = ctx.keys.history(name);
  const [newer, oldest] = await withRedis(() =>
    Promise.all([
      ctx.redis.xrange(key, `(${id}`, '+', 'COUNT', limit + 1),
      ctx.redis.xrange(key, '-', '+', 'COUNT', 1),
    ]),
  );
  const first = oldest[0]?.[0];
  const trimmed = first !== undefined && compareIds(first, id) > 0 && id !== '0-0';
  return { entries: newer.slice(0, limit).map(parseEntry), complete: newer.length <= limit && !trimmed };
}

/** Orders two stream ids as Redis does. */
export function compareIds(a: string, b: string): number {
  const [aMs = '0', aSeq = '0'] = a.split('-');
  const [bMs = '0', bSeq = '0'] = b.split('-');
  return Number(aMs) - Number(bMs) || Number(aSeq) - Number(bSeq);
}
