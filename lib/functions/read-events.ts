import type { Caller } from '#lib/auth/caller';
import { requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { EventList, FunctionEvent } from '#lib/schemas/event';
import { parseEvent } from './event-entries.ts';
import { readRecord } from './records.ts';
import { versionNumbers } from './versions.ts';

/** In one answer. */
export const MOST_EVENTS = 500;

/** What happened to a function between two times, the newest of it; people's names only for who is signed in. */
export async function readEvents(
  ctx: Context,
  caller: Caller | null,
  { name, from, to = Date.now() }: { name: string; from: number; to?: number | undefined },
): Promise<EventList> {
  requireReader(ctx.config, caller);
  await readRecord(ctx, name);
  const { redis, keys } = ctx;
  const [found, versions] = await Promise.all([
    withRedis(() =>
      redis.xrevrange(keys.events(name), Math.ceil(to), Math.max(0, Math.floor(from)), 'COUNT', MOST_EVENTS + 1),
    ),
    versionNumbers(ctx, name),
  ]);
  const events = found.slice(0, MOST_EVENTS).reverse().flatMap(parseEvent);
  return {
    events: caller === null ? events.map(withoutPeople) : events,
    complete: found.length <= MOST_EVENTS,
    versions,
  };
}

function withoutPeople(event: FunctionEvent): FunctionEvent {
  return 'by' in event && event.by?.kind === 'user' ? { ...event, by: null } : event;
}
