import type { Context } from '#lib/context';
import { compareIds } from './history-entries.ts';

type Neighbours = { previous: string | null; next: string | null };

/**
 * The invocations before and after an id, which need not be one. Some are only in the history, whose entries come first
 * and are kept for longer; some only among the records, as those that returned nothing.
 */
export async function neighboursOf({ redis, keys }: Context, name: string, id: string): Promise<Neighbours> {
  const streams = [keys.history(name), keys.invocations(name)];
  const [before, after] = await Promise.all([
    Promise.all(streams.map((key) => redis.xrevrange(key, `(${id}`, '-', 'COUNT', 1))),
    Promise.all(streams.map((key) => redis.xrange(key, `(${id}`, '+', 'COUNT', 1))),
  ]);
  const idsOf = (found: typeof before) => found.flatMap(([entry]) => entry?.[0] ?? []).sort(compareIds);
  return { previous: idsOf(before).at(-1) ?? null, next: idsOf(after)[0] ?? null };
}
