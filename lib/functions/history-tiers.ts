import * as z from 'zod';
import type { Config } from '#lib/config';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { RolledTierName } from '#lib/schemas/history';
import type { RolledFailures, Rollup } from '#lib/series/rollup';
import { decodeRollup } from '#lib/series/rollup-codec';

/** A tier that holds one entry for each bucket in which anything happened. */
export type RolledTier = { name: RolledTierName; bucketMs: number; keepMs: number };

/** The rolled-up tiers, finest first; each is made from the one before it, the first from the raw entries. */
export function rolledTiers({ history }: Config): readonly RolledTier[] {
  return [
    { name: '1m', bucketMs: 60_000, keepMs: history.minutesMs },
    { name: '15m', bucketMs: 900_000, keepMs: history.quartersMs },
  ];
}

/** The id under which an entry names its series when it has none. */
export const NO_NAMES = '-';

const nameList = z.array(z.string());
const rolledFailures: z.ZodType<RolledFailures> = z.object({
  count: z.number(),
  from: z.number(),
  to: z.number(),
  message: z.string(),
  version: z.string(),
});

/** A tier's entries whose buckets begin within a range of times, oldest first. */
export async function readTier(
  ctx: Context,
  name: string,
  tier: RolledTier,
  from: number,
  to: number,
): Promise<Rollup[]> {
  const { redis, keys } = ctx;
  const [entries, lists] = await withRedis(() =>
    Promise.all([
      redis.xrangeBuffer(keys.historyTier(name, tier.name), `${Math.max(0, from)}`, `${Math.max(0, Math.floor(to))}`),
      redis.zrange(keys.tierSeries(name, tier.name), '0', '-1'),
    ]),
  );
  const namesOf = nameLists(lists);
  return entries.flatMap(([id, fields]) => {
    const [, bytes, , failures] = fields;
    const decoded = bytes === undefined ? null : decodeRollup(bytes, startOf(id), namesOf);
    if (decoded === null) return [];
    const parsed = failures === undefined ? null : rolledFailures.parse(JSON.parse(failures.toString('utf8')));
    return [{ ...decoded, failures: parsed }];
  });
}

/** Each member is `<id> <JSON list of names>`; a list is parsed when the first entry asks for it. */
function nameLists(members: readonly string[]): (id: string) => readonly string[] | undefined {
  const texts = new Map(members.map((member) => [member.slice(0, member.indexOf(' ')), member]));
  const lists = new Map<string, readonly string[]>([[NO_NAMES, []]]);
  return (id) => {
    const known = lists.get(id);
    const text = texts.get(id);
    if (known !== undefined || text === undefined) return known;
    const list = nameList.parse(JSON.parse(text.slice(text.indexOf(' ') + 1)));
    lists.set(id, list);
    return list;
  };
}

/** When a stream's oldest and newest entries were written; null when it has none. */
export async function extentOf(ctx: Context, key: string): Promise<{ oldest: number; newest: number } | null> {
  const [[first], [last]] = await withRedis(() =>
    Promise.all([
      ctx.redis.xrangeBuffer(key, '-', '+', 'COUNT', 1),
      ctx.redis.xrevrangeBuffer(key, '+', '-', 'COUNT', 1),
    ]),
  );
  if (first === undefined || last === undefined) return null;
  return { oldest: startOf(first[0]), newest: startOf(last[0]) };
}

/** When a stream's newest entry was written that is not later than a time; null when it has none. */
export async function newestUntil(ctx: Context, key: string, at: number): Promise<number | null> {
  const [found] = await withRedis(() => ctx.redis.xrevrangeBuffer(key, `${Math.max(0, at)}`, '-', 'COUNT', 1));
  return found === undefined ? null : startOf(found[0]);
}

/** When its oldest entry was written that is not earlier. */
export async function oldestSince(ctx: Context, key: string, at: number): Promise<number | null> {
  const [found] = await withRedis(() => ctx.redis.xrangeBuffer(key, `${Math.max(0, at)}`, '+', 'COUNT', 1));
  return found === undefined ? null : startOf(found[0]);
}

const startOf = (id: Buffer): number => Number.parseInt(id.toString('latin1'), 10);
