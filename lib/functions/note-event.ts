import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { redisScript } from '#lib/redis-script';
import type { NewEvent } from '#lib/schemas/event';
import { NOTE_EVENT } from './event-entries.ts';

/** What happens under a lease that has ended is nobody's to tell, as it is with everything else that a runtime writes. */
const SCRIPT = `${NOTE_EVENT}
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return end
note(KEYS[1], ARGV[2], ARGV[3])
`;

const note = redisScript('vigiaNoteEvent', SCRIPT);

/** Keeps what happened to a function where it runs, under the lease of whoever runs it. */
export async function noteEvent(ctx: Context, name: string, lease: string, event: NewEvent): Promise<void> {
  const { redis, keys } = ctx;
  const touched = [keys.events(name), keys.lease(name)];
  await withRedis(() => note(redis, touched, [lease, keys.live(name), JSON.stringify(event)]));
}
